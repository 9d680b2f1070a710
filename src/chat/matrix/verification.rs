//! Verification by emoji: somebody compares what their client shows with what ours does, and trusts the account from then on.
//!
//! It wants somebody at our terminal too, so it is done while the service is stopped; a service that runs declines.

mod declined;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::{Stream, StreamExt};
use matrix_sdk::{
    Client, LoopCtrl, Room, RoomState,
    config::SyncSettings,
    encryption::identities::RequestVerificationError,
    encryption::verification::{
        CancelInfo, SasState, SasVerification, Verification, VerificationRequest, VerificationRequestState,
    },
    ruma::{
        UserId,
        api::client::filter::FilterDefinition,
        events::{
            key::verification::{
                VerificationMethod, request::ToDeviceKeyVerificationRequestEvent,
                start::ToDeviceKeyVerificationStartEvent,
            },
            room::message::{MessageType, OriginalSyncRoomMessageEvent},
        },
        presence::PresenceState,
    },
    store::{StateStoreDataKey, StateStoreDataValue},
};
use tokio::sync::mpsc;

use super::session::Session;

pub(super) use declined::decline;
pub use matrix_sdk::encryption::verification::Emoji;

/// How long the server may keep us waiting, and so how long the end may take.
const LONG_POLL: Duration = Duration::from_secs(3);
/// How long after an agreement the other side has to begin; then we do.
const THEIR_TURN: Duration = Duration::from_secs(5);

/// Why a verification came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum VerificationFailure {
    /// There is nobody to ask.
    #[error("{0} has no identity of its own to verify with: start the verification from their client")]
    NoIdentity(String),
    /// There is no room to ask them in.
    #[error(
        "no private conversation with {0} could be begun, which a verification takes: start it from their client"
    )]
    NoConversation(String),
    /// It was called off, there or here.
    #[error("the verification was called off: {0}")]
    Cancelled(String),
    /// It ended without a word.
    #[error("the verification ended before it was done: begin again")]
    Ended,
    /// The emoji were not the same.
    #[error("the emoji are not the same, so somebody may be listening in: the account is not verified")]
    Mismatch,
    /// The other client knows no emoji.
    #[error("the other client cannot compare emoji")]
    NoEmoji,
    /// The server refused, or did not answer.
    #[error("the homeserver did not do what a verification takes")]
    Server(#[from] matrix_sdk::Error),
}

/// What somebody begins.
enum Begun {
    Request(VerificationRequest),
    Emoji(SasVerification),
}

impl Session {
    /// Verifies the account together with somebody: waits until they begin, or begins where `asks` says so.
    ///
    /// `compare` shows the emoji and tells whether the other side sees the same.
    ///
    /// # Errors
    ///
    /// When it is called off, when the emoji differ, or when the server refuses.
    pub async fn verify(
        &self,
        with: &UserId,
        asks: Begins,
        compare: impl AsyncFnOnce(&[Emoji; 7]) -> bool,
    ) -> Result<(), VerificationFailure> {
        let client = &self.client;
        let store = client.state_store();
        let token = store.get_kv_data(StateStoreDataKey::SyncToken).await;
        let is_new = token.is_ok_and(|token| token.and_then(StateStoreDataValue::into_sync_token).is_none());
        let (sender, mut begun) = mpsc::channel(8);
        listen(client, with, &sender);
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let talking = async {
            let talked = self.talk(with, asks, &mut begun, compare).await;
            over.store(true, Ordering::Relaxed);
            talked
        };
        let (talked, read) = futures_util::future::join(talking, read(client, with, &is_over)).await;
        if is_new {
            // What rooms brought is for the service, which has not read anything yet.
            let _ = store.remove_kv_data(StateStoreDataKey::SyncToken).await;
        }
        talked?;
        Ok(read?)
    }

    async fn talk(
        &self,
        with: &UserId,
        asks: Begins,
        begun: &mut mpsc::Receiver<Begun>,
        compare: impl AsyncFnOnce(&[Emoji; 7]) -> bool,
    ) -> Result<(), VerificationFailure> {
        let first = match asks {
            Begins::They => None,
            Begins::We => {
                let identity = self.client.encryption().request_user_identity(with).await?;
                let identity = identity.ok_or_else(|| VerificationFailure::NoIdentity(with.to_string()))?;
                let methods = vec![VerificationMethod::SasV1];
                let request = identity.request_verification_with_methods(methods).await;
                Some(Begun::Request(request.map_err(|error| match error {
                    RequestVerificationError::Sdk(error) => error.into(),
                    RequestVerificationError::RoomCreation(user) => {
                        VerificationFailure::NoConversation(user.to_string())
                    }
                })?))
            }
        };
        if let Some(Begun::Request(request)) = first {
            let emoji = agree(request, begun).await?;
            return carry_out(&emoji, compare).await;
        }
        loop {
            let emoji = match begun.recv().await {
                Some(Begun::Emoji(emoji)) => emoji,
                Some(Begun::Request(request)) => match agree(request, begun).await {
                    // They may try again; what was called off before we came is told again, too.
                    Err(VerificationFailure::Cancelled(_)) => continue,
                    agreed => agreed?,
                },
                None => return Err(VerificationFailure::Ended),
            };
            return carry_out(&emoji, compare).await;
        }
    }
}

/// Who begins a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// They do, in their client.
    They,
    /// We do, and their client tells them.
    We,
}

/// Reads what comes until it is over, and goes where the person who verifies invites us for it.
async fn read(client: &Client, with: &UserId, is_over: &AtomicBool) -> matrix_sdk::Result<()> {
    let settings = SyncSettings::default()
        .filter(FilterDefinition::with_lazy_loading().into())
        .timeout(LONG_POLL)
        .set_presence(PresenceState::Offline);
    client
        .sync_with_result_callback(settings.clone(), async |answer| {
            answer?;
            for room in client.invited_rooms() {
                join_if_asked_by(room, with).await;
            }
            Ok(if is_over.load(Ordering::Relaxed) {
                LoopCtrl::Break
            } else {
                LoopCtrl::Continue
            })
        })
        .await?;
    // What is still to be sent about the end goes out at the beginning of the next reading.
    client.sync_once(settings.timeout(Duration::ZERO)).await?;
    Ok(())
}

async fn join_if_asked_by(room: Room, with: &UserId) {
    let invite = room.invite_details().await;
    let is_theirs = invite.is_ok_and(|invite| invite.inviter_id == with);
    if is_theirs
        && room.state() == RoomState::Invited
        && let Err(error) = room.join().await
    {
        tracing::warn!(error = &error as &dyn std::error::Error, room = %room.room_id(), "a room cannot be joined");
    }
}

/// Hands on what this person begins.
fn listen(client: &Client, with: &UserId, begun: &mpsc::Sender<Begun>) {
    let (user, sender) = (with.to_owned(), begun.clone());
    client.add_event_handler(
        move |event: ToDeviceKeyVerificationRequestEvent, client: Client| {
            let (user, sender) = (user.clone(), sender.clone());
            async move {
                let flow = event.content.transaction_id.as_str();
                hand_request(&client, (&user, &event.sender), flow, &sender).await;
            }
        },
    );
    let (user, sender) = (with.to_owned(), begun.clone());
    client.add_event_handler(move |event: OriginalSyncRoomMessageEvent, client: Client| {
        let (user, sender) = (user.clone(), sender.clone());
        async move {
            if matches!(event.content.msgtype, MessageType::VerificationRequest(_)) {
                hand_request(&client, (&user, &event.sender), event.event_id.as_str(), &sender).await;
            }
        }
    });
    let (user, sender) = (with.to_owned(), begun.clone());
    client.add_event_handler(move |event: ToDeviceKeyVerificationStartEvent, client: Client| {
        let (user, sender) = (user.clone(), sender.clone());
        async move {
            let flow = event.content.transaction_id.as_str();
            let verification = client.encryption().get_verification(&event.sender, flow).await;
            if event.sender == user
                && let Some(Verification::SasV1(emoji)) = verification
            {
                let _ = sender.try_send(Begun::Emoji(emoji));
            }
        }
    });
}

async fn hand_request(
    client: &Client,
    (user, from): (&UserId, &UserId),
    flow: &str,
    begun: &mpsc::Sender<Begun>,
) {
    let request = client.encryption().get_verification_request(from, flow).await;
    if from == user
        && let Some(request) = request
    {
        let _ = begun.try_send(Begun::Request(request));
    }
}

/// Agrees on comparing emoji.
async fn agree(
    request: VerificationRequest,
    begun: &mut mpsc::Receiver<Begun>,
) -> Result<SasVerification, VerificationFailure> {
    let mut changes = request.changes();
    if let Some(info) = request.cancel_info() {
        return Err(cancelled(&info));
    }
    if !request.we_started() {
        request
            .accept_with_methods(vec![VerificationMethod::SasV1])
            .await?;
    }
    let mut patience = None;
    loop {
        let theirs = async {
            match patience {
                Some(until) => tokio::time::sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            state = changes.next() => match state {
                Some(VerificationRequestState::Ready { .. }) => {
                    patience = Some(tokio::time::Instant::now() + THEIR_TURN);
                }
                Some(VerificationRequestState::Transitioned { verification, .. }) => {
                    return verification.sas().ok_or(VerificationFailure::NoEmoji);
                }
                Some(VerificationRequestState::Cancelled(info)) => return Err(cancelled(&info)),
                Some(VerificationRequestState::Done) | None => {
                    return Err(VerificationFailure::Ended);
                }
                Some(_) => {}
            },
            Some(Begun::Emoji(emoji)) = begun.recv() => return Ok(emoji),
            () = theirs => {
                if let Some(emoji) = request.start_sas().await? {
                    return Ok(emoji);
                }
                patience = None;
            }
        }
    }
}

/// Compares the emoji.
async fn carry_out(
    emoji: &SasVerification,
    compare: impl AsyncFnOnce(&[Emoji; 7]) -> bool,
) -> Result<(), VerificationFailure> {
    let mut changes = emoji.changes();
    if !emoji.we_started() {
        emoji.accept().await?;
    }
    until(&mut changes, |state| {
        matches!(state, SasState::KeysExchanged { .. })
    })
    .await?;
    let shown = emoji.emoji().ok_or(VerificationFailure::NoEmoji)?;
    let called_off = async {
        let end = until(&mut changes, |_| false).await;
        end.err().unwrap_or_else(|| VerificationFailure::Ended)
    };
    let is_same = tokio::select! {
        is_same = compare(&shown) => is_same,
        failure = called_off => return Err(failure),
    };
    if !is_same {
        emoji.mismatch().await?;
        return Err(VerificationFailure::Mismatch);
    }
    emoji.confirm().await?;
    let mut changes = emoji.changes();
    if emoji.is_done() {
        return Ok(());
    }
    until(&mut changes, |state| matches!(state, SasState::Done { .. })).await
}

/// Waits for a state. A verification that is called off never comes to it.
async fn until(
    changes: &mut (impl Stream<Item = SasState> + Unpin),
    is_wanted: impl Fn(&SasState) -> bool,
) -> Result<(), VerificationFailure> {
    while let Some(state) = changes.next().await {
        if let SasState::Cancelled(info) = &state {
            return Err(cancelled(info));
        }
        if is_wanted(&state) {
            return Ok(());
        }
    }
    Err(VerificationFailure::Ended)
}

fn cancelled(info: &CancelInfo) -> VerificationFailure {
    VerificationFailure::Cancelled(info.reason().to_owned())
}
