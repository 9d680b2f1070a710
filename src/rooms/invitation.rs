//! Who may have the bot come into a room.

use tokio::sync::oneshot;

use super::telling::voice_of;
use crate::{
    app::App,
    authority,
    chat::{Invitation, Place, Sender},
    domain::{role::Role, room::RoomAddress},
    store,
};

/// Answers an invitation. One that nobody could decide on stays as it is, and is decided at the next start.
pub(crate) async fn answer(
    app: &App,
    (sender, place): (&Sender, &Place),
    answer: oneshot::Sender<Invitation>,
) {
    match decide(app, sender, place).await {
        Ok(invitation) => {
            // Whoever asked goes only when everything stops.
            let _ = answer.send(invitation);
        }
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "an invitation could not be decided on");
        }
    }
}

async fn decide(app: &App, sender: &Sender, place: &Place) -> store::Result<Invitation> {
    let platform = place.address.platform.as_str();
    if is_expected(app, &place.address).await? || is_known(app, platform, &sender.account).await? {
        return Ok(Invitation::Accept);
    }
    let mut reader = app.store.read().await?;
    let voice = voice_of(app, &mut reader, (platform, &sender.account)).await?;
    let reason = voice.room_invitation_declined(&app.settings.organisation);
    Ok(Invitation::Decline { reason })
}

/// Whether it is back to a room that is linked, or on to the one that follows such a room: whoever may invite there may have it back.
async fn is_expected(app: &App, address: &RoomAddress) -> store::Result<bool> {
    let mut reader = app.store.read().await?;
    Ok(reader.find_room(address).await?.is_some() || reader.find_room_moved_to(address).await?.is_some())
}

/// Whether whoever invites has a part in the organisation: they coordinate, or are in a room that is linked.
async fn is_known(app: &App, platform: &str, account: &str) -> store::Result<bool> {
    let authority = authority::of(app, platform, account).await?.authority;
    Ok(authority.has(Role::Coordinator) || authority::is_in_a_room(app, platform, account).await?)
}
