//! What somebody sees after they pressed, typed or submitted.

use std::sync::Arc;

use serde_json::Value;

use super::{At, World, interaction::Step, rest::list_of, snowflake::Id};

/// One thing that the bot showed in answer to an interaction.
#[derive(Clone)]
pub struct Shown {
    world: Arc<World>,
    token: String,
    /// Which of the interaction's steps it is.
    number: usize,
    pub step: Step,
}

impl Shown {
    pub(super) fn first(world: &Arc<World>, token: &str) -> Self {
        Self::at_step(world, token, 0).expect("there is a first answer")
    }

    fn at_step(world: &Arc<World>, token: &str, number: usize) -> Option<Self> {
        let step = world.lock().interactions.get(token).steps.get(number).cloned()?;
        Some(Self {
            world: Arc::clone(world),
            token: token.to_owned(),
            number,
            step,
        })
    }

    /// What the bot shows next of its own accord, now or in time.
    pub async fn next(&self) -> Self {
        let number = self.number + 1;
        let what = "what follows an answer";
        self.world
            .until(what, |state| {
                let steps = &state.interactions.get(&self.token).steps;
                (steps.len() > number).then_some(())
            })
            .await;
        Self::at_step(&self.world, &self.token, number).expect("it was just there")
    }

    /// The message that was shown, changed or withdrawn.
    pub fn at(&self) -> At {
        let (Step::Message(id) | Step::Changed(id) | Step::Withdrawn(id)) = self.step else {
            panic!("no message was shown but {:?}", self.step);
        };
        (self.world.lock().interactions.get(&self.token).channel, id)
    }

    /// That message as it is now.
    pub fn message(&self) -> Value {
        let at = self.at();
        let state = self.world.lock();
        let message = state.message(at.0, at.1).expect("a message that is there");
        message.seen_by(state.application.bot)
    }

    /// All that can be read in it.
    pub fn words(&self) -> String {
        words_of(&self.message())
    }

    /// Whether nobody else sees it.
    pub fn is_private(&self) -> bool {
        self.message()["flags"].as_u64().unwrap_or_default() & super::message::EPHEMERAL != 0
    }

    /// The labels of its buttons, or their emoji.
    pub fn buttons(&self) -> Vec<String> {
        buttons_of(&self.message())
    }

    /// The form that was opened.
    pub fn modal(&self) -> &Value {
        let Step::Modal(modal) = &self.step else {
            panic!("no form was opened but {:?}", self.step);
        };
        modal
    }

    /// The values that were suggested, with their labels in a language.
    pub fn choices(&self, locale: &str) -> Vec<(String, String)> {
        let Step::Choices(choices) = &self.step else {
            panic!("nothing was suggested but {:?}", self.step);
        };
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        choices
            .iter()
            .map(|choice| {
                let localised = &choice["name_localizations"][locale];
                let label = if localised.is_null() {
                    &choice["name"]
                } else {
                    localised
                };
                (text(&choice["value"]), text(label))
            })
            .collect()
    }

    /// Where the interaction happened, and on which message.
    pub(super) fn place(&self) -> (Id, Option<Id>) {
        let state = self.world.lock();
        let interaction = state.interactions.get(&self.token);
        (interaction.channel, interaction.source)
    }
}

/// All that can be read in a message, a line for each part.
pub fn words_of(message: &Value) -> String {
    let mut parts = vec![&message["content"]];
    for embed in list_of(&message["embeds"]) {
        parts.extend([&embed["author"]["name"], &embed["title"], &embed["description"]]);
        for field in list_of(&embed["fields"]) {
            parts.extend([&field["name"], &field["value"]]);
        }
        parts.push(&embed["footer"]["text"]);
    }
    let texts = parts
        .into_iter()
        .filter_map(Value::as_str)
        .filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n")
}

/// The labels of a message's buttons, or their emoji.
pub fn buttons_of(message: &Value) -> Vec<String> {
    let rows = list_of(&message["components"]).iter();
    rows.flat_map(|row| list_of(&row["components"]))
        .filter_map(|button| {
            button["label"]
                .as_str()
                .or_else(|| button["emoji"]["name"].as_str())
        })
        .map(str::to_owned)
        .collect()
}
