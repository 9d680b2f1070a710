//! Messages: written, read, changed, taken back, passed on.

use serde_json::{Value, json};

use super::{
    super::{
        faults::Flaw,
        message::{CROSSPOSTED, Message},
        permission,
        refusal::{Refusal, known},
        snowflake::{Id, written},
        state::State,
    },
    Answer, Call, Outcome,
    channels::{may_change, may_speak},
    content::Draft,
};

pub fn create(state: &mut State, call: &Call, channel: Id) -> Outcome {
    let draft = Draft {
        channel,
        body: &call.body,
        files: &call.files,
    };
    may_speak(state, channel, draft.permissions())?;
    let nonce = match &call.body["nonce"] {
        Value::String(nonce) => Some(nonce.clone()),
        Value::Number(nonce) => Some(nonce.to_string()),
        _ => None,
    };
    if nonce.as_ref().is_some_and(|nonce| nonce.chars().count() > 25) {
        return Err(Refusal::too_long("nonce", 25));
    }
    let now = state.now();
    if call.body["enforce_nonce"] == true
        && let Some(nonce) = &nonce
        && let Some(first) = state.nonces.message(channel, nonce, now)
        && let Ok(message) = state.message(channel, first)
    {
        let mut seen = message.seen_by(state.application.bot);
        seen["nonce"] = call.body["nonce"].clone();
        return Answer::with(seen);
    }
    let mut parts = draft.compose(state)?;
    if let Some(reference) = call.body["message_reference"]["message_id"].as_str() {
        parts["type"] = 19.into();
        parts["message_reference"] = json!({ "type": 0, "channel_id": channel, "message_id": reference });
    }
    if !call.body["nonce"].is_null() {
        parts["nonce"] = call.body["nonce"].clone();
    }
    let id = state.post(channel, state.application.bot, parts, None);
    if let Some(nonce) = nonce {
        state.nonces.remember(channel, nonce, id, now);
    }
    let mut seen = visible(state, channel, id)?.seen_by(state.application.bot);
    if !call.body["nonce"].is_null() {
        seen["nonce"] = call.body["nonce"].clone();
    }
    Answer::with(seen)
}

/// A message that stands in the channel for all who may look.
fn visible(state: &State, channel: Id, message: Id) -> Result<&Message, Refusal> {
    let found = state.message(channel, message)?;
    if found.private_to.is_some() {
        return Err(known::UNKNOWN_MESSAGE);
    }
    Ok(found)
}

/// Where a page of messages lies.
#[derive(Clone, Copy)]
enum Page {
    Last,
    Before(Id),
    After(Id),
    Around(Id),
}

pub fn list(state: &State, call: &Call, channel: Id) -> Outcome {
    state.demand(channel, 0)?;
    // Without this permission a channel looks empty.
    if state.demand(channel, permission::READ_MESSAGE_HISTORY).is_err() {
        return Answer::with(json!([]));
    }
    let limit = call.number("limit", 50, 100)?;
    let page = match (call.id("before")?, call.id("after")?, call.id("around")?) {
        (Some(id), _, _) => Page::Before(id),
        (_, Some(id), _) => Page::After(id),
        (_, _, Some(id)) => Page::Around(id),
        _ => Page::Last,
    };
    let bot = state.application.bot;
    let messages = &state.channels[&channel].messages;
    let is_public = |message: &&Message| message.private_to.is_none();
    let newest = |until: Id, limit: usize| -> Vec<&Message> {
        let before = messages.range(..until).rev();
        before
            .map(|(_, message)| message)
            .filter(is_public)
            .take(limit)
            .collect()
    };
    let oldest = |from: Id, limit: usize| -> Vec<&Message> {
        let after = messages.range(from..).map(|(_, message)| message);
        let mut page: Vec<&Message> = after.filter(is_public).take(limit).collect();
        page.reverse();
        page
    };
    let page = match page {
        Page::Last => newest(Id(u64::MAX), limit),
        Page::Before(id) => newest(id, limit),
        Page::After(id) => oldest(Id(id.0 + 1), limit),
        Page::Around(id) => [oldest(id, limit.div_ceil(2)), newest(id, limit / 2)].concat(),
    };
    let mut page: Vec<Value> = page.into_iter().map(|message| message.seen_by(bot)).collect();
    if state.has_flaw(Flaw::NumberForContent) {
        for message in &mut page {
            message["content"] = 0.into();
        }
    }
    Answer::with(page.into())
}

pub fn read(state: &State, channel: Id, message: Id) -> Outcome {
    state.demand(channel, permission::READ_MESSAGE_HISTORY)?;
    Answer::with(visible(state, channel, message)?.seen_by(state.application.bot))
}

pub fn edit(state: &mut State, call: &Call, channel: Id, message: Id) -> Outcome {
    may_change(state, channel)?;
    let bot = state.application.bot;
    let old = &visible(state, channel, message)?.object;
    if Id::of(&old["author"]["id"]) != Some(bot) {
        return Err(known::NOT_THE_AUTHOR);
    }
    let draft = Draft {
        channel,
        body: &call.body,
        files: &call.files,
    };
    Answer::with(change(state, &draft, message)?)
}

/// Changes a message as a draft says, and tells of it unless it is for one person.
pub fn change(state: &mut State, draft: &Draft, message: Id) -> Result<Value, Refusal> {
    let channel = draft.channel;
    let kept = state.message(channel, message)?.object["attachments"].clone();
    let fields = draft.change(state, kept.as_array().expect("attachments are a list"))?;
    let (now, bot) = (state.now(), state.application.bot);
    let changed = state.message_mut(channel, message)?;
    let ephemeral = changed.object["flags"].as_u64().unwrap_or_default() & !(1 << 2);
    let object = changed.object.as_object_mut().expect("a message is an object");
    let Value::Object(mut fields) = fields else {
        unreachable!("a change is an object");
    };
    if let Some(flags) = fields.get_mut("flags") {
        *flags = (flags.as_u64().unwrap_or_default() & (1 << 2) | ephemeral).into();
    }
    object.extend(fields);
    object.insert("edited_timestamp".to_owned(), written(now).into());
    let (seen, is_public) = (changed.seen_by(bot), changed.private_to.is_none());
    if is_public {
        state.tell_of_message("MESSAGE_UPDATE", channel, seen.clone());
    }
    Ok(seen)
}

pub fn delete(state: &mut State, channel: Id, message: Id) -> Outcome {
    may_change(state, channel)?;
    let author = Id::of(&visible(state, channel, message)?.object["author"]["id"]);
    if author != Some(state.application.bot) {
        state.demand(channel, permission::MANAGE_MESSAGES)?;
    }
    state.take_away(channel, message)?;
    Answer::nothing()
}

pub fn crosspost(state: &mut State, channel: Id, message: Id) -> Outcome {
    may_speak(state, channel, 0)?;
    if !state.is_announcement(channel) {
        return Err(known::WRONG_KIND_OF_CHANNEL);
    }
    let bot = state.application.bot;
    let author = Id::of(&visible(state, channel, message)?.object["author"]["id"]);
    if author != Some(bot) {
        state.demand(channel, permission::MANAGE_MESSAGES)?;
    }
    let passed_on = state.message_mut(channel, message)?;
    let flags = passed_on.object["flags"].as_u64().unwrap_or_default();
    if flags & CROSSPOSTED != 0 {
        return Err(known::ALREADY_CROSSPOSTED);
    }
    passed_on.object["flags"] = (flags | CROSSPOSTED).into();
    let seen = passed_on.seen_by(bot);
    state.tell_of_message("MESSAGE_UPDATE", channel, seen.clone());
    Answer::with(seen)
}
