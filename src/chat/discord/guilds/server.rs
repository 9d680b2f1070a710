//! One server: who may do what in its channels.

use std::collections::HashMap;

use serenity::model::{
    channel::ChannelType,
    id::{ChannelId, GenericId, RoleId, UserId},
    permissions::Permissions,
};

use super::seen::{ChannelSeen, GuildSeen, RoleSeen};

/// What the bot needs in a channel to work there: to see it, to post with an embed and a picture, and to read what stands there.
const NEEDED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES);

/// A server, as far as it is known.
#[derive(Debug, Clone)]
pub(in crate::chat::discord) struct Server {
    pub name: String,
    /// Whether it is not down.
    pub is_available: bool,
    everyone: RoleId,
    owner: Option<UserId>,
    roles: HashMap<RoleId, RoleSeen>,
    channels: HashMap<ChannelId, ChannelSeen>,
    /// The bot's own account and roles.
    own: (UserId, Vec<RoleId>),
}

/// How the bot stands in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::chat::discord) struct Stands {
    /// What the channel is called.
    pub name: String,
    /// Whether it sees it.
    pub may_see: bool,
    /// Whether it can work there.
    pub may_work: bool,
}

impl Server {
    pub fn of(guild: GuildSeen, own: UserId) -> Self {
        let is_own = |user: Option<UserId>| user == Some(own);
        let member = guild
            .members
            .into_iter()
            .find(|member| is_own(member.user.as_ref().map(|user| user.id)));
        let channels = guild.channels.into_iter().chain(guild.threads);
        Self {
            name: guild.name,
            is_available: !guild.unavailable,
            // The role of everybody has the server's own id.
            everyone: RoleId::new(guild.id.get()),
            owner: guild.owner_id,
            roles: guild.roles.into_iter().map(|role| (role.id, role)).collect(),
            channels: channels.map(|channel| (channel.id, channel)).collect(),
            own: (own, member.map(|member| member.roles).unwrap_or_default()),
        }
    }

    pub fn channels(&self) -> impl Iterator<Item = ChannelId> {
        self.channels.keys().copied()
    }

    pub fn put_channel(&mut self, channel: ChannelSeen) {
        self.channels.insert(channel.id, channel);
    }

    /// A channel is gone, and the threads in it.
    pub fn remove_channel(&mut self, channel: ChannelId) {
        self.channels
            .retain(|id, known| *id != channel && known.parent_id != Some(channel));
    }

    /// The threads of these channels, or of all, that do not rest.
    pub fn put_threads(&mut self, within: &[ChannelId], threads: Vec<ChannelSeen>) {
        let is_within = |channel: &ChannelSeen| {
            within.is_empty() || channel.parent_id.is_some_and(|parent| within.contains(&parent))
        };
        self.channels
            .retain(|_, channel| !(is_thread(channel.kind) && is_within(channel)));
        self.channels
            .extend(threads.into_iter().map(|thread| (thread.id, thread)));
    }

    pub fn put_role(&mut self, role: RoleSeen) {
        self.roles.insert(role.id, role);
    }

    pub fn remove_role(&mut self, role: RoleId) {
        self.roles.remove(&role);
    }

    /// The bot has these roles now.
    pub fn set_own_roles(&mut self, roles: Vec<RoleId>) {
        self.own.1 = roles;
    }

    pub fn set_owner(&mut self, owner: Option<UserId>) {
        self.owner = owner;
    }

    pub fn name_of(&self, channel: ChannelId) -> Option<String> {
        self.channels.get(&channel)?.name.clone()
    }

    /// Whether other servers can follow a channel.
    pub fn can_be_followed(&self, channel: ChannelId) -> bool {
        let known = self.channels.get(&channel);
        known.is_some_and(|known| known.kind == ChannelType::News)
    }

    /// Every role, that of everybody among them.
    pub fn roles(&self) -> impl Iterator<Item = &RoleSeen> {
        self.roles.values()
    }

    /// How the bot stands in each channel.
    pub fn standings(&self) -> HashMap<ChannelId, Stands> {
        if !self.is_available {
            return HashMap::new();
        }
        let standing = |channel: ChannelId| Some((channel, self.standing(channel)?));
        self.channels().filter_map(standing).collect()
    }

    /// How the bot stands in a channel; none where there is none.
    pub fn standing(&self, channel: ChannelId) -> Option<Stands> {
        let known = self.channels.get(&channel)?;
        let permissions = self.permissions(channel, (self.own.0, &self.own.1))?;
        let is_thread = is_thread(known.kind);
        let to_write = if is_thread {
            Permissions::SEND_MESSAGES_IN_THREADS
        } else {
            Permissions::SEND_MESSAGES
        };
        let is_locked = known.thread_metadata.is_some_and(|thread| thread.locked)
            && !permissions.contains(Permissions::MANAGE_THREADS);
        Some(Stands {
            name: known.name.clone().unwrap_or_default(),
            may_see: permissions.contains(Permissions::VIEW_CHANNEL),
            may_work: !is_locked && permissions.contains(NEEDED | to_write),
        })
    }

    /// What somebody with these roles may do in a channel; none where there is none.
    pub fn permissions(&self, channel: ChannelId, (user, roles): (UserId, &[RoleId])) -> Option<Permissions> {
        let known = self.channels.get(&channel)?;
        // A thread has no permissions of its own.
        let known = match known.parent_id.filter(|_| is_thread(known.kind)) {
            Some(parent) => self.channels.get(&parent)?,
            None => known,
        };
        if self.owner == Some(user) {
            return Some(Permissions::all());
        }
        let of_role = |role: &RoleId| {
            self.roles
                .get(role)
                .map_or(Permissions::empty(), |role| role.permissions)
        };
        let base = roles
            .iter()
            .map(of_role)
            .fold(of_role(&self.everyone), Permissions::union);
        if base.contains(Permissions::ADMINISTRATOR) {
            return Some(Permissions::all());
        }
        let overwrites = |is_wanted: &dyn Fn(GenericId) -> bool| {
            let wanted = known.permission_overwrites.iter().filter(|one| is_wanted(one.id));
            wanted.fold(
                (Permissions::empty(), Permissions::empty()),
                |(allow, deny), one| (allow | one.allow, deny | one.deny),
            )
        };
        let is = |id: GenericId, other: u64| id.get() == other;
        let everyone = overwrites(&|id| is(id, self.everyone.get()));
        let by_role = overwrites(&|id| roles.iter().any(|role| is(id, role.get())));
        let by_member = overwrites(&|id| is(id, user.get()));
        let applied = [everyone, by_role, by_member]
            .iter()
            .fold(base, |permissions, (allow, deny)| (permissions - *deny) | *allow);
        Some(applied)
    }
}

fn is_thread(kind: ChannelType) -> bool {
    matches!(
        kind,
        ChannelType::NewsThread | ChannelType::PublicThread | ChannelType::PrivateThread
    )
}
