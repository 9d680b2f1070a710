//! Messages and the reactions below them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    channel::Kind,
    guild::merge,
    refusal::{Refusal, known},
    snowflake::{Id, written},
    state::State,
};

/// Different reactions that a message takes.
const REACTIONS_MAX: usize = 20;
/// The flag of what one person alone sees.
pub const EPHEMERAL: u64 = 1 << 6;
/// The flag of what was passed on to the channels that follow an announcement channel.
pub const CROSSPOSTED: u64 = 1;
/// The flag of what is still being thought about.
pub const LOADING: u64 = 1 << 7;

/// One message.
pub struct Message {
    pub object: Value,
    pub reactions: Vec<Reaction>,
    /// Who alone sees it.
    pub private_to: Option<Id>,
}

/// One emoji below a message.
pub struct Reaction {
    pub emoji: Emoji,
    pub by: BTreeSet<Id>,
    /// Super reactions, which count apart.
    pub burst_by: BTreeSet<Id>,
}

/// An emoji: a character, or one that a guild made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emoji {
    pub id: Option<Id>,
    pub name: String,
}

/// The two ways to react.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Normal,
    Burst,
}

impl Emoji {
    /// The emoji as it stands in an address: `✅` or `name:id`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if let Some((name, id)) = text.split_once(':') {
            let id = id.parse().map_err(|_| known::UNKNOWN_EMOJI)?;
            return Ok(Self {
                id: Some(id),
                name: name.to_owned(),
            });
        }
        // No letter is an emoji; a digit is one with what makes it a key.
        let is_emoji = !text.is_ascii() && !text.chars().any(char::is_alphabetic);
        if !is_emoji {
            return Err(known::UNKNOWN_EMOJI);
        }
        Ok(Self {
            id: None,
            name: text.to_owned(),
        })
    }

    pub fn object(&self) -> Value {
        json!({ "id": self.id, "name": self.name })
    }
}

impl Reaction {
    pub fn by(&self, way: Way) -> &BTreeSet<Id> {
        match way {
            Way::Normal => &self.by,
            Way::Burst => &self.burst_by,
        }
    }

    fn by_mut(&mut self, way: Way) -> &mut BTreeSet<Id> {
        match way {
            Way::Normal => &mut self.by,
            Way::Burst => &mut self.burst_by,
        }
    }

    fn object(&self, bot: Id) -> Value {
        json!({
            "emoji": self.emoji.object(),
            "count": self.by.len() + self.burst_by.len(),
            "count_details": { "normal": self.by.len(), "burst": self.burst_by.len() },
            "burst_colors": [],
            "me": self.by.contains(&bot),
            "me_burst": self.burst_by.contains(&bot),
        })
    }
}

impl Message {
    /// As the bot reads it.
    pub fn seen_by(&self, bot: Id) -> Value {
        let mut object = self.object.clone();
        if !self.reactions.is_empty() {
            object["reactions"] = self
                .reactions
                .iter()
                .map(|reaction| reaction.object(bot))
                .collect();
        }
        object
    }

    pub fn reaction(&self, emoji: &Emoji) -> Option<&Reaction> {
        self.reactions.iter().find(|reaction| reaction.emoji == *emoji)
    }
}

impl State {
    /// Puts a message into a channel and tells of it. What it says is in `parts`, as Discord would write it.
    pub fn post(&mut self, channel: Id, author: Id, parts: Value, private_to: Option<Id>) -> Id {
        let id = self.next_id();
        let mut object = json!({
            "id": id,
            "channel_id": channel,
            "author": self.users[&author],
            "type": 0,
            "content": "",
            "timestamp": written(self.now()),
            "edited_timestamp": null,
            "tts": false,
            "mention_everyone": false,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": false,
            "flags": 0,
        });
        merge(&mut object, parts);
        let told = object.clone();
        // Only the first to hear of it is told the nonce.
        object.as_object_mut().expect("it is an object").remove("nonce");
        let message = Message {
            object,
            reactions: Vec::new(),
            private_to,
        };
        let place = self.channels.get_mut(&channel).expect("there is such a channel");
        place.messages.insert(id, message);
        if private_to.is_none() {
            place.object["last_message_id"] = json!(id);
            if place.is_thread() && place.is_archived() {
                self.set_thread(channel, super::channel::Standing::Open);
            }
            self.tell_of_message("MESSAGE_CREATE", channel, told);
        }
        id
    }

    /// Tells the bot of a message, with what an event has beyond what REST says.
    pub fn tell_of_message(&mut self, event: &'static str, channel: Id, mut told: Value) {
        let place = &self.channels[&channel];
        let audience = place.audience();
        told["channel_type"] = place.object["type"].clone();
        if let Some(guild) = place.guild {
            told["guild_id"] = json!(guild);
            let author = Id::of(&told["author"]["id"]).expect("a message has an author");
            if let Some(member) = self.guilds[&guild].members.get(&author) {
                told["member"] = member.clone();
            }
        }
        if self.sees(channel) {
            self.dispatch(audience, event, &told);
        }
    }

    /// A message of a channel that somebody may see.
    pub fn message(&self, channel: Id, message: Id) -> Result<&Message, Refusal> {
        let place = self.channels.get(&channel).ok_or(known::UNKNOWN_CHANNEL)?;
        place.messages.get(&message).ok_or(known::UNKNOWN_MESSAGE)
    }

    pub fn message_mut(&mut self, channel: Id, message: Id) -> Result<&mut Message, Refusal> {
        let place = self.channels.get_mut(&channel).ok_or(known::UNKNOWN_CHANNEL)?;
        place.messages.get_mut(&message).ok_or(known::UNKNOWN_MESSAGE)
    }

    /// Takes a message away and tells of it.
    pub fn take_away(&mut self, channel: Id, message: Id) -> Result<(), Refusal> {
        let place = self.channels.get_mut(&channel).ok_or(known::UNKNOWN_CHANNEL)?;
        let gone = place.messages.remove(&message).ok_or(known::UNKNOWN_MESSAGE)?;
        if gone.private_to.is_none() {
            let mut told = json!({ "id": message, "channel_id": channel });
            if let Some(guild) = place.guild {
                told["guild_id"] = json!(guild);
            }
            let audience = place.audience();
            if self.sees(channel) {
                self.dispatch(audience, "MESSAGE_DELETE", &told);
            }
        }
        Ok(())
    }

    /// Somebody reacts. Done twice, it is there once and told once.
    pub fn react(&mut self, at: (Id, Id), user: Id, emoji: &Emoji, way: Way) -> Result<(), Refusal> {
        let message = self.message_mut(at.0, at.1)?;
        let place = match message.reactions.iter().position(|one| one.emoji == *emoji) {
            Some(place) => place,
            None if message.reactions.len() >= REACTIONS_MAX => return Err(known::TOO_MANY_REACTIONS),
            None => {
                message.reactions.push(Reaction {
                    emoji: emoji.clone(),
                    by: BTreeSet::new(),
                    burst_by: BTreeSet::new(),
                });
                message.reactions.len() - 1
            }
        };
        if message.reactions[place].by_mut(way).insert(user) {
            self.tell_of_reaction("MESSAGE_REACTION_ADD", at, user, (emoji, way));
        }
        Ok(())
    }

    /// Somebody's reaction is taken back.
    pub fn unreact(&mut self, at: (Id, Id), user: Id, emoji: &Emoji, way: Way) -> Result<(), Refusal> {
        let message = self.message_mut(at.0, at.1)?;
        let reaction = message.reactions.iter_mut().find(|one| one.emoji == *emoji);
        let reaction = reaction.ok_or(known::UNKNOWN_EMOJI)?;
        if reaction.by_mut(way).remove(&user) {
            message
                .reactions
                .retain(|one| !one.by.is_empty() || !one.burst_by.is_empty());
            self.tell_of_reaction("MESSAGE_REACTION_REMOVE", at, user, (emoji, way));
        }
        Ok(())
    }

    /// A moderator takes all reactions away, or all of one emoji.
    pub fn clear_reactions(&mut self, at: (Id, Id), emoji: Option<&Emoji>) -> Result<(), Refusal> {
        let message = self.message_mut(at.0, at.1)?;
        message
            .reactions
            .retain(|one| emoji.is_some_and(|emoji| one.emoji != *emoji));
        let mut told = json!({ "channel_id": at.0, "message_id": at.1 });
        let place = &self.channels[&at.0];
        let (audience, guild) = (place.audience(), place.guild);
        if let Some(guild) = guild {
            told["guild_id"] = json!(guild);
        }
        let event = if let Some(emoji) = emoji {
            told["emoji"] = emoji.object();
            "MESSAGE_REACTION_REMOVE_EMOJI"
        } else {
            "MESSAGE_REACTION_REMOVE_ALL"
        };
        self.dispatch(audience, event, &told);
        Ok(())
    }

    fn tell_of_reaction(&mut self, event: &'static str, at: (Id, Id), user: Id, how: (&Emoji, Way)) {
        let (channel, message) = at;
        let (emoji, way) = how;
        let is_burst = way == Way::Burst;
        let mut told = json!({
            "user_id": user,
            "channel_id": channel,
            "message_id": message,
            "emoji": emoji.object(),
            "burst": is_burst,
            "type": u8::from(is_burst),
        });
        let place = &self.channels[&channel];
        let (audience, guild) = (place.audience(), place.guild);
        if let Some(guild) = guild {
            told["guild_id"] = json!(guild);
        }
        if event == "MESSAGE_REACTION_ADD" {
            told["message_author_id"] = place.messages[&message].object["author"]["id"].clone();
            told["burst_colors"] = json!([]);
            if let Some(member) = guild.and_then(|guild| self.member(guild, user)) {
                told["member"] = member;
            }
        }
        if self.sees(channel) {
            self.dispatch(audience, event, &told);
        }
    }

    /// Whether messages of this channel can be passed on.
    pub fn is_announcement(&self, channel: Id) -> bool {
        self.channels
            .get(&channel)
            .is_some_and(|channel| channel.kind == Kind::Announcement)
    }
}
