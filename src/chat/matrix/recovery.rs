//! The recovery key: what makes a new device of the account one that others trust and that reads what was written before it.
//!
//! The account's own keys and the key of the rooms' backup lie on the server, encrypted with it.

use std::{fs, io, path::PathBuf};

use matrix_sdk::{
    encryption::{
        recovery::{RecoveryError, RecoveryState},
        secret_storage::SecretStorageError,
    },
    ruma::api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier},
};
use secrecy::{ExposeSecret, SecretString};

use super::session::{Session, write_private};

/// How the account can be recovered.
#[derive(Debug)]
pub enum Recovery {
    /// It was prepared before, and this device has all that belongs to it.
    Ready,
    /// This device got all that belongs to it, by the recovery key.
    Recovered,
    /// A recovery key was made just now, and nobody has it but whoever reads this.
    Made(SecretString),
    /// A recovery key was made just now, and stands in this file.
    Written(PathBuf),
    /// A recovery key was made just now, and could not be written to this file: nobody has it but whoever reads this.
    Unkept(SecretString, PathBuf, io::Error),
}

/// Why the account cannot be recovered.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryFailure {
    /// There is a recovery key, and nobody gave it.
    #[error(
        "this is a new device of an account that has a recovery key: give it with `relais matrix recovery-key`, or in the file that \
         `matrix.recovery_key_file` names; until then, others see an unverified device, and messages from before cannot be read"
    )]
    Wanted,
    /// What was given is not the recovery key.
    #[error("that is not the recovery key of this account: it was made anew since, or mistyped")]
    Wrong,
    /// The account has keys of its own that neither this device nor the server holds.
    #[error(
        "nothing holds the keys of this account's identity any more: make a new identity and a new recovery key with `relais matrix \
         recovery-key --new-identity`; people who had verified the account will have to do so again"
    )]
    Lost,
    /// The file for the recovery key holds another one already.
    #[error(
        "{0} holds a recovery key already, and the account has none: it would be overwritten, so move it away or name another file"
    )]
    Taken(PathBuf),
    /// Whether there is a recovery key could not be found out.
    #[error("the homeserver did not tell whether the account has a recovery key: try again")]
    Unknown,
    /// A new identity takes the account's password.
    #[error("a new identity takes the account's password: name its file as `matrix.password_file`")]
    PasswordWanted,
    /// The file of the recovery key cannot be read or written.
    #[error("{0} cannot be used")]
    File(PathBuf, #[source] io::Error),
    /// The server refused, or did not answer.
    #[error("the homeserver did not do what recovery takes")]
    Server(#[source] Box<RecoveryError>),
}

impl From<RecoveryError> for RecoveryFailure {
    fn from(error: RecoveryError) -> Self {
        match error {
            RecoveryError::SecretStorage(
                SecretStorageError::SecretStorageKey(_) | SecretStorageError::Decryption(_),
            ) => Self::Wrong,
            error => Self::Server(Box::new(error)),
        }
    }
}

impl From<matrix_sdk::Error> for RecoveryFailure {
    fn from(error: matrix_sdk::Error) -> Self {
        RecoveryError::Sdk(error).into()
    }
}

impl Session {
    /// Prepares recovery where that was not done yet, and recovers a new device with the key in the account's file or else with
    /// the one that is given when asked for.
    ///
    /// # Errors
    ///
    /// When the key is missing or wrong, when nothing can be recovered any more, or when the server refuses.
    pub async fn recover(
        &self,
        ask: impl AsyncFnOnce() -> Option<SecretString>,
    ) -> Result<Recovery, RecoveryFailure> {
        let encryption = self.client.encryption();
        encryption.wait_for_e2ee_initialization_tasks().await;
        match encryption.recovery().state() {
            RecoveryState::Enabled => Ok(Recovery::Ready),
            RecoveryState::Disabled => match (self.read_key()?, &self.account.recovery_key_file) {
                (Some(_), Some(file)) => Err(RecoveryFailure::Taken(file.clone())),
                _ => self.prepare().await,
            },
            RecoveryState::Unknown => Err(RecoveryFailure::Unknown),
            RecoveryState::Incomplete => {
                let key = match self.read_key()? {
                    Some(key) => key,
                    None => ask().await.ok_or(RecoveryFailure::Wanted)?,
                };
                let key = key.expose_secret().trim();
                encryption.recovery().recover_and_fix_backup(key).await?;
                Ok(Recovery::Recovered)
            }
        }
    }

    /// Makes a new recovery key, after which the old one is worth nothing.
    ///
    /// # Errors
    ///
    /// As [`Session::recover`], since a device must have recovered before it can make a new key.
    pub async fn make_recovery_key(
        &self,
        ask: impl AsyncFnOnce() -> Option<SecretString>,
    ) -> Result<Recovery, RecoveryFailure> {
        match self.recover(ask).await? {
            Recovery::Ready => {
                self.rehearse()?;
                let key = self.client.encryption().recovery().reset_key().await?;
                Ok(self.keep_key(key.into()))
            }
            other => Ok(other),
        }
    }

    /// Gives the account a new identity and a new recovery key, where the old ones are lost. Whoever had verified the account is told by
    /// their client, and rooms can be read from now on only.
    ///
    /// # Errors
    ///
    /// When the server refuses, or wants a password that is not given.
    pub async fn make_new_identity(
        &self,
        password: Option<&SecretString>,
    ) -> Result<Recovery, RecoveryFailure> {
        let encryption = self.client.encryption();
        encryption.wait_for_e2ee_initialization_tasks().await;
        if let Some(reset) = encryption.recovery().reset_identity().await? {
            let password = password.ok_or(RecoveryFailure::PasswordWanted)?;
            let user = self.account.user.to_string();
            let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(user));
            let password = Password::new(user, password.expose_secret().to_owned());
            reset.reset(Some(AuthData::Password(password))).await?;
        }
        self.prepare().await
    }

    /// Makes the first recovery key.
    async fn prepare(&self) -> Result<Recovery, RecoveryFailure> {
        let encryption = self.client.encryption();
        let has_identity = encryption.cross_signing_status().await;
        if !has_identity.is_some_and(|status| status.is_complete()) {
            return Err(RecoveryFailure::Lost);
        }
        self.rehearse()?;
        match encryption.recovery().enable().wait_for_backups_to_upload().await {
            Ok(key) => Ok(self.keep_key(key.into())),
            // There is a backup whose key nothing holds.
            Err(RecoveryError::BackupExistsOnServer) => Err(RecoveryFailure::Lost),
            Err(error) => Err(error.into()),
        }
    }

    fn read_key(&self) -> Result<Option<SecretString>, RecoveryFailure> {
        let Some(file) = &self.account.recovery_key_file else {
            return Ok(None);
        };
        match fs::read_to_string(file) {
            Ok(key) if key.trim().is_empty() => Ok(None),
            Ok(key) => Ok(Some(key.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(RecoveryFailure::File(file.clone(), error)),
        }
    }

    /// Writes a new key to the file that the operator named; where none is named, hands it over to be shown.
    fn keep_key(&self, key: SecretString) -> Recovery {
        let Some(file) = &self.account.recovery_key_file else {
            return Recovery::Made(key);
        };
        match write_private(file, format!("{}\n", key.expose_secret()).as_bytes()) {
            Ok(()) => Recovery::Written(file.clone()),
            Err(error) => Recovery::Unkept(key, file.clone(), error),
        }
    }

    /// Writes what the key's file holds anew: a key that is made where it cannot be kept would be lost.
    fn rehearse(&self) -> Result<(), RecoveryFailure> {
        let Some(file) = &self.account.recovery_key_file else {
            return Ok(());
        };
        let held = self.read_key()?;
        let held = held.as_ref().map_or("", |key| key.expose_secret());
        write_private(file, held.as_bytes()).map_err(|error| RecoveryFailure::File(file.clone(), error))
    }

    /// What a service without a terminal does about recovery: what it can without asking, and a line in the log about the rest.
    pub(super) async fn settle_recovery(&self) {
        let encryption = self.client.encryption();
        encryption.wait_for_e2ee_initialization_tasks().await;
        let is_prepared = encryption.recovery().state() != RecoveryState::Disabled;
        if !is_prepared && self.account.recovery_key_file.is_none() {
            // A key that nobody is there to read would be lost.
            tracing::warn!(
                "the Matrix account has no recovery key yet: stop Relais and make one with `relais matrix recovery-key`, lest encrypted \
                 rooms become unreadable when the keys on this machine are lost"
            );
            return;
        }
        match self.recover(async || None).await {
            Ok(Recovery::Ready | Recovery::Made(_)) => {}
            Ok(Recovery::Recovered) => tracing::info!("this device is recovered with the recovery key"),
            Ok(Recovery::Written(file)) => tracing::info!(
                file = %file.display(),
                "the account's recovery key is made and kept: copy it to a safe place that is not on this machine"
            ),
            Ok(Recovery::Unkept(_, file, error)) => tracing::error!(
                error = &error as &dyn std::error::Error,
                file = %file.display(),
                "the account's recovery key was made and could not be kept: stop Relais and make another with `relais matrix \
                 recovery-key`"
            ),
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error,
                "the Matrix account is not ready for the loss of this machine's keys"
            ),
        }
    }
}
