//! `relais backup`: one file that holds everything.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::{open, start};
use crate::config::{Engine, Sources};

/// How `relais backup` is used, beneath its help.
pub const AFTER_HELP: &str = "\
It may be used while the service runs, and the copy is that of one instant. It holds all that Relais knows of people, so keep it \
as safe as the database. A PostgreSQL database is backed up with pg_dump.

Examples:
  relais backup /var/backups/relais-$(date +%F).db
  relais restore /var/backups/relais-2026-11-23.db";

/// Write a copy of the SQLite database that can be restored.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The file to write. It must not be there yet.
    pub file: PathBuf,
}

impl Arguments {
    /// Writes the backup, and proves that it can be opened.
    pub async fn execute(&self, sources: &Sources) -> anyhow::Result<()> {
        let config = start(sources)?;
        if config.database.url.engine() != Engine::Sqlite {
            bail!("a PostgreSQL database is backed up with pg_dump");
        }
        if self.file.exists() {
            bail!(
                "{} is there already: name a file that is not",
                self.file.display()
            );
        }
        let store = open(&config).await?;
        store
            .back_up(&self.file)
            .await
            .with_context(|| format!("writing {}", self.file.display()))?;
        store.close().await;
        println!(
            "{} holds everything as it stood a moment ago.",
            self.file.display()
        );
        if config.matrix.account.is_some() {
            println!(
                "The session and the keys of Matrix are not in it, since old keys must never be used again: after a restore elsewhere, the \
                 account's recovery key makes new ones."
            );
        }
        Ok(())
    }
}
