//! Telling what became of a room, to whoever looks after it.

use jiff::Timestamp;

use crate::{
    app::App,
    authority,
    chat::Card,
    domain::room::{Purpose, Room},
    i18n::Voice,
    notice,
    store::{self, DeliveryKind, Destination, NewDelivery, Session, Writer},
};

/// Tells the coordinators of a room, in their rooms where the bot can write; the admins in private where there is none.
pub(crate) async fn tell(
    app: &App,
    writer: &mut Writer,
    about: &Room,
    (now, words): (Timestamp, impl Fn(&Voice) -> Card),
) -> store::Result<()> {
    let absences = writer.list_absences().await?;
    let mut rooms = writer.list_rooms_for(Purpose::Coordination).await?;
    rooms.retain(|room| {
        let is_concerned = about.group.is_none() || room.group.is_none() || room.group == about.group;
        is_concerned && absences.iter().all(|(absent, _)| *absent != room.id)
    });
    if rooms.is_empty() {
        let platform = &about.address.platform;
        for account in authority::admins(app, writer, platform).await? {
            let voice = voice_of(app, writer, (platform, &account)).await?;
            let card = words(voice);
            let delivery = direct(app.chance.key(), (platform, &account), &card);
            writer.enqueue(&delivery, now).await?;
        }
        return Ok(());
    }
    notice::tell_rooms(app, writer, rooms, (now, words)).await
}

/// The words for an account: in its person's language where that is known.
pub(super) async fn voice_of<'a>(
    app: &'a App,
    session: &mut Session,
    (platform, account): (&str, &str),
) -> store::Result<&'a Voice> {
    let person = match session.find_account(platform, account).await? {
        Some(account) => session.find_person(account.person).await?,
        None => None,
    };
    let language = person.and_then(|person| person.language);
    Ok(app.voice(language.unwrap_or(app.settings.language)))
}

/// Something for one account alone.
pub(super) fn direct(key: String, (platform, account): (&str, &str), card: &Card) -> NewDelivery {
    NewDelivery {
        key,
        kind: DeliveryKind::Direct,
        to: Destination::Account {
            platform: platform.to_owned(),
            account: account.to_owned(),
        },
        subject: None,
        card: Some(card.to_json()),
        deadline: None,
    }
}
