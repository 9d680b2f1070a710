//! The session: who we are for the server, kept from one start to the next beside the keys that belong to it.

use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use matrix_sdk::{
    Client, ClientBuildError, SessionChange,
    authentication::matrix::MatrixSession,
    config::RequestConfig,
    encryption::{BackupDownloadStrategy, EncryptionSettings},
    ruma::api::error::ErrorKind,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;

use super::Account;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// What the account's list of sessions shows.
const DEVICE: &str = "Relais";

/// What proves to the server who we are.
#[derive(Debug, Clone)]
pub enum Secret {
    /// The account's password.
    Password(SecretString),
}

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// There is none yet, and nothing to log in with.
    #[error("there is no Matrix session in {0}: log in once with `relais matrix login`")]
    NoSession(PathBuf),
    /// The session is there, and the keys that belong to it are not. The server would replace them, and rooms would become unreadable.
    #[error(
        "{session} holds a Matrix session whose keys are gone: {store} is not there. Never take such a session up again: \
         remove {session}, then log in anew with `relais matrix login`, and give the recovery key"
    )]
    KeysGone {
        /// The file of the session.
        session: PathBuf,
        /// Where the keys should be.
        store: PathBuf,
    },
    /// The session is of another account than the configuration names.
    #[error("{0} holds the Matrix session of {1}, and the configuration names another account")]
    OtherAccount(PathBuf, String),
    /// The session ended: somebody removed it, or the password was changed.
    #[error("the Matrix session is no longer valid: log in anew with `relais matrix login`")]
    Ended,
    /// The session's file cannot be read or written.
    #[error("{0} cannot be used")]
    File(PathBuf, #[source] io::Error),
    /// The client could not be set up: the server's name, or the keys' database.
    #[error("Matrix cannot be set up")]
    Setup(#[source] Box<ClientBuildError>),
    /// The server refused, or did not answer.
    #[error("the homeserver did not let us in")]
    Server(#[source] Box<matrix_sdk::Error>),
}

impl From<matrix_sdk::Error> for LoginError {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Server(Box::new(error))
    }
}

impl From<ClientBuildError> for LoginError {
    fn from(error: ClientBuildError) -> Self {
        Self::Setup(Box::new(error))
    }
}

/// Takes up the session that was kept, or logs in where there is none.
pub(super) async fn open(account: &Account, secret: Option<&Secret>) -> Result<Client, LoginError> {
    let kept = Kept::in_folder(&account.folder);
    match (kept.read()?, secret) {
        (Some(session), _) => restore(account, &kept, session).await,
        (None, Some(secret)) => log_in(account, &kept, secret).await,
        (None, None) => Err(LoginError::NoSession(account.folder.clone())),
    }
}

async fn restore(account: &Account, kept: &Kept, session: MatrixSession) -> Result<Client, LoginError> {
    if session.meta.user_id != account.user {
        let other = session.meta.user_id.to_string();
        return Err(LoginError::OtherAccount(kept.session.clone(), other));
    }
    if !kept.store.join("matrix-sdk-crypto.sqlite3").exists() {
        return Err(LoginError::KeysGone {
            session: kept.session.clone(),
            store: kept.store.clone(),
        });
    }
    let client = client(account, kept).await?;
    client.restore_session(session).await?;
    if let Err(error) = client.whoami().await {
        if matches!(error.client_api_error_kind(), Some(ErrorKind::UnknownToken(_))) {
            return Err(LoginError::Ended);
        }
        // The server may be down for a while; what is sent waits for it.
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the homeserver does not answer"
        );
    }
    keep_fresh(&client, kept.clone());
    Ok(client)
}

async fn log_in(account: &Account, kept: &Kept, secret: &Secret) -> Result<Client, LoginError> {
    let Secret::Password(password) = secret;
    // Keys without their session belong to nobody, and would be mixed with the new ones.
    match fs::remove_dir_all(&kept.store) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(LoginError::File(kept.store.clone(), error));
        }
        _ => {}
    }
    let client = client(account, kept).await?;
    client
        .matrix_auth()
        .login_username(&account.user, password.expose_secret())
        .initial_device_display_name(DEVICE)
        .request_refresh_token()
        .send()
        .await?;
    kept.write(&client)?;
    client.encryption().wait_for_e2ee_initialization_tasks().await;
    keep_fresh(&client, kept.clone());
    Ok(client)
}

async fn client(account: &Account, kept: &Kept) -> Result<Client, LoginError> {
    let refused = |error| LoginError::File(kept.store.clone(), error);
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&kept.store)
        .map_err(refused)?;
    let client = Client::builder()
        .server_name_or_homeserver_url(&account.homeserver)
        .sqlite_store(&kept.store, None)
        .handle_refresh_tokens()
        .request_config(RequestConfig::new().timeout(PATIENCE))
        .with_encryption_settings(EncryptionSettings {
            auto_enable_cross_signing: true,
            auto_enable_backups: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        });
    Ok(client.build().await?)
}

/// Writes the session down again whenever the server gives new tokens.
fn keep_fresh(client: &Client, kept: Kept) {
    let mut changes = client.subscribe_to_session_changes();
    let client = client.clone();
    tokio::spawn(async move {
        loop {
            match changes.recv().await {
                Ok(SessionChange::TokensRefreshed) | Err(RecvError::Lagged(_)) => {
                    if let Err(error) = kept.write(&client) {
                        tracing::error!(
                            error = &error as &dyn std::error::Error,
                            "the Matrix session cannot be kept: the next start will have to log in anew"
                        );
                    }
                }
                Ok(SessionChange::UnknownToken(_)) => {
                    tracing::error!(
                        "the Matrix session is no longer valid: log in anew with `relais matrix login`"
                    );
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

/// Where a session is kept.
#[derive(Debug, Clone)]
struct Kept {
    /// The file of the session.
    session: PathBuf,
    /// The folder of the keys that belong to it.
    store: PathBuf,
}

/// The session's file.
#[derive(Serialize, Deserialize)]
struct Written {
    session: MatrixSession,
}

impl Kept {
    fn in_folder(folder: &Path) -> Self {
        Self {
            session: folder.join("session.json"),
            store: folder.join("store"),
        }
    }

    fn read(&self) -> Result<Option<MatrixSession>, LoginError> {
        let refused = |error| LoginError::File(self.session.clone(), error);
        match fs::read(&self.session) {
            Ok(bytes) => {
                let written: Written =
                    serde_json::from_slice(&bytes).map_err(|error| refused(error.into()))?;
                Ok(Some(written.session))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    /// Writes the client's session, for us alone to read, in one step.
    fn write(&self, client: &Client) -> Result<(), LoginError> {
        let Some(session) = client.matrix_auth().session() else {
            return Ok(());
        };
        let refused = |error| LoginError::File(self.session.clone(), error);
        let bytes = serde_json::to_vec(&Written { session }).map_err(|error| refused(error.into()))?;
        let beside = self.session.with_extension("new");
        let write = || -> io::Result<()> {
            match fs::remove_file(&beside) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&beside)?;
            io::Write::write_all(&mut file, &bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &self.session)
        };
        write().map_err(refused)
    }
}
