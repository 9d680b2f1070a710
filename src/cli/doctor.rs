//! `relais doctor`: says what is wrong.

use clap::Args;

/// How `relais doctor` is used, beneath its help.
pub const AFTER_HELP: &str = "\
It changes nothing and may be used while the service runs. Its status is 1 where something is wrong.

Example:
  relais doctor --config /etc/relais/relais.toml";

/// Recount everything and compare; look at the database, the outbox and the rooms.
#[derive(Debug, Clone, Args)]
pub struct Arguments {}
