//! What may be typed in a room, told to people's clients, and what clients make of it: MSC4391, as far as it is agreed on.
//!
//! Each command is a state event of ours. Clients know it as `/relais today`, beside `!relais today`, which everybody can type.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use matrix_sdk::{
    Room,
    config::RequestConfig,
    deserialized_responses::{RawAnySyncOrStrippedState, TimelineEvent},
    ruma::{
        UserId,
        api::client::state::send_state_event::v3::Request,
        events::{AnyStateEventContent, StateEventType},
        serde::Raw,
    },
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{
    Matrix, PREFIX,
    failure::{read_error, send_error},
};
use crate::chat::{Offered, SendError};

/// The type of the state events.
const DESCRIPTION: &str = "org.matrix.msc4391.command_description";
/// Where a message says which command it is.
const COMMAND: &str = "org.matrix.msc4391.command";
/// How many commands are told of at a time: a server takes about ten events at once.
const AT_ONCE: usize = 4;

impl Matrix {
    /// Tells a room's clients of these commands and of no others of ours, some at a time. Returns whether that is all.
    pub(super) async fn describe(&self, room: &Room, commands: &[Offered]) -> Result<bool, SendError> {
        let levels = room.power_levels().await.map_err(|error| SendError::Retry {
            after: None,
            source: error.into(),
        })?;
        if !levels.user_can_send_state(&self.user, StateEventType::from(DESCRIPTION)) {
            return Ok(true);
        }
        let known = self.described(room).await.map_err(read_error)?;
        let wanted: BTreeMap<String, Value> = commands
            .iter()
            .map(|command| described(command, &self.user))
            .collect();
        let gone = known.keys().filter(|key| !wanted.contains_key(*key));
        let gone = gone.map(|key| (key.clone(), json!({})));
        let changed = wanted
            .iter()
            .filter(|(key, content)| known.get(*key) != Some(content));
        let mut to_do = changed
            .map(|(key, content)| (key.clone(), content.clone()))
            .chain(gone);
        for (key, content) in to_do.by_ref().take(AT_ONCE) {
            let content = Raw::<AnyStateEventContent>::from_json_string(content.to_string());
            let content = content.map_err(|error| SendError::Refused(error.into()))?;
            let kind = StateEventType::from(DESCRIPTION);
            let request = Request::new_raw(room.room_id().to_owned(), kind, key, content);
            let once = RequestConfig::new().disable_retry();
            let sent = self.client.send(request).with_request_config(once).await;
            sent.map_err(|error| send_error(error.into()))?;
        }
        Ok(to_do.next().is_none())
    }

    /// The commands of ours that a room's clients are told of.
    async fn described(&self, room: &Room) -> matrix_sdk::Result<BTreeMap<String, Value>> {
        let events = room.get_state_events(StateEventType::from(DESCRIPTION)).await?;
        let ours = events.into_iter().filter_map(|event| {
            let RawAnySyncOrStrippedState::Sync(event) = event else {
                return None;
            };
            let sender: String = event.get_field("sender").ok()??;
            let content: Value = event.get_field("content").ok()??;
            let key: String = event.get_field("state_key").ok()??;
            let is_told = sender == self.user.as_str() && content.get("command").is_some();
            is_told.then_some((key, content))
        });
        Ok(ours.collect())
    }
}

/// What is typed before a command's name, without the mark that clients put themselves.
fn word() -> &'static str {
    PREFIX.trim_start_matches('!')
}

/// A command as a state event: its key, which the command and we decide, and its content.
fn described(command: &Offered, us: &UserId) -> (String, Value) {
    let name = format!("{}{}", word(), command.name);
    let parameters: Vec<Value> = command
        .parameters
        .iter()
        .map(|parameter| {
            let mut described = json!({
                "key": parameter.name,
                "schema": { "schema_type": "primitive", "type": "string" },
            });
            if !parameter.is_required {
                described["optional"] = json!(true);
            }
            described
        })
        .collect();
    let also = command.also.iter().map(|also| format!("{}{also}", word()));
    let mut content = json!({
        "command": name,
        "aliases": also.collect::<Vec<_>>(),
        "parameters": parameters,
        "description": { "m.text": [{ "body": command.help }] },
    });
    // The last one takes the rest of what is typed.
    if let Some(last) = command.parameters.last() {
        content["fi.mau.tail_parameter"] = json!(last.name);
    }
    let digest = Sha256::digest(format!("{name}{us}"));
    (STANDARD.encode(digest), content)
}

/// A command that a client made of what somebody typed or chose.
#[derive(Deserialize)]
struct Invocation {
    command: String,
    #[serde(default)]
    arguments: Map<String, Value>,
}

/// The command that a message is by its content, as it would be typed without the prefix; none where it is no command, or another bot's.
pub(super) fn invoked(event: &TimelineEvent, us: &UserId) -> Option<String> {
    let content: Value = event.raw().get_field("content").ok()??;
    typed(&content, us)
}

fn typed(content: &Value, us: &UserId) -> Option<String> {
    let invocation = Invocation::deserialize(content.get(COMMAND)?).ok()?;
    let mentioned = content["m.mentions"]["user_ids"].as_array()?;
    if !mentioned.iter().any(|user| user == us.as_str()) {
        return None;
    }
    let name = invocation.command.strip_prefix(word())?;
    let arguments: Vec<String> = invocation
        .arguments
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}:{}", quoted(&text(value)?))))
        .collect();
    if arguments.is_empty() {
        // A client may take the beginning of a command's name for another command.
        let body = content["body"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches(['/', '!']);
        let body = body.strip_prefix(word()).filter(|body| body.starts_with(name));
        return Some(body.unwrap_or(name).to_owned());
    }
    Some(format!("{name} {}", arguments.join(" ")))
}

/// The text of an argument, where one was given.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

/// A text held together by quotes that it does not contain.
fn quoted(text: &str) -> String {
    if text.contains('"') {
        format!("“{text}”")
    } else {
        format!("\"{text}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::OfferedParameter;
    use matrix_sdk::ruma::user_id;

    #[test]
    fn a_command_is_described() {
        let parameter = |name: &str, is_required| OfferedParameter {
            name: name.into(),
            is_required,
        };
        let command = Offered {
            name: "fait".into(),
            also: vec!["done".into()],
            help: "Dire qu’une action est faite.".into(),
            parameters: vec![parameter("action", true), parameter("résultat", false)],
        };
        let (key, content) = described(&command, user_id!("@relais:example.org"));
        assert_eq!(key, "P/Fy8O0BC+9tQvHHq1U04eRqtXuBsq6CcjGTu8mZVDA=");
        assert_eq!(
            content,
            json!({
                "command": "relais fait",
                "aliases": ["relais done"],
                "parameters": [
                    { "key": "action", "schema": { "schema_type": "primitive", "type": "string" } },
                    { "key": "résultat", "schema": { "schema_type": "primitive", "type": "string" }, "optional": true },
                ],
                "description": { "m.text": [{ "body": "Dire qu’une action est faite." }] },
                "fi.mau.tail_parameter": "résultat",
            })
        );
    }

    #[test]
    fn what_a_client_made_of_a_command_is_understood() {
        let us = user_id!("@relais:example.org");
        let message = |command: Value, body: &str, user: &str| {
            let content = json!({ "body": body, COMMAND: command, "m.mentions": { "user_ids": [user] } });
            typed(&content, us)
        };
        let ours = us.as_str();
        let done = json!({ "command": "relais done", "arguments": { "ask": 12, "outcome": "on \"Mastodon\"", "x": "" } });
        for (command, body, user, expected) in [
            (
                json!({ "command": "relais today" }),
                "/relais today",
                ours,
                Some("today"),
            ),
            (
                json!({ "command": "relais me" }),
                "/relais me undo",
                ours,
                Some("me undo"),
            ),
            (json!({ "command": "relais me" }), "me", ours, Some("me")),
            (
                done.clone(),
                "/relais done 12 …",
                ours,
                Some("done ask:\"12\" outcome:“on \"Mastodon\"”"),
            ),
            (done, "/relais done 12", "@other:example.org", None),
            (json!({ "command": "ban" }), "/ban", ours, None),
            (json!("today"), "/relais today", ours, None),
        ] {
            assert_eq!(message(command, body, user).as_deref(), expected, "{body}");
        }
        assert_eq!(typed(&json!({ "body": "!relais today" }), us), None);
    }
}
