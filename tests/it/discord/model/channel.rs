//! Channels of guilds, threads and private conversations, with what was said in them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    gateway::Audience, guild::thread_metadata, message::Message, permission::Permissions, snowflake::Id,
    state::State,
};

/// What a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Direct,
    Announcement,
    AnnouncementThread,
    PublicThread,
}

impl Kind {
    const fn number(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Direct => 1,
            Self::Announcement => 5,
            Self::AnnouncementThread => 10,
            Self::PublicThread => 11,
        }
    }
}

/// How a thread stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Open,
    Archived,
    Locked,
    ArchivedAndLocked,
}

/// One channel.
pub struct Channel {
    pub id: Id,
    pub kind: Kind,
    /// None of a private one.
    pub guild: Option<Id>,
    pub object: Value,
    pub messages: BTreeMap<Id, Message>,
}

impl Channel {
    pub const fn is_thread(&self) -> bool {
        matches!(self.kind, Kind::PublicThread | Kind::AnnouncementThread)
    }

    pub fn is_archived(&self) -> bool {
        self.object["thread_metadata"]["archived"] == true
    }

    pub fn is_locked(&self) -> bool {
        self.object["thread_metadata"]["locked"] == true
    }

    /// Whether it stands in the list of its guild.
    pub fn is_active(&self) -> bool {
        !self.is_archived()
    }

    /// Whoever the bot talks to in it, where it is private.
    pub fn recipient(&self) -> Option<Id> {
        Id::of(&self.object["recipients"][0]["id"])
    }

    /// Whom an event of it concerns.
    pub fn audience(&self) -> Audience {
        self.guild.map_or(Audience::Direct, Audience::Guild)
    }
}

impl State {
    fn add(&mut self, kind: Kind, guild: Option<Id>, mut object: Value) -> Id {
        let id = self.next_id();
        object["id"] = json!(id);
        object["type"] = kind.number().into();
        object["flags"] = 0.into();
        object["last_message_id"] = Value::Null;
        if let Some(guild) = guild {
            object["guild_id"] = json!(guild);
        }
        let channel = Channel {
            id,
            kind,
            guild,
            object,
            messages: BTreeMap::new(),
        };
        self.channels.insert(id, channel);
        id
    }

    /// Opens a channel in a guild.
    pub fn add_channel(&mut self, guild: Id, kind: Kind, name: &str) -> Id {
        let position = self
            .channels
            .values()
            .filter(|channel| channel.guild == Some(guild) && !channel.is_thread())
            .count();
        let object = json!({
            "name": name,
            "parent_id": null,
            "topic": null,
            "position": position,
            "permission_overwrites": [],
            "rate_limit_per_user": 0,
            "nsfw": false,
            "last_pin_timestamp": null,
        });
        let id = self.add(kind, Some(guild), object);
        self.tell_of(id, "CHANNEL_CREATE");
        id
    }

    /// Opens a thread in a channel.
    pub fn add_thread(&mut self, parent: Id, owner: Id, name: &str) -> Id {
        let (guild, kind) = {
            let parent = &self.channels[&parent];
            let kind = if parent.kind == Kind::Announcement {
                Kind::AnnouncementThread
            } else {
                Kind::PublicThread
            };
            (parent.guild, kind)
        };
        let object = json!({
            "name": name,
            "parent_id": parent,
            "owner_id": owner,
            "thread_metadata": thread_metadata(self.now()),
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "rate_limit_per_user": 0,
        });
        let id = self.add(kind, guild, object);
        self.tell_of(id, "THREAD_CREATE");
        id
    }

    /// The private conversation of the bot with somebody, opened where there is none.
    pub fn direct(&mut self, user: Id) -> Id {
        if let Some(open) = self.directs.get(&user) {
            return *open;
        }
        let object = json!({ "recipients": [self.users[&user]] });
        let id = self.add(Kind::Direct, None, object);
        self.directs.insert(user, id);
        id
    }

    /// Tells the bot of a channel as it is, where it may know of it.
    pub fn tell_of(&mut self, channel: Id, event: &'static str) {
        let channel = &self.channels[&channel];
        let is_told = !channel.is_thread() || self.sees(channel.id);
        let (audience, object) = (channel.audience(), channel.object.clone());
        if is_told {
            self.dispatch(audience, event, &object);
        }
    }

    /// Deletes a channel and the threads in it.
    pub fn delete_channel(&mut self, channel: Id) {
        let threads: Vec<Id> = self
            .channels
            .values()
            .filter(|thread| Id::of(&thread.object["parent_id"]) == Some(channel))
            .map(|thread| thread.id)
            .collect();
        for thread in threads {
            self.delete_channel(thread);
        }
        let Some(gone) = self.channels.remove(&channel) else {
            return;
        };
        if gone.is_thread() {
            let told = json!({
                "id": gone.id,
                "guild_id": gone.guild,
                "parent_id": gone.object["parent_id"],
                "type": gone.object["type"],
            });
            self.dispatch(gone.audience(), "THREAD_DELETE", &told);
        } else {
            self.dispatch(gone.audience(), "CHANNEL_DELETE", &gone.object);
        }
    }

    /// Says, for one role or member of a channel, what is allowed and what is denied beyond all else.
    pub fn overwrite(&mut self, channel: Id, whom: Id, allow: Permissions, deny: Permissions) {
        let is_role = !self.users.contains_key(&whom);
        let object = &mut self
            .channels
            .get_mut(&channel)
            .expect("there is such a channel")
            .object;
        let overwrites = object["permission_overwrites"]
            .as_array_mut()
            .expect("a guild's channel has overwrites");
        overwrites.retain(|overwrite| Id::of(&overwrite["id"]) != Some(whom));
        if allow | deny != 0 {
            overwrites.push(json!({
                "id": whom,
                "type": u8::from(!is_role),
                "allow": allow.to_string(),
                "deny": deny.to_string(),
            }));
        }
        self.tell_of(channel, "CHANNEL_UPDATE");
    }

    /// Archives, locks or opens a thread.
    pub fn set_thread(&mut self, thread: Id, standing: Standing) {
        let channel = self.channels.get_mut(&thread).expect("there is such a thread");
        let is_archived = matches!(standing, Standing::Archived | Standing::ArchivedAndLocked);
        let is_locked = matches!(standing, Standing::Locked | Standing::ArchivedAndLocked);
        channel.object["thread_metadata"]["archived"] = is_archived.into();
        channel.object["thread_metadata"]["locked"] = is_locked.into();
        self.tell_of(thread, "THREAD_UPDATE");
    }
}
