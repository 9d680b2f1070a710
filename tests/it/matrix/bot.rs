//! Relais on a homeserver: the real binary, with a database and a session of its own.

use std::{fs, path::PathBuf, process::Stdio};

use relais::store::Store;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use super::homeserver::{Account, Homeserver};

/// A Relais that runs. Dropping it kills it.
pub struct Bot {
    folder: TempDir,
    /// Its account.
    pub account: Account,
    child: Option<Child>,
}

impl Bot {
    /// A new one, whose first admin is this account.
    pub async fn start(homeserver: &Homeserver, admin: &str) -> Self {
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
        let mut bot = Self {
            folder,
            account,
            child: None,
        };
        bot.start_again();
        bot
    }

    /// Starts it again where it stopped.
    pub fn start_again(&mut self) {
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.log_file())
            .unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_relais"))
            .env_clear()
            .arg("run")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn();
        self.child = Some(child.unwrap());
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

    /// What it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }
}

/// For whoever has to understand a failure.
impl Drop for Bot {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the bot's log:\n{}", self.log());
        }
    }
}
