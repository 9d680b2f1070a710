//! Why there is no session, in sentences that say what to do.

use std::{io, path::PathBuf};

use matrix_sdk::{ClientBuildError, ruma::api::error::ErrorKind};

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// There is none yet, and nothing to log in with.
    #[error("there is no Matrix session in {0}: log in once with `relais matrix login`")]
    NoSession(PathBuf),
    /// Another process has the keys.
    #[error("{0} is in use: Relais is running with this Matrix account, so stop it first")]
    InUse(PathBuf),
    /// The session is there, and the keys that belong to it are not. The server would replace them, and rooms would become unreadable.
    #[error(
        "{session} holds a Matrix session whose keys are gone: {store} is not there. Never take such a session up again: end it with \
         `relais matrix logout`, then log in anew with `relais matrix login` and give the recovery key"
    )]
    KeysGone {
        /// The file of the session.
        session: PathBuf,
        /// Where the keys should be.
        store: PathBuf,
    },
    /// The keys are from before: restored from a backup or a snapshot, or copied, and later ones were used since.
    #[error(
        "{0} holds old keys, from a backup, a snapshot or a copy, and newer ones were used since. Never use such keys again: if Relais \
         runs elsewhere with this account, leave it there; if not, end this session with `relais matrix logout`, then log in anew with \
         `relais matrix login` and give the recovery key"
    )]
    OldKeys(PathBuf),
    /// The session is of another account than the configuration names.
    #[error(
        "{0} holds the Matrix session of {1}, and the configuration names another account: name that one, or another folder as \
         `matrix.folder`"
    )]
    OtherAccount(PathBuf, String),
    /// The token is of another account than the configuration names.
    #[error(
        "the access token is that of {0}, and the configuration names another account: make one for the account that it names"
    )]
    OtherToken(String),
    /// The token is of no device, so it can have no keys.
    #[error(
        "the access token belongs to no device: make one by logging in as the account, or log in with its password"
    )]
    NoDevice,
    /// The token's device has keys already, which are not here.
    #[error(
        "the access token belongs to a device that has keys already, such as a client's: make another one for Relais alone, or log in \
         with the password"
    )]
    UsedDevice,
    /// The session ended: somebody removed it, or the password was changed.
    #[error(
        "the Matrix session is no longer valid: clear it away with `relais matrix logout`, then log in anew with `relais matrix login` \
         and give the recovery key"
    )]
    Ended,
    /// The session's file cannot be read or written.
    #[error("{0} cannot be used")]
    File(PathBuf, #[source] io::Error),
    /// The client could not be set up: the server's name, or the keys' database.
    #[error(
        "Matrix cannot be set up: check `matrix.account` and `matrix.homeserver`, and that the homeserver answers"
    )]
    Setup(#[source] Box<ClientBuildError>),
    /// The server refused, or did not answer.
    #[error("the homeserver did not let us in")]
    Server(#[source] Box<matrix_sdk::Error>),
}

impl From<matrix_sdk::Error> for LoginError {
    fn from(error: matrix_sdk::Error) -> Self {
        match error.client_api_error_kind() {
            Some(ErrorKind::UnknownToken(_)) => Self::Ended,
            _ => Self::Server(Box::new(error)),
        }
    }
}

impl From<ClientBuildError> for LoginError {
    fn from(error: ClientBuildError) -> Self {
        Self::Setup(Box::new(error))
    }
}
