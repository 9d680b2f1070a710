//! The session: who we are for the server, kept from one start to the next beside the keys that belong to it.

mod error;
mod kept;
mod login;
mod stamp;

use std::{path::PathBuf, sync::Arc, time::Duration};

use matrix_sdk::{Client, ruma::api::error::ErrorKind, store::StateStoreDataKey};
use secrecy::SecretString;

use super::Account;
use kept::{Kept, Lock};
use login::{log_in, restore, without_keys};
use stamp::{Stamp, StampError};

pub use error::LoginError;
pub(super) use kept::write_private;

/// How long the keys may be used until the stamp is renewed.
const RENEWAL: Duration = Duration::from_mins(5);

/// What proves to the server who we are.
#[derive(Debug, Clone)]
pub enum Secret {
    /// The account's password.
    Password(SecretString),
    /// The access token of a device that was made for Relais and never used.
    AccessToken(SecretString),
}

/// A session that was taken up. While it lives, no other process can use its keys.
#[derive(Debug, Clone)]
pub struct Session {
    pub(super) client: Client,
    pub(super) account: Account,
    stamp: Stamp,
    store: PathBuf,
    _lock: Arc<Lock>,
}

impl Session {
    /// Takes up the session that was kept, or logs in where there is none.
    ///
    /// # Errors
    ///
    /// When there is no session and no secret, when the session's keys are gone, old or in use, or when the server refuses.
    pub async fn open(account: &Account, secret: Option<&Secret>) -> Result<Self, LoginError> {
        let kept = Kept::in_folder(&account.folder);
        let lock = kept.lock()?;
        let client = match (kept.read()?, secret) {
            (Some(session), _) => restore(account, &kept, session).await?,
            (None, Some(secret)) => log_in(account, &kept, secret).await?,
            (None, None) => return Err(LoginError::NoSession(account.folder.clone())),
        };
        let session = Self {
            client,
            account: account.clone(),
            stamp: Stamp::of(&kept),
            store: kept.store.clone(),
            _lock: Arc::new(lock),
        };
        session.renew_stamp().await?;
        tracing::info!(folder = %account.folder.display(), "the Matrix session is taken up");
        Ok(session)
    }

    /// Whether a session is kept for this account, whatever it is worth.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn is_kept(account: &Account) -> Result<bool, LoginError> {
        Ok(Kept::in_folder(&account.folder).read()?.is_some())
    }

    /// Whether anything was read in this session already.
    pub(super) async fn has_read(&self) -> Result<bool, LoginError> {
        let store = self.client.state_store();
        let token = store.get_kv_data(StateStoreDataKey::SyncToken).await;
        Ok(token.map_err(matrix_sdk::Error::from)?.is_some())
    }

    async fn renew_stamp(&self) -> Result<(), LoginError> {
        self.stamp.renew(&self.client).await.map_err(|error| match error {
            StampError::Outdated => LoginError::OldKeys(self.store.clone()),
            StampError::Server(error) => error.into(),
            StampError::File(path, error) => LoginError::File(path, error),
        })
    }

    /// Renews the stamp now and then, without end. Returns where the keys may not be used any more.
    pub(super) async fn keep_stamp(&self) -> LoginError {
        loop {
            tokio::time::sleep(RENEWAL).await;
            match self.renew_stamp().await {
                Ok(()) => {}
                Err(error @ (LoginError::OldKeys(_) | LoginError::Ended)) => return error,
                Err(error) => tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the stamp of the keys is not renewed; it is tried again"
                ),
            }
        }
    }

    /// Ends the kept session on the server and removes it with its keys. Returns false where there was none.
    ///
    /// It takes nothing up, so it works where the keys are gone or old.
    ///
    /// # Errors
    ///
    /// When the session is in use, when the server does not answer, or when the files cannot be removed.
    pub async fn log_out(account: &Account) -> Result<bool, LoginError> {
        let kept = Kept::in_folder(&account.folder);
        let _lock = kept.lock()?;
        let Some(session) = kept.read()? else {
            kept.remove_store()?;
            return Ok(false);
        };
        let client = without_keys(account, session).await?;
        match client.matrix_auth().logout().await {
            Err(error) if !matches!(error.client_api_error_kind(), Some(ErrorKind::UnknownToken(_))) => {
                return Err(matrix_sdk::Error::from(error).into());
            }
            _ => {}
        }
        kept.remove()?;
        Ok(true)
    }
}
