//! Which commands a room's clients are told of: those that people there may use, in the languages of the room.

use jiff::Timestamp;

use super::{
    catalogue::{COMMANDS, Command},
    parameters::Need,
};
use crate::{
    app::App,
    chat::{Offered, OfferedParameter},
    domain::{
        role::Role,
        room::{Purpose, Room, RoomAddress},
    },
    i18n::{Voice, Voices},
    store::{self, DeliveryKind, Destination, NewDelivery, Writer},
};

/// The commands that make sense in a room.
pub(crate) fn offered(voices: &Voices, room: &Room) -> Vec<Offered> {
    let most = match room.purpose {
        Purpose::Volunteers => Role::Volunteer,
        Purpose::Leadership => Role::Leader,
        Purpose::Coordination => Role::Coordinator,
    };
    let spoken = room.language.languages().iter();
    let spoken: Vec<&Voice> = spoken.map(|language| voices.of(*language)).collect();
    let Some((first, others)) = spoken.split_first() else {
        return Vec::new();
    };
    let fitting = COMMANDS.iter().filter(|command| command.role <= most);
    fitting.map(|command| offer(command, (first, others))).collect()
}

fn offer(command: &Command, (first, others): (&Voice, &[&Voice])) -> Offered {
    let name = (command.name)(first);
    let mut also: Vec<String> = others.iter().map(|voice| (command.name)(voice)).collect();
    also.retain(|other| *other != name);
    let helps = [first].into_iter().chain(others.iter().copied());
    let helps: Vec<String> = helps.map(|voice| (command.help)(voice)).collect();
    let typed = command
        .parameters
        .iter()
        .filter(|parameter| !parameter.kind.is_file());
    let parameters = typed.map(|parameter| OfferedParameter {
        name: (parameter.name)(first),
        is_required: parameter.need == Need::Required,
    });
    Offered {
        name,
        also,
        help: helps.join(" / "),
        parameters: parameters.collect(),
    }
}

/// Puts in the outbox that the clients of a room are to be told what may be typed there, now that this has changed.
pub(crate) async fn enqueue_offer(
    app: &App,
    writer: &mut Writer,
    room: &RoomAddress,
    now: Timestamp,
) -> store::Result<()> {
    if !app
        .platform(&room.platform)
        .is_some_and(|platform| platform.takes_offers())
    {
        return Ok(());
    }
    let delivery = NewDelivery {
        key: app.chance.key(),
        kind: DeliveryKind::Offer,
        to: Destination::Room(room.clone()),
        subject: None,
        card: None,
        deadline: None,
    };
    writer.enqueue(&delivery, now).await?;
    Ok(())
}

/// The same for every linked room, at each start: another version may have other commands, and the bot other rights. Where nothing has
/// changed, nothing is sent.
pub(crate) async fn enqueue_offers(app: &App, now: Timestamp) -> store::Result<()> {
    let mut writer = app.store.write().await?;
    writer.cancel_offers(now).await?;
    for room in writer.list_rooms().await? {
        enqueue_offer(app, &mut writer, &room.address, now).await?;
    }
    writer.commit().await?;
    Ok(())
}
