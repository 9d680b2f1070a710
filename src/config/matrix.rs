//! `[matrix]`: the account on a homeserver.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{
    form::{self, Form},
    secret::SecretFiles,
};

/// The account on a homeserver; without one, Relais is not on Matrix.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Matrix {
    /// The account's full id, `@name:server`.
    #[serde(with = "form::optional")]
    pub account: Option<MatrixAccount>,
    /// Where its homeserver is, where the name in the account's id does not lead there: a URL.
    pub homeserver: Option<String>,
    /// The file that holds the account's password, for the first login.
    pub password_file: Option<PathBuf>,
    /// The folder of its session and its keys.
    pub folder: PathBuf,
    /// From whom invitations are taken, beside the admins: accounts, or the names of whole servers.
    pub invited_by: Vec<String>,
    #[serde(skip)]
    password: Option<SecretString>,
}

impl Default for Matrix {
    fn default() -> Self {
        Self {
            account: None,
            homeserver: None,
            password_file: None,
            folder: PathBuf::from("relais-matrix"),
            invited_by: Vec::new(),
            password: None,
        }
    }
}

impl Matrix {
    pub(super) fn read_secrets(&mut self, files: &mut SecretFiles<'_>) {
        let Some(path) = &self.password_file else { return };
        self.password = files.read("matrix.password_file", path);
    }

    /// The password for the first login.
    pub const fn password(&self) -> Option<&SecretString> {
        self.password.as_ref()
    }
}

/// The full id of an account: `@name:server`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixAccount(String);

impl MatrixAccount {
    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of its server.
    pub fn server(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, server)| server)
    }
}

impl Form for MatrixAccount {
    const WANTED: &'static str = "the full id of a Matrix account, such as \"@relais:example.org\"";

    fn read(text: &str) -> Result<Self, String> {
        let parts = text.strip_prefix('@').and_then(|rest| rest.split_once(':'));
        match parts {
            Some((name, server))
                if !name.is_empty() && !server.is_empty() && !text.contains(char::is_whitespace) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(format!("{text:?} is not one")),
        }
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}
