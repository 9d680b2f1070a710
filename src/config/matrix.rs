//! `[matrix]`: the account on a homeserver.

use std::path::{Path, PathBuf};

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
    /// The file that holds an access token of the account, for the first login instead of the password.
    pub access_token_file: Option<PathBuf>,
    /// The file in which the account's recovery key is kept, where it is kept on this machine.
    pub recovery_key_file: Option<PathBuf>,
    /// The folder of its session and its keys.
    pub folder: PathBuf,
    /// From whom invitations are taken, beside admins, coordinators and members of linked rooms: accounts, or the names of whole servers.
    pub invited_by: Vec<String>,
    #[serde(skip)]
    password: Option<SecretString>,
    #[serde(skip)]
    access_token: Option<SecretString>,
    #[serde(skip)]
    recovery_key: Option<PathBuf>,
}

impl Default for Matrix {
    fn default() -> Self {
        Self {
            account: None,
            homeserver: None,
            password_file: None,
            access_token_file: None,
            recovery_key_file: None,
            folder: PathBuf::from("relais-matrix"),
            invited_by: Vec::new(),
            password: None,
            access_token: None,
            recovery_key: None,
        }
    }
}

impl Matrix {
    pub(super) fn read_secrets(&mut self, files: &mut SecretFiles<'_>) {
        if let Some(path) = &self.password_file {
            self.password = files.read("matrix.password_file", path);
        }
        if let Some(path) = &self.access_token_file {
            self.access_token = files.read("matrix.access_token_file", path);
        }
        self.recovery_key = self.recovery_key_file.as_ref().map(|path| files.find(path));
    }

    /// The password for the first login.
    pub const fn password(&self) -> Option<&SecretString> {
        self.password.as_ref()
    }

    /// The access token for the first login.
    pub const fn access_token(&self) -> Option<&SecretString> {
        self.access_token.as_ref()
    }

    /// Where the recovery key is kept, which need not be there yet.
    pub fn recovery_key(&self) -> Option<&Path> {
        self.recovery_key.as_deref()
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
