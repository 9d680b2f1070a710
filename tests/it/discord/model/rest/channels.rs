//! `/channels/…`: which part of a channel is meant.

use serde_json::json;

use super::{
    super::{
        channel::Standing,
        permission,
        refusal::{Refusal, known},
        snowflake::Id,
        state::State,
    },
    Answer, Call, Outcome, id, messages, reactions,
};

pub fn answer(state: &mut State, call: &Call, method: &str, steps: &[&str]) -> Outcome {
    let channel = id(steps.get(1).copied().unwrap_or_default())?;
    match (method, &steps[2..]) {
        ("GET", []) => read(state, channel),
        ("PATCH", []) => change(state, call, channel),
        ("POST", ["typing"]) => {
            may_speak(state, channel, 0)?;
            Answer::nothing()
        }
        ("PUT", ["thread-members", "@me"]) => {
            state.demand(channel, 0)?;
            Answer::nothing()
        }
        ("GET", ["messages"]) => messages::list(state, call, channel),
        ("POST", ["messages"]) => messages::create(state, call, channel),
        ("GET", ["messages", message]) => messages::read(state, channel, id(message)?),
        ("PATCH", ["messages", message]) => messages::edit(state, call, channel, id(message)?),
        ("DELETE", ["messages", message]) => messages::delete(state, channel, id(message)?),
        ("POST", ["messages", message, "crosspost"]) => messages::crosspost(state, channel, id(message)?),
        (_, ["messages", message, "reactions", rest @ ..]) => {
            let at = (channel, id(message)?);
            reactions::answer(state, call, at, (method, rest))
        }
        _ => Err(known::NOT_FOUND),
    }
}

fn read(state: &State, channel: Id) -> Outcome {
    state.demand(channel, 0)?;
    Answer::with(state.channels[&channel].object.clone())
}

/// A thread may be opened again; more of a channel the bot has no business to change.
fn change(state: &mut State, call: &Call, channel: Id) -> Outcome {
    state.demand(channel, 0)?;
    let place = &state.channels[&channel];
    if !place.is_thread() || call.body != json!({ "archived": false }) {
        return Err(known::MISSING_PERMISSIONS);
    }
    if place.is_locked() {
        state.demand(channel, permission::MANAGE_THREADS)?;
    }
    state.set_thread(channel, Standing::Open);
    Answer::with(state.channels[&channel].object.clone())
}

/// Refuses where the bot may not write, or lacks what this message takes.
pub fn may_speak(state: &State, channel: Id, needed: permission::Permissions) -> Result<(), Refusal> {
    let place = state.channels.get(&channel).ok_or(known::UNKNOWN_CHANNEL)?;
    if let Some(user) = place.recipient() {
        let is_met = |guild: &super::super::guild::Guild| guild.has(user) && guild.has(state.application.bot);
        let is_open = !state.closed_doors.contains(&user) && state.guilds.values().any(is_met);
        return if is_open {
            Ok(())
        } else {
            Err(known::CANNOT_REACH_USER)
        };
    }
    let speak = if place.is_thread() {
        permission::SEND_MESSAGES_IN_THREADS
    } else {
        permission::SEND_MESSAGES
    };
    state.demand(channel, speak | needed)?;
    if place.is_locked() && state.demand(channel, permission::MANAGE_THREADS).is_err() {
        return Err(known::THREAD_LOCKED);
    }
    Ok(())
}

/// Refuses to change what stands in an archived thread.
pub fn may_change(state: &State, channel: Id) -> Result<(), Refusal> {
    state.demand(channel, 0)?;
    if state.channels[&channel].is_archived() {
        return Err(known::THREAD_ARCHIVED);
    }
    Ok(())
}
