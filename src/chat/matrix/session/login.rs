//! The ways to a client: the session that was kept, a password, an access token.

use std::time::Duration;

use matrix_sdk::{
    Client, SessionChange, SessionMeta, SessionTokens,
    authentication::matrix::MatrixSession,
    config::{RequestConfig, SyncSettings},
    encryption::{BackupDownloadStrategy, EncryptionSettings},
    ruma::{
        OwnedDeviceId,
        api::client::{account::whoami, filter::FilterDefinition, keys::get_keys},
        presence::PresenceState,
    },
    store::{RoomLoadSettings, StateStoreDataKey},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::broadcast::error::RecvError;

use super::{LoginError, Secret, kept::Kept};
use crate::chat::matrix::Account;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// What the account's list of sessions shows.
const DEVICE: &str = "Relais";

pub(super) async fn restore(
    account: &Account,
    kept: &Kept,
    session: MatrixSession,
) -> Result<Client, LoginError> {
    if session.meta.user_id != account.user {
        let other = session.meta.user_id.to_string();
        return Err(LoginError::OtherAccount(kept.session.clone(), other));
    }
    if !kept.has_keys() {
        return Err(LoginError::KeysGone {
            session: kept.session.clone(),
            store: kept.store.clone(),
        });
    }
    let client = client(account, kept).await?;
    client.restore_session(session).await?;
    Ok(client)
}

pub(super) async fn log_in(account: &Account, kept: &Kept, secret: &Secret) -> Result<Client, LoginError> {
    // Keys without their session belong to nobody, and would be mixed with the new ones.
    kept.remove_store()?;
    let client = match secret {
        Secret::Password(password) => {
            let client = client(account, kept).await?;
            client
                .matrix_auth()
                .login_username(&account.user, password.expose_secret())
                .initial_device_display_name(DEVICE)
                .request_refresh_token()
                .send()
                .await?;
            client
        }
        Secret::AccessToken(token) => {
            let session = session_of(account, token).await?;
            let client = client(account, kept).await?;
            client.restore_session(session).await?;
            client
        }
    };
    kept.write(&client)?;
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let made_identity = encryption.cross_signing_status().await;
    if made_identity.is_some_and(|status| status.is_complete()) {
        return Ok(client);
    }
    publish_keys(&client).await?;
    drop(client);
    match kept.read()? {
        Some(session) => restore(account, kept, session).await,
        None => Err(LoginError::NoSession(account.folder.clone())),
    }
}

/// Has the server know a new device's keys, which the library gives it with the first reading only; until then the recovery key has
/// nothing to sign. The reading brings nothing, and the client must be made anew to begin at the beginning.
async fn publish_keys(client: &Client) -> Result<(), LoginError> {
    let nothing = SyncSettings::default()
        .filter(FilterDefinition::ignore_all().into())
        .timeout(Duration::ZERO)
        .set_presence(PresenceState::Offline);
    client.sync_once(nothing).await?;
    let forgotten = client
        .state_store()
        .remove_kv_data(StateStoreDataKey::SyncToken)
        .await;
    forgotten.map_err(matrix_sdk::Error::from)?;
    Ok(())
}

/// The session that an access token stands for, where its device is new.
async fn session_of(account: &Account, token: &SecretString) -> Result<MatrixSession, LoginError> {
    let session = |device: OwnedDeviceId| MatrixSession {
        meta: SessionMeta {
            user_id: account.user.clone(),
            device_id: device,
        },
        tokens: SessionTokens {
            access_token: token.expose_secret().to_owned(),
            refresh_token: None,
        },
    };
    let client = without_keys(account, session("UNKNOWN".into())).await?;
    let asked = client.send(whoami::v3::Request::new()).await;
    let who = asked.map_err(matrix_sdk::Error::from)?;
    if who.user_id != account.user {
        return Err(LoginError::OtherToken(who.user_id.to_string()));
    }
    let device = who.device_id.ok_or(LoginError::NoDevice)?;
    let mut request = get_keys::v3::Request::new();
    request
        .device_keys
        .insert(account.user.clone(), vec![device.clone()]);
    let keys = client.send(request).await.map_err(matrix_sdk::Error::from)?;
    let devices = keys.device_keys.get(&account.user);
    if devices.is_some_and(|devices| devices.contains_key(&device)) {
        return Err(LoginError::UsedDevice);
    }
    Ok(session(device))
}

async fn client(account: &Account, kept: &Kept) -> Result<Client, LoginError> {
    kept.make_store()?;
    let client = Client::builder()
        .server_name_or_homeserver_url(&account.homeserver)
        .sqlite_store(&kept.store, None)
        .handle_refresh_tokens()
        .request_config(RequestConfig::new().timeout(PATIENCE))
        .with_encryption_settings(EncryptionSettings {
            auto_enable_cross_signing: true,
            auto_enable_backups: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        })
        .build()
        .await?;
    keep_fresh(&client, kept)?;
    Ok(client)
}

/// A client that asks the server in the name of a session without touching its keys.
pub(super) async fn without_keys(account: &Account, session: MatrixSession) -> Result<Client, LoginError> {
    let client = Client::builder()
        .server_name_or_homeserver_url(&account.homeserver)
        .handle_refresh_tokens()
        .request_config(RequestConfig::new().timeout(PATIENCE))
        .build()
        .await?;
    let auth = client.matrix_auth();
    auth.restore_session(session, RoomLoadSettings::default()).await?;
    Ok(client)
}

/// Writes the session down again whenever the server gives new tokens, before they are used: then the old ones are worth nothing.
fn keep_fresh(client: &Client, kept: &Kept) -> Result<(), LoginError> {
    let (reads, writes) = (kept.clone(), kept.clone());
    client.set_session_callbacks(
        Box::new(move |_| match reads.read()? {
            Some(session) => Ok(session.tokens),
            None => Err(LoginError::NoSession(reads.folder.clone()).into()),
        }),
        Box::new(move |client| {
            writes.write(&client).inspect_err(|error| {
                tracing::error!(
                    error = error as &dyn std::error::Error,
                    "the Matrix session cannot be kept: the next start will have to log in anew"
                );
            })?;
            Ok(())
        }),
    )?;
    let mut changes = client.subscribe_to_session_changes();
    tokio::spawn(async move {
        loop {
            match changes.recv().await {
                Ok(SessionChange::UnknownToken(_)) => tracing::error!(
                    "the Matrix session is no longer valid: log in anew with `relais matrix login`"
                ),
                Ok(SessionChange::TokensRefreshed) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    });
    Ok(())
}
