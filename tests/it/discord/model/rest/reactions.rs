//! Reactions: the bot's own, and a page of everybody's.

use serde_json::Value;

use super::{
    super::{
        faults::Flaw,
        message::{Emoji, Way},
        permission,
        refusal::{Refusal, known},
        snowflake::Id,
        state::State,
    },
    Answer, Call, Outcome,
    channels::may_change,
    id,
};

/// Below the message at this channel and id.
pub fn answer(state: &mut State, call: &Call, at: (Id, Id), (method, steps): (&str, &[&str])) -> Outcome {
    let bot = state.application.bot;
    let Some((emoji, steps)) = steps.split_first() else {
        return Err(known::NOT_FOUND);
    };
    let emoji = Emoji::read(emoji)?;
    match (method, steps) {
        ("GET", []) => list(state, call, at, &emoji),
        ("PUT", ["@me"]) => add(state, at, &emoji),
        ("DELETE", ["@me"]) => remove(state, at, &emoji, bot),
        ("DELETE", [user]) => {
            state.demand(at.0, permission::MANAGE_MESSAGES)?;
            remove(state, at, &emoji, id(user)?)
        }
        _ => Err(known::NOT_FOUND),
    }
}

fn list(state: &State, call: &Call, at: (Id, Id), emoji: &Emoji) -> Outcome {
    state.demand(at.0, permission::READ_MESSAGE_HISTORY)?;
    let limit = call.number("limit", 25, 100)?;
    let after = call
        .id("after")?
        .filter(|_| !state.has_flaw(Flaw::PagesStandStill));
    let way = match call.query.get("type").map(String::as_str) {
        None | Some("0") => Way::Normal,
        Some("1") => Way::Burst,
        Some(_) => {
            return Err(Refusal::form(
                "type",
                "BASE_TYPE_CHOICES",
                "Value must be one of (0, 1).",
            ));
        }
    };
    let message = state.message(at.0, at.1)?;
    let by = message.reaction(emoji).map(|reaction| reaction.by(way));
    let page = by
        .into_iter()
        .flat_map(|by| by.range(Id(after.map_or(0, |after| after.0 + 1))..))
        .take(limit)
        .map(|user| state.users[user].clone());
    Answer::with(page.collect::<Value>())
}

fn add(state: &mut State, at: (Id, Id), emoji: &Emoji) -> Outcome {
    may_change(state, at.0)?;
    state.demand(at.0, permission::READ_MESSAGE_HISTORY)?;
    // What stands there already takes no permission to join.
    if state.message(at.0, at.1)?.reaction(emoji).is_none() {
        state.demand(at.0, permission::ADD_REACTIONS)?;
    }
    let bot = state.application.bot;
    state.react(at, bot, emoji, Way::Normal)?;
    Answer::nothing()
}

fn remove(state: &mut State, at: (Id, Id), emoji: &Emoji, user: Id) -> Outcome {
    may_change(state, at.0)?;
    state.unreact(at, user, emoji, Way::Normal)?;
    Answer::nothing()
}
