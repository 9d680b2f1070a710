//! What only the people with matrix-js-sdk can do: say what their library makes of a message, and verify others by emoji.

use std::{collections::BTreeMap, panic::Location};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Message, Person, message};

/// A message as matrix-js-sdk would show it.
#[derive(Debug, Deserialize)]
pub struct Sight {
    /// Its content, of the last edit.
    pub content: Value,
    /// Whether it could be decrypted, or never had to be.
    pub is_read: bool,
    /// Whether it came encrypted.
    pub is_encrypted: bool,
    /// How loudly one is warned of an encrypted message: 0 is not at all.
    pub shield: Option<u8>,
    /// The edit that stands for it.
    pub replaced_by: Option<String>,
    /// Who reacted with what.
    pub reactions: BTreeMap<String, Vec<String>>,
    thread: Vec<Value>,
}

impl Sight {
    /// Its words.
    pub fn body(&self) -> &str {
        self.content["body"].as_str().unwrap_or_default()
    }

    /// What was said in its thread.
    pub fn thread(&self) -> Vec<Message> {
        message::read(&self.thread)
    }
}

/// How far a device is trusted.
#[derive(Debug, Deserialize)]
pub struct Trust {
    /// Its owner has signed it with an identity of their own.
    pub is_signed_by_owner: bool,
    /// And that identity has been verified.
    pub is_verified: bool,
    /// The owner's identity has been verified.
    pub is_owner_verified: bool,
}

impl Person {
    /// Waits until their library shows a message so.
    #[track_caller]
    pub fn beholds(
        &self,
        room: &str,
        message: &str,
        wanted: impl Fn(&Sight) -> bool,
    ) -> impl Future<Output = Sight> {
        let caller = Location::caller();
        async move {
            let mut last = None;
            let look = async || {
                let order = json!({ "room": room, "event": message });
                let sight: Option<Sight> = serde_json::from_value(self.order("sight", order).await).unwrap();
                if sight.as_ref().is_some_and(&wanted) {
                    return sight;
                }
                last = sight;
                None
            };
            let found = self.until_shown(look).await;
            found.unwrap_or_else(|| panic!("{caller}: {} waited in vain. It shows {last:#?}", self.id()))
        }
    }

    /// Waits until they trust a device so.
    #[track_caller]
    pub fn trusts(
        &self,
        user: &str,
        device: &str,
        wanted: impl Fn(&Trust) -> bool,
    ) -> impl Future<Output = ()> {
        let caller = Location::caller();
        async move {
            let mut last = None;
            let look = async || {
                let order = json!({ "user": user, "device": device });
                let trust: Trust = serde_json::from_value(self.order("trust", order).await).unwrap();
                let found = wanted(&trust).then_some(());
                last = Some(trust);
                found
            };
            let found = self.until_shown(look).await;
            found.unwrap_or_else(|| panic!("{caller}: {} trusts {user} so: {last:?}", self.id()));
        }
    }

    /// Asks somebody to verify a device of theirs by itself.
    pub async fn asks_to_verify(&self, user: &str, device: &str) {
        let order = json!({ "user": user, "device": device });
        self.order("request_verification", order).await;
    }

    /// Asks somebody to verify in the conversation that they have.
    pub async fn asks_to_verify_in(&self, room: &str, user: &str) {
        let order = json!({ "user": user, "room": room });
        self.order("request_verification", order).await;
    }

    /// Waits for somebody to ask for verification, and accepts.
    pub async fn accepts_to_verify(&self, user: &str) {
        self.order("accept_verification", json!({ "user": user })).await;
    }

    /// Proposes emoji once both are ready, and reads them.
    pub async fn starts_emoji(&self, user: &str) -> Vec<String> {
        self.emoji(user, true).await
    }

    /// Waits for the other side to propose emoji, and reads them.
    pub async fn reads_emoji(&self, user: &str) -> Vec<String> {
        self.emoji(user, false).await
    }

    async fn emoji(&self, user: &str, starts: bool) -> Vec<String> {
        let shown = self
            .order("show_emoji", json!({ "user": user, "starts": starts }))
            .await;
        serde_json::from_value(shown).unwrap()
    }

    /// Says that both sides show the same, and waits until the other says so too.
    pub async fn confirms_emoji(&self) {
        self.order("confirm_emoji", json!({})).await;
    }

    /// Says that they differ.
    pub async fn refuses_emoji(&self) {
        self.order("refuse_emoji", json!({})).await;
    }
}
