//! What parameters may hold.

use std::collections::HashSet;

use super::super::{
    Context,
    catalogue::{COMMANDS, Command},
    parameters::{Kind, Parameter},
    today,
};
use crate::{
    chat::Space,
    domain::{
        ask::{Ask, AskKind, AskState},
        language::{Language, RoomLanguage},
        role::Role,
        room::{Purpose, Room, RoomAddress},
        text::{folded, shortened, title_of},
    },
    store::{self, Session},
};

/// Among how many asks is looked.
const ASKS_MAX: u16 = 100;

/// How much of an ask's title is shown, in letters: with its number and its state it fits in the 100 that Discord shows.
const TITLE_MAX: usize = 60;

/// What a parameter may hold: each value as it is typed, with what it is.
pub(super) async fn values(context: &Context<'_>, parameter: &Parameter) -> Vec<(String, String)> {
    let found = match parameter.kind {
        Kind::OpenAsk => open_asks(context).await,
        Kind::Room => rooms(context).await,
        Kind::Space => Ok(spaces(context).await),
        Kind::Standing => Ok(standings(context)),
        Kind::Command => commands(context).await,
        kind => stored(context, kind).await,
    };
    // Somebody who is typing is not told that the database is busy: there is nothing to suggest.
    found.unwrap_or_default()
}

async fn stored(context: &Context<'_>, kind: Kind) -> store::Result<Vec<(String, String)>> {
    let mut reader = context.app.store.read().await?;
    let session: &mut Session = &mut reader;
    match kind {
        Kind::Ask => asks(context, session).await,
        Kind::Campaign => campaigns(context, session).await,
        Kind::Group => {
            let groups = session.list_groups().await?.into_iter();
            Ok(groups.map(|(_, name)| (name.clone(), name)).collect())
        }
        Kind::Subject => subjects(context, session).await,
        kind => Ok(fixed(context, kind)),
    }
}

/// All asks: for those alone who work on them.
async fn asks(context: &Context<'_>, session: &mut Session) -> store::Result<Vec<(String, String)>> {
    let asks = session.list_newest_asks(ASKS_MAX.into()).await?;
    Ok(asks.iter().map(|ask| ask_entry(context, ask)).collect())
}

/// The asks to which the person may answer: what stands in no room that they see is nothing to them.
async fn open_asks(context: &Context<'_>) -> store::Result<Vec<(String, String)>> {
    let posted = today::posted_for(context).await?;
    let mut reader = context.app.store.read().await?;
    let mut found = Vec::new();
    for prompt in posted.iter().take(ASKS_MAX.into()) {
        let ask = reader.find_ask(prompt.ask).await?;
        found.extend(ask.map(|ask| ask_entry(context, &ask)));
    }
    Ok(found)
}

fn ask_entry(context: &Context<'_>, ask: &Ask) -> (String, String) {
    let wordings = &ask.content.wordings;
    let own = ask
        .content
        .wording(context.language())
        .or_else(|| wordings.first().map(|(_, wording)| wording));
    let title = own.map(|wording| title_of(&wording.text)).unwrap_or_default();
    let (title, number) = (shortened(&title, TITLE_MAX), ask.id.to_string());
    let voice = context.voice();
    let state = voice.value_state(ask.state.code());
    let label = voice.ask_suggestion(&number, ask.content.kind.emoji(), title, state);
    (number, label)
}

async fn campaigns(context: &Context<'_>, session: &mut Session) -> store::Result<Vec<(String, String)>> {
    let campaigns = session.list_campaigns().await?.into_iter();
    let entry = |one: store::Campaign| {
        let title = one.title(context.language()).to_owned();
        (one.slug, title)
    };
    Ok(campaigns.map(entry).collect())
}

/// What numbers may be about: a time, a campaign, an ask.
async fn subjects(context: &Context<'_>, session: &mut Session) -> store::Result<Vec<(String, String)>> {
    let voice = context.voice();
    let times = [voice.value_today(), voice.value_week()];
    let mut found: Vec<_> = times.map(|time| (time.clone(), time)).into();
    found.extend(campaigns(context, session).await?);
    found.extend(asks(context, session).await?);
    Ok(found)
}

/// The commands that the person may use.
async fn commands(context: &Context<'_>) -> store::Result<Vec<(String, String)>> {
    let (voice, authority) = (context.voice(), context.authority().await?);
    let allowed = COMMANDS.iter().filter(|command| authority.has(command.role));
    let entry = |command: &Command| {
        let name = (command.name)(voice);
        (name.clone(), name)
    };
    Ok(allowed.map(entry).collect())
}

/// Those of the names, folded, that more than one thing has.
fn shared<'a>(names: impl Iterator<Item = &'a String>) -> HashSet<String> {
    let mut seen = HashSet::new();
    names
        .map(|name| folded(name))
        .filter(|name| !seen.insert(name.clone()))
        .collect()
}

/// Rooms by their names; those that share one by their ids, each with where it is.
async fn rooms(context: &Context<'_>) -> store::Result<Vec<(String, String)>> {
    let rooms = context.app.store.read().await?.list_rooms().await?;
    let shared = shared(rooms.iter().map(|room| &room.name));
    let mut found = Vec::with_capacity(rooms.len());
    for Room { address, name, .. } in rooms {
        found.push(if shared.contains(&folded(&name)) {
            let space = space_of(context, &address).await;
            let place = space.map_or_else(|| address.room.clone(), |space| space.name);
            (address.room, format!("{name} · {place}"))
        } else {
            (name.clone(), name)
        });
    }
    Ok(found)
}

/// The space or the server of a room, where it is known.
async fn space_of(context: &Context<'_>, room: &RoomAddress) -> Option<Space> {
    let platform = context.app.platform(&room.platform)?;
    let of_room = platform.spaces_of(room).await;
    let mut spaces = platform.spaces().await.into_iter();
    spaces.find(|space| of_room.contains(&space.address))
}

/// Spaces by their names; those that share one by their ids.
async fn spaces(context: &Context<'_>) -> Vec<(String, String)> {
    let Some(platform) = context.app.platform(context.platform()) else {
        return Vec::new();
    };
    let spaces = platform.spaces().await;
    let shared = shared(spaces.iter().map(|space| &space.name));
    let entry = |Space { address, name, alias }| {
        if shared.contains(&folded(&name)) {
            let alias = alias.unwrap_or_else(|| address.room.clone());
            (address.room, format!("{name} · {alias}"))
        } else {
            (name.clone(), name)
        }
    };
    spaces.into_iter().map(entry).collect()
}

fn standings(context: &Context<'_>) -> Vec<(String, String)> {
    let (Some(platform), Some(room)) = (context.app.platform(context.platform()), &context.room) else {
        return Vec::new();
    };
    let standings = platform.standings(&room.address).into_iter();
    standings
        .map(|standing| (standing.value, standing.name))
        .collect()
}

/// The values of an enum, as the person's language calls them.
fn fixed(context: &Context<'_>, kind: Kind) -> Vec<(String, String)> {
    let voice = context.voice();
    let of = |names: Vec<String>| names.into_iter().map(|name| (name.clone(), name)).collect();
    match kind {
        Kind::Language => of(Language::ALL
            .iter()
            .map(|one| voice.value_language(one.code()))
            .collect()),
        Kind::RoomLanguage => of(RoomLanguage::ALL
            .iter()
            .map(|one| voice.value_language(one.code()))
            .collect()),
        Kind::Purpose => of(Purpose::ALL
            .iter()
            .map(|one| voice.value_purpose(one.code()))
            .collect()),
        Kind::Role => of(Role::GRANTED
            .iter()
            .map(|one| voice.value_role(one.code()))
            .collect()),
        Kind::Deed => of(AskKind::ALL
            .iter()
            .map(|one| voice.value_kind(one.code()))
            .collect()),
        Kind::Switch => of(vec![voice.value_on(), voice.value_off()]),
        Kind::State => of(AskState::ALL
            .iter()
            .map(|one| voice.value_state(one.code()))
            .collect()),
        _ => Vec::new(),
    }
}
