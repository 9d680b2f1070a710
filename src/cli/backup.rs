//! `relais backup`: one file that holds everything.

use std::path::PathBuf;

use clap::Args;

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
