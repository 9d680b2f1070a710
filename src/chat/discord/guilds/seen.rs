//! Servers, channels, roles and members as Discord tells of them: of each, what is needed here.

use serde::Deserialize;
use serenity::model::{
    channel::ChannelType,
    id::{ChannelId, GuildId, RoleId, UserId},
    permissions::Permissions,
};

/// A server.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::chat::discord) struct GuildSeen {
    pub id: GuildId,
    /// Whether it is down.
    #[serde(default)]
    pub unavailable: bool,
    #[serde(default)]
    pub name: String,
    pub owner_id: Option<UserId>,
    /// When the bot came in.
    pub joined_at: Option<String>,
    #[serde(default)]
    pub roles: Vec<RoleSeen>,
    #[serde(default)]
    pub channels: Vec<ChannelSeen>,
    #[serde(default)]
    pub threads: Vec<ChannelSeen>,
    #[serde(default)]
    pub members: Vec<MemberSeen>,
}

/// A role.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::chat::discord) struct RoleSeen {
    pub id: RoleId,
    pub name: String,
    pub permissions: Permissions,
}

/// A channel or a thread.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::chat::discord) struct ChannelSeen {
    pub id: ChannelId,
    pub guild_id: Option<GuildId>,
    #[serde(rename = "type")]
    pub kind: ChannelType,
    #[serde(default)]
    pub name: Option<String>,
    pub parent_id: Option<ChannelId>,
    #[serde(default)]
    pub permission_overwrites: Vec<Overwrite>,
    pub thread_metadata: Option<ThreadSeen>,
}

/// What is told of a thread beside what is told of a channel.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(in crate::chat::discord) struct ThreadSeen {
    /// Whether only moderators may take it up again once it rests.
    #[serde(default)]
    pub locked: bool,
}

/// What a channel gives to somebody or takes from them.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(in crate::chat::discord) struct Overwrite {
    /// A role or a member.
    pub id: GenericId,
    pub allow: Permissions,
    pub deny: Permissions,
}

/// An id of whatever it is.
pub(in crate::chat::discord) type GenericId = serenity::model::id::GenericId;

/// A member of a server.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::chat::discord) struct MemberSeen {
    pub user: Option<UserSeen>,
    #[serde(default)]
    pub nick: Option<String>,
    #[serde(default)]
    pub roles: Vec<RoleId>,
}

/// An account.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::chat::discord) struct UserSeen {
    pub id: UserId,
    #[serde(default)]
    pub username: String,
    #[serde(default)]
    pub global_name: Option<String>,
    #[serde(default)]
    pub bot: bool,
}

impl UserSeen {
    /// What people call them where they have no name of their own for the place.
    pub fn name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }
}
