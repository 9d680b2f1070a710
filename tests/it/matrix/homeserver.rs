//! A Synapse of one's own: SQLite in a folder of its own, one port on loopback, no other server within reach.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{OnceCell, RwLock, Semaphore, SemaphorePermit};

use super::program::{self, Program};

/// How many may run at once; `.config/nextest.toml` says the same where each test is a process.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

static NUMBER: AtomicU16 = AtomicU16::new(0);

/// How much the homeserver lets its users do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// More than any test wants.
    Raised,
    /// What Synapse allows where nobody has set anything.
    Default,
}

/// An account, with a device that is logged in already.
#[derive(Clone, Debug)]
pub struct Account {
    /// As in `@ines:relais.test`.
    pub id: String,
    /// The device that came with the account.
    pub device: String,
    /// The device's access token.
    pub token: String,
}

/// A Synapse that runs until the last clone of this is dropped.
#[derive(Clone)]
pub struct Homeserver(Arc<Inner>);

struct Inner {
    // First, so that it is killed before its folder goes.
    python: RwLock<Option<Program>>,
    keeper: OnceCell<String>,
    folder: TempDir,
    port: u16,
    limits: Limits,
    settings: Value,
    _permit: SemaphorePermit<'static>,
}

impl Homeserver {
    /// A new one, empty. None where Synapse is not installed, which is said aloud; in CI it must be.
    pub async fn start(limits: Limits) -> Option<Self> {
        Self::start_with(limits, json!({})).await
    }

    /// A new one with settings of its own, as Synapse names them.
    pub async fn start_with(limits: Limits, settings: Value) -> Option<Self> {
        program::python()?;
        let permit = AT_ONCE.acquire().await.unwrap();
        let homeserver = Self(Arc::new(Inner {
            python: RwLock::new(None),
            keeper: OnceCell::new(),
            folder: tempfile::tempdir().unwrap(),
            port: free_port(),
            limits,
            settings,
            _permit: permit,
        }));
        homeserver.start_again().await;
        Some(homeserver)
    }

    /// Where its client API is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.0.port)
    }

    /// How much it lets its users do.
    pub fn limits(&self) -> Limits {
        self.0.limits
    }

    /// A folder that goes when the homeserver does.
    pub fn folder(&self) -> &Path {
        self.0.folder.path()
    }

    /// Stops it in order; its folder and its port stay its own.
    pub async fn stop(&self) {
        let python = self.0.python.write().await.take();
        let python = python.expect("it was not stopped before");
        python.order("stop", json!({})).await.unwrap();
        python.ended().await;
    }

    /// Starts it where it stopped.
    pub async fn start_again(&self) {
        let port = self.0.port.to_string();
        let limits = match self.0.limits {
            Limits::Raised => "raised",
            Limits::Default => "default",
        };
        let mut python = program::in_python("homeserver.py");
        let settings = self.0.settings.to_string();
        python.arg(self.folder()).args([&*port, limits, &*settings]);
        let python = Program::start(python, &self.log(), |_| ());
        python.order("wait", json!({})).await.unwrap();
        *self.0.python.write().await = Some(python);
    }

    /// Registers somebody, with a device logged in. No limit counts it.
    pub async fn register(&self, name: &str, password: &str) -> Account {
        self.register_with(name, password, "notadmin").await
    }

    /// Registers somebody who may use the homeserver's admin API.
    pub async fn register_admin(&self, name: &str, password: &str) -> Account {
        self.register_with(name, password, "admin").await
    }

    async fn register_with(&self, name: &str, password: &str, rights: &str) -> Account {
        let made = self
            .order(
                "register",
                json!({ "name": name, "password": password, "rights": rights }),
            )
            .await;
        let text = |field: &str| made[field].as_str().unwrap().to_owned();
        Account {
            id: text("user_id"),
            device: text("device_id"),
            token: text("access_token"),
        }
    }

    /// Lifts every limit for a user, as its administrator would for a bot.
    pub async fn exempt(&self, user: &str) {
        let keeper = self
            .0
            .keeper
            .get_or_init(async || self.register_admin("keeper", "keeper").await.token)
            .await;
        let path = format!("/_synapse/admin/v1/users/{user}/override_ratelimit");
        let (status, answer) = self.request("POST", &path, Some(keeper), Some(json!({}))).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// Lets a user be limited again, as anybody is.
    pub async fn limit_again(&self, user: &str) {
        let keeper = self.0.keeper.get().expect("it was exempted before");
        let path = format!("/_synapse/admin/v1/users/{user}/override_ratelimit");
        let (status, answer) = self.request("DELETE", &path, Some(keeper), None).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// Any request, with its status and its answer.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<Value>,
    ) -> (u64, Value) {
        let mut answer = self
            .order(
                "call",
                json!({ "method": method, "path": path, "token": token, "body": body }),
            )
            .await;
        (answer[0].as_u64().unwrap(), answer[1].take())
    }

    /// The last that its log says.
    pub fn last_words(&self) -> String {
        program::tail(&self.log())
    }

    fn log(&self) -> PathBuf {
        self.folder().join("log")
    }

    async fn order(&self, name: &str, arguments: Value) -> Value {
        let python = self.0.python.read().await;
        let python = python.as_ref().expect("it was not stopped");
        python
            .order(name, arguments)
            .await
            .unwrap_or_else(|error| panic!("the homeserver: {error}\n{}", self.last_words()))
    }
}

/// A port that nobody listens on. Processes start far apart, and below 32768 the system gives none away by itself.
fn free_port() -> u16 {
    let process = u16::try_from(std::process::id() % 500).unwrap();
    (0..16_000)
        .map(|_| 12_000 + (process * 16 + NUMBER.fetch_add(1, Ordering::Relaxed)) % 8_000)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("of 8,000 ports one is free")
}
