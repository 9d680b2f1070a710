//! Relais on a homeserver: the real binary, with a database and a session of its own.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use jiff::SignedDuration;
use relais::store::Store;
use tempfile::TempDir;
use tokio::{
    io::AsyncReadExt,
    process::{Child, Command},
    sync::watch,
    time::timeout,
};

use super::{
    PATIENCE,
    homeserver::{Account, Homeserver},
};

/// A Relais that runs. Dropping it kills it.
pub struct Bot {
    folder: TempDir,
    /// Its account.
    pub account: Account,
    child: Option<Child>,
    logged: watch::Sender<()>,
}

impl Bot {
    /// A new one, whose first admin is this account.
    pub async fn start(homeserver: &Homeserver, admin: &str) -> Self {
        let mut bot = Self::install(homeserver, admin).await;
        bot.start_again();
        bot
    }

    /// A new one that does not run yet.
    pub async fn install(homeserver: &Homeserver, admin: &str) -> Self {
        let account = homeserver.register("relais", "the bot's password").await;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("password"), "the bot's password").unwrap();
        let config = format!(
            "[organisation]\nname = \"Comité logement\"\ntime_zone = \"America/Montreal\"\ndefault_language = \"en\"\n\
             first_admin = {{ platform = \"matrix\", account = \"{admin}\" }}\n\
             [matrix]\naccount = \"{}\"\nhomeserver = \"{}\"\npassword_file = \"password\"\n\
             [web]\nlisten = \"127.0.0.1:0\"\n",
            account.id,
            homeserver.url()
        );
        fs::write(folder.path().join("relais.toml"), config).unwrap();
        Self {
            folder,
            account,
            child: None,
            logged: watch::Sender::default(),
        }
    }

    /// Another machine's, of the same account, with nothing but its configuration.
    pub fn elsewhere(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in ["password", "relais.toml"] {
            fs::copy(self.folder.path().join(file), folder.path().join(file)).unwrap();
        }
        Self {
            folder,
            account: self.account.clone(),
            child: None,
            logged: watch::Sender::default(),
        }
    }

    /// Where all that it has is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces a line of its configuration, by its key; adds it where there is none.
    pub fn set(&self, key: &str, value: &str) {
        let file = self.folder.path().join("relais.toml");
        let config = fs::read_to_string(&file).unwrap();
        let of_key = |line: &&str| !line.starts_with(&format!("{key} = "));
        let lines: Vec<&str> = config.lines().filter(of_key).collect();
        let config = lines.join("\n") + "\n";
        let config = config.replace("[matrix]\n", &format!("[matrix]\n{key} = \"{value}\"\n"));
        fs::write(file, config).unwrap();
    }

    /// Removes a line of its configuration, by its key.
    pub fn unset(&self, key: &str) {
        self.set(key, "");
        let file = self.folder.path().join("relais.toml");
        let config = fs::read_to_string(&file).unwrap();
        fs::write(file, config.replace(&format!("{key} = \"\"\n"), "")).unwrap();
    }

    /// A command of the operator's, in its folder, without a terminal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
        command
            .env_clear()
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// What such a command prints where it succeeds, and what it complains of where it does not.
    pub async fn operate(&self, arguments: &[&str]) -> Result<String, String> {
        let done = self.command(arguments).output().await.unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if done.status.success() {
            Ok(text(done.stdout))
        } else {
            Err(text(done.stderr))
        }
    }

    /// Starts it again where it stopped.
    pub fn start_again(&mut self) {
        let command = self.command(&["run"]);
        self.run(command);
    }

    /// Starts it again where it stopped, with its clock ahead by so much.
    pub fn start_again_ahead(&mut self, by: SignedDuration) {
        // Only the clock on the wall: by the others it waits.
        let asked = [
            "-m",
            "--exclude-monotonic",
            "-f",
            &format!("+{}s", by.as_secs()),
            "env",
        ];
        let told = std::process::Command::new("faketime")
            .args(asked)
            .output()
            .unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let mut command = self.command(&["run"]);
        // Not started by it: it stays between, and would be killed instead. What it shares with what it starts goes when it ends.
        let set = told.lines().filter_map(|line| line.split_once('='));
        command.envs(set.filter(|(name, _)| {
            *name == "LD_PRELOAD" || name.starts_with("FAKETIME") && *name != "FAKETIME_SHARED"
        }));
        self.run(command);
    }

    fn run(&mut self, mut command: Command) {
        let mut log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.log_file())
            .unwrap();
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut said, logged) = (child.stderr.take().unwrap(), self.logged.clone());
        self.child = Some(child);
        tokio::spawn(async move {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = said.read(&mut bytes).await {
                log.write_all(&bytes[..length]).unwrap();
                logged.send_replace(());
            }
        });
    }

    /// Kills it as `kill -9` does.
    pub async fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.unwrap();
        }
    }

    /// Its database, to look at.
    pub async fn store(&self) -> Store {
        let file = self.folder.path().join("relais.db");
        Store::open(&format!("sqlite://{}", file.display()))
            .await
            .unwrap()
    }

    /// The device that it made for itself when it logged in.
    pub async fn device(&self, homeserver: &Homeserver) -> String {
        let devices = homeserver.request(
            "GET",
            "/_matrix/client/v3/devices",
            Some(&self.account.token),
            None,
        );
        let (_, answer) = devices.await;
        let devices = answer["devices"].as_array().unwrap().iter();
        let mut others = devices.filter_map(|device| {
            device["device_id"]
                .as_str()
                .filter(|id| *id != self.account.device)
        });
        others.next().unwrap().to_owned()
    }

    /// Waits until it has logged something with these words in it, so many times in all. It has patience of its own, so this has more.
    pub async fn logs(&self, words: &str, times: usize) {
        let mut logged = self.logged.subscribe();
        let said = logged.wait_for(|()| self.log().matches(words).count() >= times);
        let said = timeout(2 * PATIENCE, said).await.is_ok_and(|said| said.is_ok());
        assert!(said, "the bot never logs {words:?}");
    }

    /// Waits until it has left a room, as its own account sees it.
    pub async fn leaves(&self, homeserver: &Homeserver, room: &str) {
        let filter = r#"{"room":{"include_leave":true}}"#;
        let filter: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let mut since = String::new();
        loop {
            let path = format!("/_matrix/client/v3/sync?filter={filter}&timeout=30000{since}");
            let (_, answer) = homeserver
                .request("GET", &path, Some(&self.account.token), None)
                .await;
            let forgotten = since.is_empty() && answer["rooms"]["join"][room].is_null();
            if forgotten || !answer["rooms"]["leave"][room].is_null() {
                return;
            }
            since = format!("&since={}", answer["next_batch"].as_str().unwrap());
        }
    }

    /// What it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }
}

/// Whether a bot's clock can be put ahead. Where it cannot, that is said aloud; in CI it must be.
pub fn clock_can_be_put_ahead() -> bool {
    let can = std::process::Command::new("faketime")
        .arg("--version")
        .output()
        .is_ok();
    if !can {
        assert!(
            std::env::var_os("CI").is_none(),
            "faketime is not installed: in CI no story may be left out"
        );
        eprintln!("SKIPPED at another time: faketime is not installed (on Debian: apt install faketime)");
    }
    can
}

/// For whoever has to understand a failure.
impl Drop for Bot {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the bot's log:\n{}", self.log());
        }
    }
}
