//! Interactions: somebody pressed, typed or submitted, and for three seconds, then for fifteen minutes, the bot may answer.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    permission,
    refusal::{Refusal, known},
    snowflake::Id,
    state::State,
};

/// How long the first answer may take.
pub const PATIENCE: Duration = Duration::from_secs(3);
/// How long the token is good for what follows.
const TOKEN_TIME: SignedDuration = SignedDuration::from_mins(15);

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Command,
    Component,
    Autocomplete,
    Modal,
}

impl Kind {
    pub const fn number(self) -> u8 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
            Self::Modal => 5,
        }
    }
}

/// What the bot showed in return.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// "Relais is thinking…"
    Loading,
    /// It has heard, and shows nothing yet.
    Acknowledged,
    Message(Id),
    /// The message that was pressed, or the first answer, is changed.
    Changed(Id),
    Withdrawn(Id),
    Modal(Value),
    Choices(Vec<Value>),
}

/// One interaction.
pub struct Interaction {
    pub id: Id,
    pub kind: Kind,
    pub by: Id,
    pub channel: Id,
    /// The message that was pressed, or whose button opened the modal.
    pub source: Option<Id>,
    /// What Discord says of it in each message that answers it.
    pub metadata: Value,
    began: Timestamp,
    asked: Instant,
    /// The message that `@original` names.
    pub original: Option<Id>,
    pub is_loading: bool,
    pub is_private: bool,
    pub steps: Vec<Step>,
}

/// All that there were, by token.
#[derive(Default)]
pub struct Interactions {
    known: HashMap<String, Interaction>,
    last: Option<(Id, String)>,
}

impl Interactions {
    /// The one whose first answer is still awaited.
    pub fn awaited(&mut self, id: Id, token: &str) -> Result<&mut Interaction, Refusal> {
        let known = self.known.get_mut(token).filter(|known| known.id == id);
        let interaction = known.ok_or(known::UNKNOWN_INTERACTION)?;
        if !interaction.steps.is_empty() {
            return Err(known::ALREADY_ACKNOWLEDGED);
        }
        if interaction.asked.elapsed() > PATIENCE {
            return Err(known::UNKNOWN_INTERACTION);
        }
        Ok(interaction)
    }

    /// One that was answered, for what follows.
    pub fn answered(&mut self, token: &str, now: Timestamp) -> Result<&mut Interaction, Refusal> {
        let interaction = self.known.get_mut(token).ok_or(known::UNKNOWN_WEBHOOK)?;
        if now.duration_since(interaction.began) > TOKEN_TIME {
            return Err(known::WEBHOOK_TOKEN_OVER);
        }
        if interaction.steps.is_empty() {
            return Err(known::UNKNOWN_WEBHOOK);
        }
        Ok(interaction)
    }

    /// The id and the token of the one that began last.
    pub fn last(&self) -> (Id, String) {
        self.last.clone().expect("somebody did something")
    }

    pub fn get(&self, token: &str) -> &Interaction {
        &self.known[token]
    }

    pub fn get_mut(&mut self, token: &str) -> &mut Interaction {
        self.known
            .get_mut(token)
            .expect("a token that was looked up is known")
    }
}

/// Something that somebody does, and where.
pub struct Gesture {
    pub kind: Kind,
    pub by: Id,
    pub channel: Id,
    /// The message that is pressed, or whose button opened the modal.
    pub source: Option<Id>,
    /// What Discord says of it.
    pub data: Value,
}

impl State {
    /// Somebody does something; gives the interaction's token.
    pub fn interact(&mut self, gesture: &Gesture) -> String {
        let id = self.next_id();
        let token = format!("aW50ZXJhY3Rpb246{id}.{}", "x".repeat(120));
        let interaction = Interaction {
            id,
            kind: gesture.kind,
            by: gesture.by,
            channel: gesture.channel,
            source: gesture.source,
            metadata: self.metadata(id, gesture),
            began: self.now(),
            asked: Instant::now(),
            original: None,
            is_loading: false,
            is_private: false,
            steps: Vec::new(),
        };
        self.interactions.known.insert(token.clone(), interaction);
        self.interactions.last = Some((id, token.clone()));
        let told = self.interaction_event(id, &token, gesture);
        let audience = self.channels[&gesture.channel].audience();
        self.dispatch(audience, "INTERACTION_CREATE", &told);
        token
    }

    /// On whose behalf the application is where it is.
    fn owners(&self, gesture: &Gesture) -> Value {
        let guild = self.channels[&gesture.channel].guild;
        guild.map_or_else(|| json!({ "1": gesture.by }), |guild| json!({ "0": guild }))
    }

    fn metadata(&self, id: Id, gesture: &Gesture) -> Value {
        let described = |kind: Kind| {
            let mut described = json!({
                "id": id,
                "type": kind.number(),
                "user": self.users[&gesture.by],
                "authorizing_integration_owners": self.owners(gesture),
            });
            if let (Kind::Component, Some(message)) = (kind, gesture.source) {
                described["interacted_message_id"] = json!(message);
            }
            described
        };
        let mut metadata = described(gesture.kind);
        if gesture.kind == Kind::Modal {
            let is_from_message = gesture.source.is_some();
            let trigger = if is_from_message {
                Kind::Component
            } else {
                Kind::Command
            };
            metadata["triggering_interaction_metadata"] = described(trigger);
        }
        metadata
    }

    fn interaction_event(&self, id: Id, token: &str, gesture: &Gesture) -> Value {
        let (by, channel) = (gesture.by, gesture.channel);
        let place = &self.channels[&channel];
        let mut partial = place.object.clone();
        partial["permissions"] = self.permissions(by, channel).to_string().into();
        let bot = self.application.bot;
        let mut told = json!({
            "id": id,
            "application_id": self.application.id,
            "type": gesture.kind.number(),
            "token": token,
            "version": 1,
            "data": gesture.data,
            "channel_id": channel,
            "channel": partial,
            "app_permissions": self.permissions(bot, channel).to_string(),
            "locale": self.locale(by),
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": self.owners(gesture),
            "context": u8::from(place.guild.is_none()),
            "attachment_size_limit": 10 * 1024 * 1024,
        });
        if let Some(guild) = place.guild {
            let mut member = self.member(guild, by).expect("only members act in a guild");
            member["permissions"] = self.permissions(by, channel).to_string().into();
            told["member"] = member;
            told["guild_id"] = json!(guild);
            told["guild_locale"] = "en-US".into();
            told["guild"] = json!({ "id": guild, "locale": "en-US", "features": [] });
        } else {
            told["user"] = self.users[&by].clone();
        }
        if let Some(message) = gesture.source.and_then(|message| place.messages.get(&message)) {
            told["message"] = message.seen_by(bot);
        }
        told
    }

    /// The language in which somebody uses Discord.
    pub fn locale(&self, user: Id) -> &str {
        self.locales.get(&user).map_or("en-US", String::as_str)
    }

    /// Whether somebody may use the application's commands here.
    pub fn may_command(&self, user: Id, channel: Id) -> bool {
        self.permissions(user, channel) & permission::USE_APPLICATION_COMMANDS != 0
    }
}
