//! A program under the orders of a test: orders go in as lines of JSON, answers and news come out.
//!
//! It ends when its standard input does, so none outlives this process, however that ends. Knows nothing of Matrix.

use std::{
    collections::HashMap,
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::oneshot,
    time::timeout,
};

use super::PATIENCE;

/// Who waits for an answer, by the number of the order; nobody any more once the program has ended.
type Waiting = Arc<Mutex<Option<HashMap<u64, oneshot::Sender<Value>>>>>;

/// A program that runs. Dropping it kills it.
pub struct Program {
    child: Child,
    orders: tokio::sync::Mutex<ChildStdin>,
    waiting: Waiting,
    number: AtomicU64,
    log: PathBuf,
}

/// Whether the Python with Synapse and matrix-nio is there. None where it is not, which is said aloud; in CI it must be.
pub fn python() -> Option<OsString> {
    installed("RELAIS_TEST_SYNAPSE")
}

/// The folder of Node, matrix-js-sdk and Hydrogen. None where it is not there, which is said aloud; in CI it must be.
pub fn clients() -> Option<PathBuf> {
    installed("RELAIS_TEST_CLIENTS").map(PathBuf::from)
}

fn installed(variable: &str) -> Option<OsString> {
    let value = std::env::var_os(variable);
    if value.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "{variable} is not set: in CI the tests of Matrix must run"
        );
        eprintln!("SKIPPED on Matrix: {variable} is not set (tests/with-clients sets it)");
    }
    value
}

/// A script of this folder, for Python.
pub fn in_python(script: &str) -> Command {
    let python = python().expect("a test that is not skipped has its Python");
    let mut command = Command::new(python);
    command.arg(folder().join(script));
    command
}

/// A script of this folder, for Node.
pub fn in_node(script: &str) -> Command {
    let clients = clients().expect("a test that is not skipped has its Node");
    let mut command = Command::new(clients.join("node"));
    command.arg(folder().join(script));
    command
}

/// Where the scripts are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/matrix")
}

impl Program {
    /// Starts one; what it says without being asked goes to `news`, what it complains of to `log`.
    pub fn start(mut command: Command, log: &Path, news: impl FnMut(Value) + Send + 'static) -> Self {
        let complaints = File::options().create(true).append(true).open(log).unwrap();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(complaints)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let waiting = Waiting::new(Mutex::new(Some(HashMap::new())));
        let orders = tokio::sync::Mutex::new(child.stdin.take().unwrap());
        tokio::spawn(listen(child.stdout.take().unwrap(), Arc::clone(&waiting), news));
        Self {
            child,
            orders,
            waiting,
            number: AtomicU64::new(0),
            log: log.to_path_buf(),
        }
    }

    /// Gives an order and waits for what came of it: an answer, or why there is none.
    pub async fn order(&self, name: &str, arguments: Value) -> Result<Value, String> {
        let id = self.number.fetch_add(1, Ordering::Relaxed);
        let mut line = arguments;
        line["id"] = json!(id);
        line["do"] = json!(name);
        let (sender, receiver) = oneshot::channel();
        if let Some(waiting) = self.waiting.lock().unwrap().as_mut() {
            waiting.insert(id, sender);
        }
        // Where it has ended, nobody answers.
        let _ = self
            .orders
            .lock()
            .await
            .write_all(format!("{line}\n").as_bytes())
            .await;
        match timeout(PATIENCE, receiver).await {
            Ok(Ok(mut answer)) => match answer.get("error") {
                Some(error) => Err(format!("{name}: {error}")),
                None => Ok(answer["ok"].take()),
            },
            Ok(Err(_)) => Err(format!("{name}: it has ended. {}", self.complaints())),
            Err(_) => Err(format!(
                "{name}: no answer after {PATIENCE:?}. {}",
                self.complaints()
            )),
        }
    }

    /// Waits for its end.
    pub async fn ended(mut self) {
        let ended = timeout(PATIENCE, self.child.wait()).await;
        ended
            .unwrap_or_else(|_| panic!("it does not end. {}", self.complaints()))
            .unwrap();
    }

    fn complaints(&self) -> String {
        tail(&self.log)
    }
}

/// The last that a log says.
pub fn tail(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let last = lines[lines.len().saturating_sub(40)..].join("\n");
    format!("{} ends so:\n{last}", log.display())
}

async fn listen(output: ChildStdout, waiting: Waiting, mut news: impl FnMut(Value)) {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let said: Value = serde_json::from_str(&line).unwrap();
        let Some(id) = said["id"].as_u64() else {
            news(said);
            continue;
        };
        let asked = waiting
            .lock()
            .unwrap()
            .as_mut()
            .and_then(|waiting| waiting.remove(&id));
        if let Some(sender) = asked {
            // Who asked may have lost patience.
            let _ = sender.send(said);
        }
    }
    *waiting.lock().unwrap() = None;
}
