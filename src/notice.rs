//! What coordinators must know, in the rooms where they work, and what the admins must, in private.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    app::App,
    chat::{Block, Card},
    domain::{
        id::GroupId,
        role::Role,
        room::{Purpose, Room},
    },
    i18n::Voice,
    store::{self, DeliveryKind, Destination, NewDelivery, Writer},
};

/// How many rooms are named, where there are more.
const ROOMS_NAMED: usize = 10;

/// Puts a notice in the outbox for the coordination rooms of these groups and for those of no group; for all of them where no group
/// is named.
pub(crate) async fn tell_coordinators(
    app: &App,
    writer: &mut Writer,
    groups: &[GroupId],
    (now, words): (Timestamp, impl Fn(&Voice) -> Card),
) -> store::Result<()> {
    let concerns = |room: &Room| groups.is_empty() || room.group.is_none_or(|group| groups.contains(&group));
    let mut rooms = writer.list_rooms_for(Purpose::Coordination).await?;
    rooms.retain(concerns);
    tell_rooms(app, writer, rooms, (now, words)).await
}

/// Puts a notice in the outbox for each of these rooms.
pub(crate) async fn tell_rooms(
    app: &App,
    writer: &mut Writer,
    rooms: Vec<Room>,
    (now, words): (Timestamp, impl Fn(&Voice) -> Card),
) -> store::Result<()> {
    for room in rooms {
        tell_room(app, writer, room, (now, &words)).await?;
    }
    Ok(())
}

/// Puts a notice in the outbox for a room.
pub(crate) async fn tell_room(
    app: &App,
    writer: &mut Writer,
    room: Room,
    (now, words): (Timestamp, impl Fn(&Voice) -> Card),
) -> store::Result<()> {
    let card = side_by_side(app, &room, words);
    let delivery = NewDelivery {
        key: app.chance.key(),
        kind: DeliveryKind::Notice,
        to: Destination::Room(room.address),
        subject: None,
        card: Some(card.to_json()),
        deadline: None,
    };
    writer.enqueue(&delivery, now).await?;
    Ok(())
}

/// Puts a warning in the outbox for each admin on a platform, those of the configuration and those by command, in their language.
pub(crate) async fn tell_admins(
    app: &App,
    writer: &mut Writer,
    platform: &str,
    now: Timestamp,
    words: impl Fn(&Voice) -> Card,
) -> store::Result<()> {
    let configured = app.settings.admins.iter().filter(|(on, _)| on == platform);
    let mut accounts: BTreeSet<String> = configured.map(|(_, account)| account.clone()).collect();
    let granted = writer.list_holders(Role::Admin, platform).await?;
    accounts.extend(granted.into_iter().map(|account| account.external));
    for account in accounts {
        let person = match writer.find_account(platform, &account).await? {
            Some(known) => writer.find_person(known.person).await?,
            None => None,
        };
        let language = person.and_then(|person| person.language);
        let card = words(app.voice(language.unwrap_or(app.settings.language)));
        let platform = platform.to_owned();
        let delivery = NewDelivery {
            key: app.chance.key(),
            kind: DeliveryKind::Warning,
            to: Destination::Account { platform, account },
            subject: None,
            card: Some(card.to_json()),
            deadline: None,
        };
        writer.enqueue(&delivery, now).await?;
    }
    Ok(())
}

/// A card in each language of a room, one below the other, with one set of buttons that say it in each.
fn side_by_side(app: &App, room: &Room, words: impl Fn(&Voice) -> Card) -> Card {
    let mut cards = room
        .language
        .languages()
        .iter()
        .map(|language| words(app.voice(*language)));
    let Some(mut card) = cards.next() else {
        return Card::default();
    };
    for next in cards {
        card.blocks.push(Block::Rule);
        card.blocks.extend(next.title.map(|text| Block::Heading { text }));
        card.blocks.extend(next.blocks);
        if let Some(same) = next.by_reaction {
            card.by_reaction = card.by_reaction.map(|first| format!("{first} / {same}"));
        }
        for (button, same) in card.buttons.iter_mut().zip(next.buttons) {
            if button.label != same.label {
                button.label = format!("{} / {}", button.label, same.label);
            }
        }
    }
    card
}

/// The names of rooms, as many as one reads.
pub(crate) fn room_names(voice: &Voice, names: &[String]) -> String {
    let named = names.len().min(ROOMS_NAMED);
    let others = i64::try_from(names.len() - named).unwrap_or(i64::MAX);
    let mut shown = names[..named].to_vec();
    if others > 0 {
        shown.push(voice.notice_other_rooms(others, voice.number(others)));
    }
    voice.list(shown)
}
