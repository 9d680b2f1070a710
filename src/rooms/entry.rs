//! What is said when the bot came into a room: once, to whoever can set it up.

use super::telling::{direct, voice_of};
use crate::{
    app::App,
    authority,
    chat::{Card, Place, Reach, Sender},
    domain::{
        role::{Authority, Role},
        room::RoomAddress,
        seal,
    },
    store,
};

/// The letters of a seal that make a key.
const KEY_LENGTH: usize = 24;

/// Says hello where the bot came in: in private, to whoever began a conversation with it, and else to whoever let it in, where they may link the
/// room, or to the admins. What goes on as before needs no hello.
pub(crate) async fn greet(app: &App, by: Option<&Sender>, (place, reach): (&Place, Reach), entry: &str) {
    if let Err(error) = say_hello(app, by, (place, reach), entry).await {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "no hello was said where the bot came in");
    }
}

async fn say_hello(
    app: &App,
    by: Option<&Sender>,
    (place, reach): (&Place, Reach),
    entry: &str,
) -> store::Result<()> {
    let address = &place.address;
    let platform = address.platform.as_str();
    let authority = match by {
        Some(by) if !place.is_private => authority::of(app, platform, &by.account).await?.authority,
        _ => Authority::default(),
    };
    if reach == Reach::Server && has_rooms_in(app, address).await? {
        return Ok(());
    }
    let now = app.clock.now();
    let mut writer = app.store.write().await?;
    if writer.find_room(address).await?.is_some() || writer.find_room_moved_to(address).await?.is_some() {
        return Ok(());
    }
    let by = by.map(|by| by.account.clone());
    let to = match by {
        Some(by) if place.is_private || authority.has(Role::Admin) => vec![by],
        _ if place.is_private => Vec::new(),
        _ => authority::admins(app, &mut writer, platform).await?,
    };
    let name = super::shown_name(&place.name);
    // It is read in private and typed in the room.
    let prefix = app.platform(platform);
    let prefix = prefix.map_or("", |platform| platform.capabilities().command_prefix);
    for account in to {
        let voice = voice_of(app, &mut writer, (platform, &account)).await?;
        let card = Card::paragraph(if place.is_private {
            voice.room_hello_private(&app.settings.organisation)
        } else {
            match reach {
                Reach::Room => voice.room_hello(&name, prefix),
                Reach::Space => voice.room_hello_space(&name),
                Reach::Server => voice.room_hello_server(&name),
            }
        });
        let delivery = direct(key(entry, &account), (platform, &account), &card);
        writer.enqueue_once(&delivery, now).await?;
    }
    writer.commit().await
}

/// Whether rooms of a server are linked, to which the bot is back then.
async fn has_rooms_in(app: &App, server: &RoomAddress) -> store::Result<bool> {
    let linked = app.store.read().await?.list_rooms().await?;
    let Some(platform) = app.platform(&server.platform) else {
        return Ok(false);
    };
    for room in linked
        .into_iter()
        .filter(|room| room.address.platform == server.platform)
    {
        if platform.spaces_of(&room.address).await.contains(server) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same key for the same coming, so that it is said once however often the platform tells of it.
fn key(entry: &str, account: &str) -> String {
    let mut key = seal::digest(format!("{entry}/{account}").as_bytes());
    key.truncate(KEY_LENGTH);
    key
}
