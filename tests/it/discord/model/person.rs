//! Somebody who uses Discord: reacts, presses, types, submits, and waits for what the bot shows.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::{
    At, World,
    interaction::{Gesture, Kind, PATIENCE, Step},
    message::{Emoji, Way},
    people,
    rest::list_of,
    shown::{Shown, words_of},
    slash::Typed,
    snowflake::Id,
    state::File,
};

/// A person, with a client in one language.
#[derive(Clone)]
pub struct Person {
    pub(super) world: Arc<World>,
    pub id: Id,
    pub name: String,
}

/// What Discord tells whoever pressed or typed and got no answer in three seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAnswer;

impl Person {
    pub(super) fn join(world: &Arc<World>, name: &str, locale: &str) -> Self {
        let id = world.act(|state| {
            let id = state.next_id();
            state.users.insert(id, people::user(id, name));
            state.locales.insert(id, locale.to_owned());
            id
        });
        Self {
            world: Arc::clone(world),
            id,
            name: name.to_owned(),
        }
    }

    /// Uses Discord in another language from now on.
    pub fn set_locale(&self, locale: &str) {
        self.world
            .act(|state| state.locales.insert(self.id, locale.to_owned()));
    }

    pub fn react(&self, at: At, emoji: &str) {
        self.react_as(at, emoji, Way::Normal);
    }

    pub fn react_as(&self, at: At, emoji: &str, way: Way) {
        let emoji = Emoji::read(emoji).expect("it is an emoji");
        let done = self.world.act(|state| state.react(at, self.id, &emoji, way));
        done.expect("a reaction to what is there");
    }

    pub fn unreact(&self, at: At, emoji: &str) {
        self.unreact_as(at, emoji, Way::Normal);
    }

    pub fn unreact_as(&self, at: At, emoji: &str, way: Way) {
        let emoji = Emoji::read(emoji).expect("it is an emoji");
        let done = self.world.act(|state| state.unreact(at, self.id, &emoji, way));
        done.expect("a reaction that is there");
    }

    /// Says something in a channel.
    pub fn say(&self, channel: Id, words: &str) -> At {
        let parts = json!({ "content": words });
        (
            channel,
            self.world.act(|state| state.post(channel, self.id, parts, None)),
        )
    }

    /// Says something that mentions the bot.
    pub fn mention_bot(&self, channel: Id, words: &str) -> At {
        let id = self.world.act(|state| {
            let bot = state.application.bot;
            let parts = json!({ "content": format!("<@{bot}> {words}"), "mentions": [state.bot()] });
            state.post(channel, self.id, parts, None)
        });
        (channel, id)
    }

    /// The private conversation with the bot.
    pub fn direct(&self) -> Id {
        self.world.act(|state| state.direct(self.id))
    }

    /// Takes no private message from the bot any more.
    pub fn close_door(&self) {
        self.world.act(|state| state.closed_doors.push(self.id));
    }

    /// Takes private messages again.
    pub fn open_door(&self) {
        self.world
            .act(|state| state.closed_doors.retain(|closed| *closed != self.id));
    }

    /// Presses a button, named by its label or custom id, and waits for what comes of it.
    pub async fn press(&self, at: At, button: &str) -> Shown {
        answered(self.try_press(at, button).await, button)
    }

    /// Presses a button; an error is "The application did not respond".
    pub async fn try_press(&self, at: At, button: &str) -> Result<Shown, NoAnswer> {
        let data = {
            let state = self.world.lock();
            let message = state.message(at.0, at.1).expect("a message that is there");
            assert!(
                message.private_to.is_none_or(|only| only == self.id),
                "{} can't see that message",
                self.name
            );
            let pressed = button_of(&message.object, button);
            json!({ "component_type": 2, "id": pressed["id"], "custom_id": pressed["custom_id"] })
        };
        self.interact(Kind::Component, (at.0, Some(at.1)), data).await
    }

    /// Chooses from a menu, named by its custom id, and waits for what comes of it.
    pub async fn choose(&self, at: At, menu: &str, values: &[&str]) -> Shown {
        let data = {
            let state = self.world.lock();
            let message = state.message(at.0, at.1).expect("a message that is there");
            let chosen = button_of(&message.object, menu);
            let options = list_of(&chosen["options"]);
            for value in values {
                let is_there = options.iter().any(|option| option["value"] == *value);
                assert!(is_there, "{value:?} can't be chosen from {chosen}");
            }
            json!({ "component_type": 3, "id": chosen["id"], "custom_id": chosen["custom_id"], "values": values })
        };
        let shown = self.interact(Kind::Component, (at.0, Some(at.1)), data).await;
        answered(shown, menu)
    }

    /// Types a command with its parameters, in the words of the person's own client, and waits for what comes of it.
    pub async fn slash(&self, channel: Id, command: &str, given: &[(&str, &str)]) -> Shown {
        self.slash_with(channel, command, given, &[]).await
    }

    /// A command with files.
    pub async fn slash_with(
        &self,
        channel: Id,
        command: &str,
        given: &[(&str, &str)],
        files: &[(&str, File)],
    ) -> Shown {
        answered(self.try_slash(channel, command, given, files).await, command)
    }

    /// Types a command; an error is "The application did not respond".
    pub async fn try_slash(
        &self,
        channel: Id,
        command: &str,
        given: &[(&str, &str)],
        files: &[(&str, File)],
    ) -> Result<Shown, NoAnswer> {
        let typed = Typed {
            command,
            given,
            files,
            focused: None,
        };
        let data = typed.data(&mut self.world.lock(), self.id, channel);
        self.interact(Kind::Command, (channel, None), data).await
    }

    /// What is suggested while a parameter is typed: values and labels.
    pub async fn complete(
        &self,
        channel: Id,
        command: &str,
        given: &[(&str, &str)],
        focused: (&str, &str),
    ) -> Vec<(String, String)> {
        let typed = Typed {
            command,
            given,
            files: &[],
            focused: Some(focused),
        };
        let data = typed.data(&mut self.world.lock(), self.id, channel);
        let shown = self.interact(Kind::Autocomplete, (channel, None), data).await;
        answered(shown, command).choices(self.world.lock().locale(self.id))
    }

    /// Fills in a form, field by label or custom id, and sends it. What is not named stays as it came.
    pub async fn submit(&self, form: &Shown, values: &[(&str, &str)]) -> Shown {
        let modal = form.modal();
        let mut filled = Vec::new();
        for row in list_of(&modal["components"]) {
            let input = &row["components"][0];
            filled.push(filled_in(input, values));
        }
        let named = values.iter().filter(|(name, _)| {
            let fields = list_of(&modal["components"])
                .iter()
                .map(|row| &row["components"][0]);
            !fields
                .into_iter()
                .any(|input| input["label"] == *name || input["custom_id"] == *name)
        });
        let strangers: Vec<&str> = named.map(|(name, _)| *name).collect();
        assert!(strangers.is_empty(), "the form has no {strangers:?}: {modal}");
        let data = json!({ "custom_id": modal["custom_id"], "components": filled });
        answered(self.interact(Kind::Modal, form.place(), data).await, "a form")
    }

    async fn interact(&self, kind: Kind, at: (Id, Option<Id>), data: Value) -> Result<Shown, NoAnswer> {
        let gesture = Gesture {
            kind,
            by: self.id,
            channel: at.0,
            source: at.1,
            data,
        };
        let token = self.world.act(|state| state.interact(&gesture));
        let first = self.world.find(|state| {
            let steps = &state.interactions.get(&token).steps;
            steps.first().map(|_| ())
        });
        timeout(PATIENCE, first).await.map_err(|_| NoAnswer)?;
        let shown = Shown::first(&self.world, &token);
        if shown.step == Step::Loading {
            return Ok(shown.next().await);
        }
        Ok(shown)
    }
}

fn answered(shown: Result<Shown, NoAnswer>, what: &str) -> Shown {
    shown.unwrap_or_else(|NoAnswer| panic!("the application did not respond to {what:?}"))
}

/// A button that can be pressed.
fn button_of(message: &Value, wanted: &str) -> Value {
    let rows = list_of(&message["components"]).iter();
    let buttons: Vec<&Value> = rows.flat_map(|row| list_of(&row["components"])).collect();
    let is_wanted = |button: &&&Value| {
        button["label"] == wanted || button["custom_id"] == wanted || button["emoji"]["name"] == wanted
    };
    let found = buttons.iter().find(is_wanted);
    let found =
        found.unwrap_or_else(|| panic!("no button {wanted:?} in {buttons:?} of {:?}", words_of(message)));
    assert!(found["url"].is_null(), "{wanted:?} leads out: nobody hears of it");
    assert!(found["disabled"] != true, "{wanted:?} can't be pressed");
    (*found).clone()
}

/// One field of a form as the client sends it.
fn filled_in(input: &Value, values: &[(&str, &str)]) -> Value {
    let named = values
        .iter()
        .find(|(name, _)| input["label"] == *name || input["custom_id"] == *name);
    let value = named.map_or_else(|| input["value"].as_str().unwrap_or_default(), |(_, value)| value);
    let length = value.chars().count();
    let least = input["min_length"]
        .as_u64()
        .unwrap_or(u64::from(input["required"] != false));
    let most = input["max_length"].as_u64().unwrap_or(4_000);
    let is_taken = (length == 0 && input["required"] == false) || (least..=most).contains(&(length as u64));
    assert!(is_taken, "the client does not take {value:?} for {input}");
    json!({
        "type": 1,
        "id": 1,
        "components": [{ "type": 4, "id": 2, "custom_id": input["custom_id"], "value": value }],
    })
}
