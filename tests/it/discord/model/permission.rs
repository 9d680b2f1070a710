//! Who may do what where: roles, then what a channel overrides.

use serde_json::Value;

use super::{
    guild::Guild,
    refusal::{Refusal, known},
    snowflake::Id,
    state::State,
};

/// Bits of a permission set.
pub type Permissions = u64;

pub const ADMINISTRATOR: Permissions = 1 << 3;
pub const MANAGE_CHANNELS: Permissions = 1 << 4;
pub const MANAGE_GUILD: Permissions = 1 << 5;
pub const ADD_REACTIONS: Permissions = 1 << 6;
pub const VIEW_CHANNEL: Permissions = 1 << 10;
pub const SEND_MESSAGES: Permissions = 1 << 11;
pub const MANAGE_MESSAGES: Permissions = 1 << 13;
pub const EMBED_LINKS: Permissions = 1 << 14;
pub const ATTACH_FILES: Permissions = 1 << 15;
pub const READ_MESSAGE_HISTORY: Permissions = 1 << 16;
pub const MENTION_EVERYONE: Permissions = 1 << 17;
pub const USE_APPLICATION_COMMANDS: Permissions = 1 << 31;
pub const MANAGE_THREADS: Permissions = 1 << 34;
pub const SEND_MESSAGES_IN_THREADS: Permissions = 1 << 38;

/// All that there are.
pub const ALL: Permissions = (1 << 53) - 1;
/// What everybody has in a guild as it is founded.
pub const EVERYBODY: Permissions = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | SEND_MESSAGES_IN_THREADS;

/// The bits in a field, which travel as a string.
pub fn bits(value: &Value) -> Permissions {
    let text = value.as_str().and_then(|text| text.parse().ok());
    text.or_else(|| value.as_u64()).unwrap_or_default()
}

impl Guild {
    /// What a member may do everywhere in it.
    pub fn permissions(&self, user: Id) -> Permissions {
        let Some(member) = self.members.get(&user) else {
            return 0;
        };
        if self.owner == user {
            return ALL;
        }
        let roles = member["roles"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Id::of);
        let held = roles.chain([self.id]).filter_map(|role| self.roles.get(&role));
        let all = held.fold(0, |all, role| all | bits(&role["permissions"]));
        if all & ADMINISTRATOR != 0 { ALL } else { all }
    }

    /// What a member may do in a channel with these overwrites.
    fn permissions_under(&self, user: Id, overwrites: &Value) -> Permissions {
        let base = self.permissions(user);
        if base == ALL || base == 0 {
            return base;
        }
        let roles: Vec<Id> = self.members[&user]["roles"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Id::of)
            .collect();
        let overwrites = overwrites.as_array().map(Vec::as_slice).unwrap_or_default();
        let applied = |base: Permissions, holds: &dyn Fn(Id) -> bool| {
            let those = overwrites
                .iter()
                .filter(|overwrite| Id::of(&overwrite["id"]).is_some_and(holds));
            let (allow, deny) = those.fold((0, 0), |(allow, deny), overwrite| {
                (allow | bits(&overwrite["allow"]), deny | bits(&overwrite["deny"]))
            });
            (base & !deny) | allow
        };
        let base = applied(base, &|id| id == self.id);
        let base = applied(base, &|id| roles.contains(&id));
        let base = applied(base, &|id| id == user);
        if base & VIEW_CHANNEL == 0 { 0 } else { base }
    }
}

impl State {
    /// What somebody may do in a channel; in a private one, all.
    pub fn permissions(&self, user: Id, channel: Id) -> Permissions {
        let Some(channel) = self.channels.get(&channel) else {
            return 0;
        };
        let Some(guild) = channel.guild.and_then(|id| self.guilds.get(&id)) else {
            return if channel.guild.is_none() { ALL } else { 0 };
        };
        let ruling = if channel.is_thread() {
            Id::of(&channel.object["parent_id"]).and_then(|parent| self.channels.get(&parent))
        } else {
            Some(channel)
        };
        ruling.map_or(0, |ruling| {
            guild.permissions_under(user, &ruling.object["permission_overwrites"])
        })
    }

    /// Refuses what the bot may not do in a channel: 10003 where there is none, 50001 where it may not look, 50013 for the rest.
    pub fn demand(&self, channel: Id, needed: Permissions) -> Result<(), Refusal> {
        if !self.channels.contains_key(&channel) {
            return Err(known::UNKNOWN_CHANNEL);
        }
        let held = self.permissions(self.application.bot, channel);
        if held & VIEW_CHANNEL == 0 {
            return Err(known::MISSING_ACCESS);
        }
        if held & needed == needed {
            Ok(())
        } else {
            Err(known::MISSING_PERMISSIONS)
        }
    }
}
