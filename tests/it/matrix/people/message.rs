//! What a room shows to somebody who reads it: messages, with what was made of them since.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};

use serde_json::Value;

/// A message as it stands now.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Its event id.
    pub id: String,
    /// Who said it.
    pub sender: String,
    /// Its msgtype (`m.text`, `m.notice`, `m.image`, …), or the event's type where there is none. `m.room.encrypted` can't be read.
    pub kind: String,
    /// The plain text, of the last edit.
    pub body: String,
    /// The HTML, of the last edit.
    pub html: Option<String>,
    /// The root of the thread that it is in.
    pub thread: Option<String>,
    /// What it replies to; in a thread, that may be what stands before it.
    pub reply_to: Option<String>,
    /// Whom it names, by `m.mentions`.
    pub mentions: BTreeSet<String>,
    /// How many times it was edited.
    pub edits: usize,
    /// Whether it was taken back.
    pub is_redacted: bool,
    /// Whether it came encrypted.
    pub is_encrypted: bool,
    /// Who reacted with what, those taken back left out. The keys are as they came.
    pub reactions: BTreeMap<String, BTreeSet<String>>,
    /// The content, of the last edit.
    pub content: Value,
    /// The content as it was sent.
    pub original: Value,
}

impl Message {
    /// Whether somebody has reacted to it so.
    pub fn has_reaction(&self, key: &str, by: &str) -> bool {
        self.reactions.get(key).is_some_and(|people| people.contains(by))
    }

    fn new(event: &Value) -> Self {
        let mut message = Self {
            id: text(&event["event_id"]).unwrap_or_default(),
            sender: text(&event["sender"]).unwrap_or_default(),
            is_encrypted: event["encrypted"] == true,
            is_redacted: !event["unsigned"]["redacted_because"].is_null(),
            original: event["content"].clone(),
            ..Self::default()
        };
        let relation = &event["content"]["m.relates_to"];
        if relation["rel_type"] == "m.thread" {
            message.thread = text(&relation["event_id"]);
        }
        message.reply_to = text(&relation["m.in_reply_to"]["event_id"]);
        message.read(&event["content"]);
        message.kind = text(&event["content"]["msgtype"])
            .or_else(|| text(&event["type"]))
            .unwrap_or_default();
        message
    }

    fn read(&mut self, content: &Value) {
        self.body = text(&content["body"]).unwrap_or_default();
        self.html = text(&content["formatted_body"]);
        let named = content["m.mentions"]["user_ids"].as_array();
        self.mentions = named.into_iter().flatten().filter_map(text).collect();
        self.content = content.clone();
    }
}

/// For whoever has to understand why a test failed.
impl fmt::Display for Message {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} {}", self.id, self.sender)?;
        write!(to, " [{}]", self.kind)?;
        for (is, word) in [
            (self.is_encrypted, "encrypted"),
            (self.is_redacted, "redacted"),
            (self.edits > 0, "edited"),
        ] {
            if is {
                write!(to, " [{word}]")?;
            }
        }
        if let Some(thread) = &self.thread {
            write!(to, " [in the thread of {thread}]")?;
        }
        write!(to, ": {}", self.body)?;
        for (key, people) in &self.reactions {
            let people: Vec<&str> = people.iter().map(String::as_str).collect();
            write!(to, "\n      {key} {}", people.join(" "))?;
        }
        Ok(())
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The messages that events make, in the order of the homeserver's clock.
pub fn read(events: &[Value]) -> Vec<Message> {
    let mut events: Vec<&Value> = events.iter().collect();
    events.sort_by_key(|event| event["origin_server_ts"].as_u64());
    let redacted: BTreeSet<String> = events
        .iter()
        .filter(|event| event["type"] == "m.room.redaction")
        .filter_map(|event| text(&event["content"]["redacts"]).or_else(|| text(&event["redacts"])))
        .collect();
    let is_redacted = |event: &Value| event["event_id"].as_str().is_some_and(|id| redacted.contains(id));

    let (mut messages, mut later) = (Vec::new(), Vec::new());
    for event in events {
        let relation = &event["content"]["m.relates_to"]["rel_type"];
        if !event["state_key"].is_null() || event["type"] == "m.room.redaction" {
        } else if event["type"] == "m.reaction" || relation == "m.replace" {
            later.push(event);
        } else {
            let mut message = Message::new(event);
            message.is_redacted |= is_redacted(event);
            messages.push(message);
        }
    }
    let places: HashMap<String, usize> = messages
        .iter()
        .enumerate()
        .map(|(place, message)| (message.id.clone(), place))
        .collect();
    for event in later.into_iter().filter(|event| !is_redacted(event)) {
        let target = event["content"]["m.relates_to"]["event_id"].as_str();
        if let Some(place) = target.and_then(|id| places.get(id)) {
            amend(&mut messages[*place], event);
        }
    }
    messages
}

/// A reaction to a message, or an edit of it.
fn amend(message: &mut Message, event: &Value) {
    let sender = text(&event["sender"]).unwrap_or_default();
    if event["type"] == "m.reaction" {
        let key = text(&event["content"]["m.relates_to"]["key"]).unwrap_or_default();
        message.reactions.entry(key).or_default().insert(sender);
    } else if sender == message.sender {
        message.edits += 1;
        message.read(&event["content"]["m.new_content"]);
    }
}
