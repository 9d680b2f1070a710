//! What follows the first answer to an interaction: more messages, changes, and withdrawals, for fifteen minutes.

use super::{
    super::{
        interaction::Step,
        message::{EPHEMERAL, LOADING},
        refusal::{Refusal, known},
        snowflake::Id,
        state::State,
    },
    Answer, Call, Outcome,
    content::Draft,
    id, messages,
};

pub fn answer(state: &mut State, call: &Call, method: &str, steps: &[&str]) -> Outcome {
    let ["webhooks", application, token, rest @ ..] = steps else {
        return Err(known::NOT_FOUND);
    };
    if id(application)? != state.application.id {
        return Err(known::UNKNOWN_WEBHOOK);
    }
    let now = state.now();
    let interaction = state.interactions.answered(token, now)?;
    let (channel, original, is_loading) = (interaction.channel, interaction.original, interaction.is_loading);
    let named = |message: &str| match message {
        "@original" => original.ok_or(known::UNKNOWN_MESSAGE),
        message => id(message),
    };
    match (method, rest) {
        // The first that follows a promise keeps it.
        ("POST", []) if is_loading => change(state, call, token, original.expect("what loads is there")),
        ("POST", []) => follow(state, call, token),
        ("GET", ["messages", message]) => {
            let message = state.message(channel, named(message)?)?;
            Answer::with(message.seen_by(state.application.bot))
        }
        ("PATCH", ["messages", message]) => change(state, call, token, named(message)?),
        ("DELETE", ["messages", message]) => {
            let message = named(message)?;
            state.take_away(channel, message)?;
            state
                .interactions
                .get_mut(token)
                .steps
                .push(Step::Withdrawn(message));
            Answer::nothing()
        }
        _ => Err(known::NOT_FOUND),
    }
}

fn follow(state: &mut State, call: &Call, token: &str) -> Outcome {
    let is_private = call.body["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0;
    let channel = state.interactions.get(token).channel;
    let parts = draft(call, channel).compose(state)?;
    let message = state.answer_with(token, parts, is_private, false);
    state
        .interactions
        .get_mut(token)
        .steps
        .push(Step::Message(message));
    Answer::with(state.message(channel, message)?.seen_by(state.application.bot))
}

fn change(state: &mut State, call: &Call, token: &str, message: Id) -> Outcome {
    let channel = state.interactions.get(token).channel;
    let draft = draft(call, channel);
    let is_kept_promise = is_loading(state, channel, message)?;
    let mut seen = messages::change(state, &draft, message)?;
    if is_kept_promise {
        let object = &mut state.message_mut(channel, message)?.object;
        object["flags"] = (object["flags"].as_u64().unwrap_or_default() & !LOADING).into();
        seen["flags"] = object["flags"].clone();
    }
    let interaction = state.interactions.get_mut(token);
    if is_kept_promise {
        interaction.is_loading = false;
        interaction.steps.push(Step::Message(message));
    } else {
        interaction.steps.push(Step::Changed(message));
    }
    Answer::with(seen)
}

fn is_loading(state: &State, channel: Id, message: Id) -> Result<bool, Refusal> {
    let flags = &state.message(channel, message)?.object["flags"];
    Ok(flags.as_u64().unwrap_or_default() & LOADING != 0)
}

fn draft(call: &Call, channel: Id) -> Draft<'_> {
    Draft {
        channel,
        body: &call.body,
        files: &call.files,
    }
}
