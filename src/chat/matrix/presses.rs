//! Buttons that do something once, where there are only reactions: which emoji presses which button of a message.
//!
//! The message itself bears it, encrypted with the rest of it, so that a button works as long as its message stands, whatever became of
//! the process that posted it. What was read of a message is remembered.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::bail;
use matrix_sdk::{
    Room,
    ruma::{EventId, OwnedEventId, UserId},
};
use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;

use super::unreadable::opened;
use crate::chat::{Button, Card, Hold};

/// Where the buttons stand in an event's content: their ids by their emoji.
const FIELD: &str = "org.relais.buttons";
/// How many messages are remembered, at some 200 bytes each.
const MOST: usize = 5_000;
/// What presses a button that has no emoji of its own, or shares it with another button of its message.
const KEYS: [&str; 20] = [
    "1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟", "🔴", "🟠", "🟡", "🟢", "🔵", "🟣", "🟤",
    "⚪", "⚫", "🟥",
];

/// A card in which each button has an emoji of its own.
pub(super) fn told_apart(mut card: Card) -> Card {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for button in &card.buttons {
        *uses.entry(key_of(button)).or_default() += 1;
    }
    let mut keys = KEYS.iter();
    for button in &mut card.buttons {
        let key = key_of(button);
        let is_alone = !key.is_empty() && uses.get(&key) == Some(&1);
        if !is_alone && button.hold == Hold::Once {
            button.emoji = keys.next().map(|key| (*key).to_owned());
        }
    }
    card
}

/// Adds to a message's content what presses its buttons, where it has any that are pressed.
pub(super) fn add_to(content: &mut Map<String, Value>, card: &Card) {
    let pressed = card.buttons.iter().filter(|button| button.hold == Hold::Once);
    let by_key: BTreeMap<String, &str> = pressed
        .map(|button| (key_of(button), button.id.as_str()))
        .filter(|(key, _)| !key.is_empty())
        .collect();
    if !by_key.is_empty() {
        content.insert(FIELD.to_owned(), json!(by_key));
    }
}

fn key_of(button: &Button) -> String {
    button.emoji.as_deref().map(normal).unwrap_or_default()
}

/// An emoji without what clients differ in.
fn normal(emoji: &str) -> String {
    emoji.replace(['\u{FE0E}', '\u{FE0F}'], "")
}

/// What a message of ours bears.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Borne {
    /// The ids of its buttons by their emoji.
    buttons: BTreeMap<String, String>,
    /// The root of the thread that it is in.
    pub thread: Option<OwnedEventId>,
}

impl Borne {
    /// Of an event; nothing where it is not ours.
    fn of(us: &UserId, sender: Option<&UserId>, content: &Value) -> Self {
        if sender != Some(us) {
            return Self::default();
        }
        let relation = &content["m.relates_to"];
        let root = relation["event_id"]
            .as_str()
            .filter(|_| relation["rel_type"] == "m.thread");
        Self {
            buttons: serde_json::from_value(content[FIELD].clone()).unwrap_or_default(),
            thread: root.and_then(|root| root.try_into().ok()),
        }
    }

    /// The button that an emoji presses.
    pub fn button(&self, emoji: &str) -> Option<&str> {
        self.buttons.get(&normal(emoji)).map(String::as_str)
    }
}

/// What the messages bear that people reacted to.
#[derive(Default)]
pub(super) struct Presses(Mutex<Known>);

#[derive(Default)]
struct Known {
    by_message: HashMap<OwnedEventId, Arc<OnceCell<Borne>>>,
    oldest_first: VecDeque<OwnedEventId>,
}

impl Presses {
    /// What a message bears, where that was read before.
    pub fn known(&self, message: &EventId) -> Option<Borne> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.by_message.get(message)?.get().cloned()
    }

    /// What a message bears, read from the server where it is not known; once, however many ask. What cannot be decrypted now may be
    /// later, so nothing is known of it.
    pub async fn read(&self, room: &Room, us: &UserId, message: &EventId) -> anyhow::Result<Borne> {
        let cell = self.cell(message);
        let read = async || {
            let event = opened(room, room.event(message, None).await?).await;
            let is_ours = event.sender().is_some_and(|sender| sender == us);
            if event.kind.is_utd() && is_ours {
                bail!("no key decrypts a message of ours");
            }
            let content: Option<Value> = event.raw().get_field("content").ok().flatten();
            let sender = event.sender();
            Ok(Borne::of(us, sender.as_deref(), &content.unwrap_or_default()))
        };
        cell.get_or_try_init(read).await.cloned()
    }

    fn cell(&self, message: &EventId) -> Arc<OnceCell<Borne>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = known.by_message.get(message) {
            return Arc::clone(cell);
        }
        let cell = Arc::<OnceCell<Borne>>::default();
        known.by_message.insert(message.to_owned(), Arc::clone(&cell));
        known.oldest_first.push_back(message.to_owned());
        while known.oldest_first.len() > MOST {
            if let Some(oldest) = known.oldest_first.pop_front() {
                known.by_message.remove(&oldest);
            }
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use matrix_sdk::ruma::user_id;

    fn button(id: &str, emoji: Option<&str>, hold: Hold) -> Button {
        Button {
            id: id.into(),
            label: id.into(),
            emoji: emoji.map(Into::into),
            hold,
            ..Button::default()
        }
    }

    #[test]
    fn each_button_has_an_emoji_of_its_own() {
        let card = Card {
            buttons: vec![
                button("done", Some("✅"), Hold::Standing),
                button("approve fr", Some("☑️"), Hold::Once),
                button("approve en", Some("☑"), Hold::Once),
                button("reject", Some("↩️"), Hold::Once),
                button("open", None, Hold::Once),
            ],
            ..Card::default()
        };
        let card = told_apart(card);
        let emoji: Vec<_> = card
            .buttons
            .iter()
            .map(|button| button.emoji.as_deref().unwrap())
            .collect();
        assert_eq!(emoji, ["✅", "1️⃣", "2️⃣", "↩️", "3️⃣"]);

        let mut content = Map::new();
        add_to(&mut content, &card);
        let us = user_id!("@relais:example.org");
        let content = Value::Object(content);
        let borne = Borne::of(us, Some(us), &content);
        for (emoji, id) in [
            ("1️⃣", Some("approve fr")),
            ("2\u{20E3}", Some("approve en")),
            ("↩", Some("reject")),
            ("✅", None),
            ("🎉", None),
        ] {
            assert_eq!(borne.button(emoji), id, "{emoji}");
        }
        // Anybody may write such a field into what they say.
        let theirs = Borne::of(us, Some(user_id!("@mallory:example.org")), &content);
        assert_eq!(theirs, Borne::default());
    }

    #[test]
    fn what_has_no_buttons_bears_nothing() {
        let mut content = Map::new();
        add_to(&mut content, &Card::paragraph("a"));
        assert!(content.is_empty());
    }
}
