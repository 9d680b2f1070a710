//! `[database]`: where everything is kept.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    form::{self, Form},
    secret::SecretFiles,
};

/// Where everything is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite://` and the path of a file, relative to the folder that Relais is started in; or `postgres://user@host/database`.
    #[serde(with = "form")]
    pub url: DatabaseUrl,
    /// The file that holds PostgreSQL's password.
    pub password_file: Option<PathBuf>,
    #[serde(skip)]
    password: Option<SecretString>,
}

impl Database {
    pub(super) fn read_secrets(&mut self, files: &mut SecretFiles<'_>) {
        let Some(path) = &self.password_file else { return };
        if self.url.with_password("").is_none() {
            files.refuse(
                "database.password_file",
                "only a `database.url` of the form \"postgres://user@host/database\" takes a password",
            );
            return;
        }
        self.password = files.read("database.password_file", path);
    }

    /// The URL to connect to, with the password where there is one.
    pub fn connection_url(&self) -> SecretString {
        self.password
            .as_ref()
            .and_then(|password| self.url.with_password(password.expose_secret()))
            .unwrap_or_else(|| self.url.0.clone().into())
    }
}

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server, for those who outgrow one machine.
    Postgres,
}

/// Where a database is, without any password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The URL. It holds no password.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which engine it names.
    pub fn engine(&self) -> Engine {
        if self.0.starts_with("sqlite:") {
            Engine::Sqlite
        } else {
            Engine::Postgres
        }
    }

    /// The file that holds an SQLite database.
    pub fn sqlite_path(&self) -> Option<&Path> {
        self.0.strip_prefix("sqlite://").map(Path::new)
    }

    fn with_password(&self, password: &str) -> Option<SecretString> {
        let mut url = match self.engine() {
            Engine::Sqlite => return None,
            Engine::Postgres => Url::parse(&self.0).ok()?,
        };
        url.set_password(Some(password)).ok()?;
        Some(String::from(url).into())
    }
}

impl Default for DatabaseUrl {
    fn default() -> Self {
        Self("sqlite://relais.db".to_owned())
    }
}

impl Form for DatabaseUrl {
    const WANTED: &'static str =
        "\"sqlite:///var/lib/relais/relais.db\" or \"postgres://user@host/database\"";

    // A refusal does not repeat what stands there: it may hold a password.
    fn read(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            return read_path(path);
        }
        let url = Url::parse(text).map_err(|_| "this is no URL of a database".to_owned())?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err("only SQLite and PostgreSQL are known".to_owned());
        }
        if url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password") {
            return Err("the password goes into a file that `database.password_file` names".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}

fn read_path(path: &str) -> Result<DatabaseUrl, String> {
    if path.is_empty() || path.ends_with('/') {
        return Err("the name of the file is missing".to_owned());
    }
    if path.contains(['?', '%', '#']) || path == ":memory:" {
        return Err("after `sqlite://` stands the path of a file without `?`, `%` or `#`".to_owned());
    }
    Ok(DatabaseUrl(format!("sqlite://{path}")))
}
