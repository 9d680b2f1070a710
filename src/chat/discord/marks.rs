//! The mark by which a message of ours is found again: the outbox's key, and the messages before it that belong to it.
//!
//! Discord remembers a nonce for minutes and never tells it back. So the key stands in the message too, as the part after the `#` of its
//! embed's address, which an embed without a title shows nowhere. Editing a message replaces its embed, so its mark is remembered here,
//! and read from the message where it is not.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use serde_json::Value;
use serenity::model::id::MessageId;

/// What stands before the mark: an address that harms nobody who finds it.
const BEFORE: &str = "https://discord.com/#relais/";
/// How many marks are remembered.
const KEPT: usize = 10_000;

/// A message's mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The outbox's key.
    pub key: String,
    /// The messages that were sent before it and belong to it.
    pub before: Vec<MessageId>,
}

impl Mark {
    /// That of a message which belongs before one with this key, at this place.
    pub fn of_part(key: &str, index: usize) -> Self {
        Self {
            key: format!("{key}-{index}"),
            before: Vec::new(),
        }
    }

    /// Whether it is of a message that belongs before one with this key.
    pub fn is_part_of(&self, key: &str) -> bool {
        let rest = self.key.strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with('-'))
    }

    /// As it stands in an embed.
    pub fn address(&self) -> String {
        let before = self.before.iter().map(|message| format!("/{message}"));
        format!("{BEFORE}{}{}", self.key, before.collect::<String>())
    }

    /// The mark of a message; none where it is none of ours.
    pub fn of(message: &Value) -> Option<Self> {
        let embeds = message.get("embeds")?.as_array()?;
        embeds.iter().find_map(|embed| {
            let mut parts = embed.get("url")?.as_str()?.strip_prefix(BEFORE)?.split('/');
            let key = parts.next()?.to_owned();
            let before = parts.filter_map(|id| id.parse().ok()).map(MessageId::new);
            Some(Self {
                key,
                before: before.collect(),
            })
        })
    }
}

/// The marks that are remembered.
#[derive(Default)]
pub(super) struct Marks(Mutex<Known>);

#[derive(Default)]
struct Known {
    marks: HashMap<MessageId, Mark>,
    oldest: VecDeque<MessageId>,
}

impl Marks {
    pub fn find(&self, message: MessageId) -> Option<Mark> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.marks.get(&message).cloned()
    }

    /// The message with this mark, where it is remembered.
    pub fn message(&self, mark: &Mark) -> Option<MessageId> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.marks.iter().find(|(_, known)| *known == mark);
        found.map(|(message, _)| *message)
    }

    pub fn put(&self, message: MessageId, mark: Mark) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.marks.insert(message, mark).is_none() {
            known.oldest.push_back(message);
        }
        if known.oldest.len() > KEPT
            && let Some(oldest) = known.oldest.pop_front()
        {
            known.marks.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_mark_is_read_back_as_it_was_written() {
        let mark = Mark {
            key: "abc23".into(),
            before: vec![MessageId::new(12), MessageId::new(13)],
        };
        let message = json!({ "embeds": [{ "description": "a" }, { "url": mark.address() }] });
        assert_eq!(Mark::of(&message), Some(mark));
        assert_eq!(
            Mark::of(&json!({ "embeds": [{ "url": "https://example.org/" }] })),
            None
        );
        assert_eq!(Mark::of(&json!({ "content": "abc23" })), None);
    }

    #[test]
    fn the_oldest_marks_are_forgotten() {
        let marks = Marks::default();
        let mark = |key: &str| Mark {
            key: key.into(),
            before: Vec::new(),
        };
        for number in 1..=KEPT as u64 + 1 {
            marks.put(MessageId::new(number), mark("a"));
        }
        assert_eq!(marks.find(MessageId::new(1)), None);
        assert_eq!(marks.find(MessageId::new(2)), Some(mark("a")));
    }
}
