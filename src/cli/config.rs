//! `relais config`: looks at the configuration.

use std::path::Path;

use clap::{Args, Subcommand};

use crate::config::{Sources, load};

pub(super) const AFTER_HELP: &str = "\
Examples:
  relais config check
  relais config check --config /etc/relais/relais.toml --set log.format=json";

/// `relais config …`.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// What to do with it.
    #[command(subcommand)]
    pub action: Action,
}

/// What can be done with a configuration.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Action {
    /// Say all that is wrong with it, and with the files of secrets that it names. Connects to nothing.
    Check,
}

/// Does it.
pub fn execute(arguments: &Arguments, sources: &Sources) -> anyhow::Result<()> {
    match arguments.action {
        Action::Check => check(sources),
    }
}

fn check(sources: &Sources) -> anyhow::Result<()> {
    let loaded = load(sources)?;
    for warning in &loaded.warnings {
        eprintln!("warning: {warning}");
    }
    match loaded.file.as_deref().map(Path::display) {
        Some(file) => println!("{file}: no mistake found"),
        None => println!("no file was found: the defaults and the environment hold, no mistake found"),
    }
    Ok(())
}
