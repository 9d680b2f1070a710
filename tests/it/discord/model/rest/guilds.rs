//! Guilds, members, roles, and the bot's own account.

use serde_json::{Value, json};

use super::{
    super::{
        refusal::{Refusal, known},
        snowflake::Id,
        state::State,
    },
    Answer, Call, Outcome, id,
};

/// `/guilds/…`
pub fn answer(state: &State, method: &str, steps: &[&str]) -> Outcome {
    let guild = id(steps.get(1).copied().unwrap_or_default())?;
    let bot = state.application.bot;
    let known = state.guilds.get(&guild).filter(|guild| guild.has(bot));
    let guild = known.ok_or(known::UNKNOWN_GUILD)?;
    let of_guild = |is_thread: bool| {
        state
            .channels
            .values()
            .filter(move |channel| channel.guild == Some(guild.id) && channel.is_thread() == is_thread)
    };
    match (method, &steps[2..]) {
        ("GET", []) => Answer::with(guild.object()),
        ("GET", ["roles"]) => Answer::with(guild.roles.values().cloned().collect()),
        ("GET", ["channels"]) => {
            Answer::with(of_guild(false).map(|channel| channel.object.clone()).collect())
        }
        ("GET", ["threads", "active"]) => {
            let seen = of_guild(true).filter(|thread| thread.is_active() && state.sees(thread.id));
            let threads: Vec<&Value> = seen.map(|thread| &thread.object).collect();
            Answer::with(json!({ "threads": threads, "members": [], "has_more": false }))
        }
        ("GET", ["members", user]) => {
            let member = state.member(guild.id, id(user)?);
            Answer::with(member.ok_or(known::UNKNOWN_MEMBER)?)
        }
        _ => Err(known::NOT_FOUND),
    }
}

/// `/users/…`
pub fn users(state: &mut State, call: &Call, method: &str, steps: &[&str]) -> Outcome {
    match (method, &steps[1..]) {
        ("GET", ["@me"]) => Answer::with(me(state)),
        ("GET", ["@me", "guilds"]) => {
            let bot = state.application.bot;
            let guilds = state.guilds.values().filter(|guild| guild.has(bot));
            Answer::with(guilds.map(|guild| state.guild_in_brief(guild)).collect())
        }
        ("DELETE", ["@me", "guilds", guild]) => {
            state.put_out(id(guild)?);
            Answer::nothing()
        }
        ("POST", ["@me", "channels"]) => open_direct(state, call),
        ("GET", [user]) => {
            let user = state.users.get(&id(user)?);
            Answer::with(user.ok_or(known::UNKNOWN_USER)?.clone())
        }
        _ => Err(known::NOT_FOUND),
    }
}

/// The bot as it sees itself.
fn me(state: &State) -> Value {
    let mut me = state.bot().clone();
    me["mfa_enabled"] = true.into();
    me["locale"] = "en-US".into();
    me["verified"] = true.into();
    me["email"] = Value::Null;
    me["premium_type"] = 0.into();
    me
}

fn open_direct(state: &mut State, call: &Call) -> Outcome {
    let recipient = Id::of(&call.body["recipient_id"]).ok_or_else(|| Refusal::required("recipient_id"))?;
    if !state.users.contains_key(&recipient) {
        return Err(known::UNKNOWN_USER);
    }
    if recipient == state.application.bot {
        return Err(known::CANNOT_REACH_USER);
    }
    let channel = state.direct(recipient);
    Answer::with(state.channels[&channel].object.clone())
}
