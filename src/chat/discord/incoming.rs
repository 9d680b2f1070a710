//! From what Discord tells to events, in our words.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serenity::model::id::{ChannelId, EmojiId, GuildId, MessageId, RoleId, UserId};

use super::{
    Discord, Identity, NAME, address,
    guilds::{ChannelSeen, GuildSeen, MemberSeen, RoleSeen, Server},
    standing::server_address,
};
use crate::chat::{Event, Message, Place, Reach, Sender};

/// For how long hello is said where the bot came in, which is said once.
const RECENT: SignedDuration = SignedDuration::from_hours(24);

/// What is read of an event.
type Read<T> = Result<T, serde_json::Error>;

#[derive(Deserialize)]
struct Reaction {
    user_id: UserId,
    channel_id: ChannelId,
    message_id: MessageId,
    guild_id: Option<GuildId>,
    emoji: Emoji,
    member: Option<MemberSeen>,
}

#[derive(Deserialize)]
struct Cleared {
    channel_id: ChannelId,
    message_id: MessageId,
}

/// An emoji: a letter of Unicode, or a picture of a server.
#[derive(Debug, Deserialize)]
pub(super) struct Emoji {
    pub id: Option<EmojiId>,
    pub name: Option<String>,
}

impl Emoji {
    /// As it is written where it is asked for.
    pub fn key(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        match self.id {
            Some(id) => format!("{name}:{id}"),
            None => name.to_owned(),
        }
    }
}

#[derive(Deserialize)]
struct GuildGone {
    id: GuildId,
    #[serde(default)]
    unavailable: bool,
}

#[derive(Deserialize)]
struct GuildChanged {
    id: GuildId,
    name: String,
    owner_id: Option<UserId>,
    #[serde(default)]
    roles: Vec<RoleSeen>,
}

#[derive(Deserialize)]
struct Threads {
    guild_id: GuildId,
    #[serde(default)]
    channel_ids: Vec<ChannelId>,
    #[serde(rename = "threads")]
    seen: Vec<ChannelSeen>,
}

#[derive(Deserialize)]
struct RoleChanged {
    guild_id: GuildId,
    role: RoleSeen,
}

#[derive(Deserialize)]
struct RoleGone {
    guild_id: GuildId,
    role_id: RoleId,
}

#[derive(Deserialize)]
struct MemberChanged {
    guild_id: GuildId,
    #[serde(flatten)]
    member: MemberSeen,
}

impl Discord {
    /// Discord welcomed a connection, and told of the servers that it is for.
    pub(super) fn welcomed(&self, identity: Identity, own: &HashSet<GuildId>, (shard, shards): (u32, u32)) {
        // It is the same at each welcome.
        let _ = self.identity.set(identity);
        // Discord's own rule for which connection tells of a server.
        let is_of_shard = |guild: GuildId| (guild.get() >> 22) % u64::from(shards) == u64::from(shard);
        self.guilds.keep(own, is_of_shard);
    }

    /// A server is there: at the start, after it was down, or since the bot was invited.
    pub(super) async fn guild_came(&self, guild: GuildSeen, was_awaited: bool) {
        let Some(own) = self.identity.get() else { return };
        let (id, name) = (guild.id, guild.name.clone());
        let is_down = guild.unavailable;
        let joined_at = guild.joined_at.clone();
        let (is_new, changed) = self.guilds.put(guild, own.user);
        // It came in while nobody was there to say hello, perhaps.
        let since = joined_at.as_deref().and_then(|at| at.parse::<Timestamp>().ok());
        let is_recent = since.is_some_and(|since| self.clock.now().duration_since(since) < RECENT);
        if (is_new || is_recent) && !is_down {
            let entry = match joined_at {
                Some(joined_at) => format!("{id}/{joined_at}"),
                None => id.to_string(),
            };
            let place = Place {
                address: server_address(id),
                name,
                is_private: false,
            };
            self.bring(Event::Entered {
                by: None,
                place,
                reach: Reach::Server,
                entry,
            })
            .await;
        }
        if was_awaited || is_down {
            return;
        }
        self.rooms_changed(changed).await;
        // What happened there meanwhile was told to nobody.
        let platform = NAME.to_owned();
        self.bring(Event::Connected { platform }).await;
    }

    /// Takes what happened. What is none of ours is nothing.
    pub(super) async fn take(&self, kind: &str, data: &str) -> Read<()> {
        match kind {
            "MESSAGE_REACTION_ADD" => self.reacted(serde_json::from_str(data)?, true).await,
            "MESSAGE_REACTION_REMOVE" => self.reacted(serde_json::from_str(data)?, false).await,
            // A moderator took all reactions away, or all of one emoji: nobody tells whose they were.
            "MESSAGE_REACTION_REMOVE_ALL" | "MESSAGE_REACTION_REMOVE_EMOJI" => {
                let cleared: Cleared = serde_json::from_str(data)?;
                self.bring(Event::Cleared {
                    address: address(cleared.channel_id),
                    message: Message(cleared.message_id.to_string()),
                })
                .await;
            }
            other => {
                let changed = self.known_changes(other, data)?;
                self.rooms_changed(changed).await;
            }
        }
        Ok(())
    }

    /// Takes what changes what is known of servers. Returns the channels where the bot stands otherwise than before.
    fn known_changes(&self, kind: &str, data: &str) -> Read<Vec<ChannelId>> {
        Ok(match kind {
            "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "THREAD_CREATE" | "THREAD_UPDATE" => {
                let channel: ChannelSeen = serde_json::from_str(data)?;
                self.change(channel.guild_id, |server| server.put_channel(channel))
            }
            "CHANNEL_DELETE" | "THREAD_DELETE" => {
                let channel: ChannelSeen = serde_json::from_str(data)?;
                self.change(channel.guild_id, |server| server.remove_channel(channel.id))
            }
            "THREAD_LIST_SYNC" => {
                let told: Threads = serde_json::from_str(data)?;
                self.change(Some(told.guild_id), |server| {
                    server.put_threads(&told.channel_ids, told.seen);
                })
            }
            "GUILD_UPDATE" => {
                let told: GuildChanged = serde_json::from_str(data)?;
                self.change(Some(told.id), |server| {
                    server.name = told.name;
                    server.set_owner(told.owner_id);
                    told.roles.into_iter().for_each(|role| server.put_role(role));
                })
            }
            "GUILD_DELETE" => {
                let told: GuildGone = serde_json::from_str(data)?;
                if told.unavailable {
                    self.change(Some(told.id), |server| server.is_available = false);
                    Vec::new()
                } else {
                    self.guilds.remove(told.id)
                }
            }
            "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" => {
                let told: RoleChanged = serde_json::from_str(data)?;
                self.change(Some(told.guild_id), |server| server.put_role(told.role))
            }
            "GUILD_ROLE_DELETE" => {
                let told: RoleGone = serde_json::from_str(data)?;
                self.change(Some(told.guild_id), |server| server.remove_role(told.role_id))
            }
            "GUILD_MEMBER_UPDATE" => {
                let told: MemberChanged = serde_json::from_str(data)?;
                let user = told.member.user.as_ref().map(|user| user.id);
                if user.is_some() && user == self.identity.get().map(|own| own.user) {
                    self.change(Some(told.guild_id), |server| {
                        server.set_own_roles(told.member.roles);
                    })
                } else {
                    Vec::new()
                }
            }
            _ => Vec::new(),
        })
    }

    fn change(&self, guild: Option<GuildId>, change: impl FnOnce(&mut Server)) -> Vec<ChannelId> {
        guild.map_or_else(Vec::new, |guild| self.guilds.change(guild, change))
    }

    async fn rooms_changed(&self, changed: Vec<ChannelId>) {
        for channel in changed {
            let address = address(channel);
            self.bring(Event::RoomChanged { address }).await;
        }
    }

    async fn reacted(&self, reaction: Reaction, given: bool) {
        let is_own = |own: &Identity| own.user == reaction.user_id;
        let user = reaction.member.as_ref().and_then(|member| member.user.as_ref());
        if self.identity.get().is_none_or(is_own) || user.is_some_and(|user| user.bot) {
            return;
        }
        let nick = reaction.member.as_ref().and_then(|member| member.nick.clone());
        let name = nick.or_else(|| user.map(|user| user.name().to_owned()));
        self.bring(Event::Reacted {
            sender: Sender {
                account: reaction.user_id.to_string(),
                name: name.unwrap_or_default(),
                locale: None,
            },
            place: self.place(reaction.channel_id, reaction.guild_id),
            message: Message(reaction.message_id.to_string()),
            key: reaction.emoji.key(),
            given,
            at: self.clock.now(),
        })
        .await;
    }

    /// Where something happened.
    pub(super) fn place(&self, channel: ChannelId, guild: Option<GuildId>) -> Place {
        Place {
            address: address(channel),
            name: self.guilds.name_of(channel),
            is_private: guild.is_none(),
        }
    }
}
