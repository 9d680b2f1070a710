//! The real program on a model of Discord, with the token in a file: started, killed, and started again where it stopped.

use std::{fs, path::PathBuf};

use relais::store::Store;
use tempfile::TempDir;
use tokio::process::Child;

use super::model::{Model, Person};
use crate::demo::{database, log, relais};

/// A program that may run. Dropping it kills it.
pub struct Program {
    folder: TempDir,
    child: Option<Child>,
}

impl Program {
    /// One that does not run yet, behind a REST proxy.
    pub fn install(model: &Model, admin: &Person) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "[organisation]\nname = \"Comité logement\"\ntime_zone = \"America/Montreal\"\ndefault_language = \"fr\"\n\
             first_admin = {{ platform = \"discord\", account = \"{}\" }}\n\
             [discord]\ntoken_file = \"discord-token\"\nrest_proxy = \"{}\"\n\
             [web]\nlisten = \"127.0.0.1:0\"\n",
            admin.id,
            model.url()
        );
        fs::write(folder.path().join("discord-token"), model.token()).unwrap();
        fs::write(folder.path().join("relais.toml"), config).unwrap();
        Self { folder, child: None }
    }

    /// Starts it where it stopped.
    pub fn start(&mut self) {
        let mut command = relais(&self.data());
        command.arg("run").current_dir(self.folder.path());
        self.child = Some(command.spawn().unwrap());
    }

    /// Kills it as `kill -9` does.
    pub async fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        // It would not have ended by itself.
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended: {}",
            log(&self.data())
        );
        child.kill().await.unwrap();
    }

    /// Its database, to write before it runs and to look at.
    pub async fn store(&self) -> Store {
        Store::open(&database(&self.data())).await.unwrap()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("relais.db")
    }
}

/// For whoever has to understand a failure.
impl Drop for Program {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the program's log:\n{}", log(&self.data()));
        }
    }
}
