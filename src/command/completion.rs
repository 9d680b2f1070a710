//! How a command that is being typed may go on.

use super::{
    Context,
    catalogue::{COMMANDS, Command},
    parameters::{Kind, Parameter},
    parser, today,
};
use crate::{
    chat::Suggestion,
    domain::{
        ask::{Ask, AskKind, AskState},
        language::{Language, RoomLanguage},
        role::Role,
        room::Purpose,
        text::{folded, title_of},
    },
    store::{self, Session},
};

/// How many ways to go on are shown: what Discord takes.
const MOST: usize = 25;

/// Among how many asks is looked.
const ASKS_MAX: u16 = 100;

/// How a command may go on: its own words first, then what its parameters may hold.
pub(crate) async fn complete(context: &Context<'_>, text: &str) -> Vec<Suggestion> {
    let mut found = names(context, text.trim_start());
    if let Some((command, used, typed_value, before)) = parameter(context, text)
        && let Some(parameter) = command.parameters.get(used)
    {
        let fitting = fitting(context, parameter, &typed_value).await.into_iter();
        found.extend(fitting.map(|(value, label)| Suggestion {
            text: format!("{before}{}", quoted(value)),
            label,
        }));
    }
    found.truncate(MOST);
    found
}

/// What a parameter may hold of which something is typed already: each value, with what it is.
pub(super) async fn fitting(
    context: &Context<'_>,
    parameter: &Parameter,
    typed: &str,
) -> Vec<(String, String)> {
    let wanted = folded(typed.trim());
    let wanted = wanted.trim_start_matches('#');
    let mut values = values(context, parameter).await;
    values.retain(|(value, label)| folded(value).starts_with(wanted) || folded(label).contains(wanted));
    values.truncate(MOST);
    values
}

/// The commands that begin as was typed, in the person's language, or in the other where only that fits.
fn names(context: &Context<'_>, text: &str) -> Vec<Suggestion> {
    let typed = folded(text);
    let written = text.to_lowercase();
    // Accents may be left out, but whoever types them means them: « résu » is not the beginning of “resume”.
    let begins = |name: &str| {
        folded(name).starts_with(&typed) && (typed == written || name.to_lowercase().starts_with(&written))
    };
    let allowed = || {
        COMMANDS
            .iter()
            .filter(|command| context.authority.has(command.role))
    };
    let in_language = |language: Language| {
        let voice = context.app.voice(language);
        let named = allowed().filter_map(|command| {
            let name = command.names(voice).find(|name| begins(name))?;
            Some((name, (command.help)(voice)))
        });
        named
            .filter(|(name, _)| folded(name) != typed.trim_end())
            .map(|(text, label)| Suggestion { text, label })
            .collect::<Vec<_>>()
    };
    let own = in_language(context.language());
    if own.is_empty() {
        in_language(context.language().other())
    } else {
        own
    }
}

/// The command that was typed whole, how many of its parameters stand before the cursor, what stands of the next, and all that stands
/// before that.
fn parameter(context: &Context<'_>, text: &str) -> Option<(&'static Command, usize, String, String)> {
    let text = text.trim_start();
    let names = super::catalogue::names(&context.app.voices);
    let typed = folded(text);
    let is_typed = |name: &&parser::Name| typed.starts_with(&format!("{} ", folded(&name.shown)));
    let name = names
        .iter()
        .filter(is_typed)
        .max_by_key(|name| name.shown.len())?;
    let command = COMMANDS.get(name.command)?;
    if !context.authority.has(command.role) {
        return None;
    }
    let words = name.shown.split_whitespace().count();
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_between = text.ends_with(char::is_whitespace);
    let given = parts.len().checked_sub(words)?;
    let (used, value) = if is_between {
        (given, "")
    } else {
        (given.checked_sub(1)?, parts.last().copied().unwrap_or_default())
    };
    let before = text.strip_suffix(value).unwrap_or(text).to_owned();
    Some((command, used, value.to_owned(), before))
}

/// What a parameter may hold: each value as it is typed, with what it is.
async fn values(context: &Context<'_>, parameter: &Parameter) -> Vec<(String, String)> {
    let found = match parameter.kind {
        Kind::OpenAsk => open_asks(context).await,
        Kind::Space => Ok(spaces(context).await),
        Kind::Standing => Ok(standings(context)),
        Kind::Command => Ok(commands(context)),
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
        Kind::Room => {
            let rooms = session.list_rooms().await?.into_iter();
            Ok(rooms.map(|room| (room.name.clone(), room.name)).collect())
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
    let state = context.voice().value_state(ask.state.code());
    (
        ask.id.to_string(),
        format!("{} {title} · {state}", ask.content.kind.emoji()),
    )
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
fn commands(context: &Context<'_>) -> Vec<(String, String)> {
    let voice = context.voice();
    let allowed = COMMANDS
        .iter()
        .filter(|command| context.authority.has(command.role));
    let entry = |command: &Command| {
        let name = (command.name)(voice);
        (name.clone(), name)
    };
    allowed.map(entry).collect()
}

async fn spaces(context: &Context<'_>) -> Vec<(String, String)> {
    let Some(platform) = context.app.platform(context.platform()) else {
        return Vec::new();
    };
    let spaces = platform.spaces().await.into_iter();
    spaces.map(|space| (space.name.clone(), space.name)).collect()
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

/// A value as it is typed where it has spaces.
fn quoted(value: String) -> String {
    if value.contains(char::is_whitespace) {
        format!("\"{value}\"")
    } else {
        value
    }
}
