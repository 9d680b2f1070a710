//! `relais run`: the service.

use clap::Args;

/// How `relais run` is used, beneath its help.
pub const AFTER_HELP: &str = "\
SIGTERM or Ctrl-C stops it: it takes nothing more in, commits what is in hand and ends within five seconds, with status 0. \
A second signal ends it at once; what was acknowledged is in the database all the same.

Examples:
  relais run --config /etc/relais/relais.toml
  RELAIS_LOG_FORMAT=json relais run";

/// Run the service until it is told to stop.
#[derive(Debug, Clone, Args)]
pub struct Arguments {}
