//! What the operator sets: one typed [`Config`], from built-in defaults, then a TOML file, then the environment, then flags.
//!
//! Every key has a default, so an empty file is a configuration. Whatever is wrong is said at once, with the place where it
//! stands and the form that was wanted. Nothing here connects to anything or knows what the settings are used for.
//!
//! A new section is a file in `config/`, a field of [`Config`], a line
//! in `Config::read_secrets` where it has secrets, and a paragraph of `deploy/relais.toml`, which a test holds to these types.

mod database;
mod discord;
mod form;
mod layers;
mod log;
mod matrix;
mod mistake;
mod organisation;
mod secret;
mod share;
mod sources;
mod summary;
mod web;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use database::{Database, DatabaseUrl, Engine};
pub use discord::{Discord, ProxyUrl};
pub use form::HostName;
pub use log::{Log, LogFilter, LogFormat};
pub use matrix::{Matrix, MatrixAccount};
pub use mistake::{LoadError, Mistake, Mistakes, Origin, Problem, Warning};
pub use organisation::{AccountName, Organisation};
pub use share::Share;
pub use sources::{NotASetting, Setting, Sources};
pub use summary::Summary;
pub use web::Web;

use layers::Layers;
use secret::SecretFiles;

/// Everything that the operator sets.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Whom this Relais serves.
    pub organisation: Organisation,
    /// Where everything is kept.
    pub database: Database,
    /// When the weekly summary comes.
    pub summary: Summary,
    /// Where volunteers share.
    pub share: Share,
    /// The account on a Matrix homeserver.
    pub matrix: Matrix,
    /// The application on Discord.
    pub discord: Discord,
    /// The HTTP listener.
    pub web: Web,
    /// What is logged, and how.
    pub log: Log,
}

/// A configuration that holds, with where it came from and what is doubtful about it.
#[derive(Debug)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// The file that was read; none where there was none.
    pub file: Option<PathBuf>,
    /// What works but should be looked at. The log is not set up before the configuration is, so the caller logs these.
    pub warnings: Vec<Warning>,
}

/// Reads the configuration, with the secrets that it names.
pub fn load(sources: &Sources) -> Result<Loaded, LoadError> {
    let mut layers = Layers::default();
    if let Some(path) = &sources.file {
        layers.add_file(path)?;
    }
    layers.add_environment(&sources.environment);
    layers.add_flags(&sources.flags);

    let (mut config, origins) = layers.into_config().map_err(LoadError::Mistakes)?;
    let mut files = SecretFiles::new(sources, &origins);
    config.read_secrets(&mut files);
    let mut warnings = files.finish().map_err(LoadError::Mistakes)?;
    if config.organisation.first_admin.is_empty() {
        warnings.push(Warning::NoFirstAdmin);
    }
    Ok(Loaded {
        config,
        file: sources.file.clone(),
        warnings,
    })
}

impl Config {
    fn read_secrets(&mut self, files: &mut SecretFiles<'_>) {
        self.database.read_secrets(files);
        self.matrix.read_secrets(files);
        self.discord.read_secrets(files);
    }
}

#[cfg(test)]
mod tests;
