//! What Discord told of servers, their channels, threads and roles, and so how the bot and others stand there.

mod seen;
mod server;

use std::{
    collections::{HashMap, HashSet},
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use serenity::model::{
    id::{ChannelId, GuildId, RoleId, UserId},
    permissions::Permissions,
};

pub(super) use seen::{ChannelSeen, GuildSeen, MemberSeen, RoleSeen, UserSeen};
pub(super) use server::{Server, Stands};

/// All that is known of servers.
#[derive(Default)]
pub(super) struct Guilds(RwLock<Known>);

#[derive(Default)]
struct Known {
    servers: HashMap<GuildId, Server>,
    /// In which server a channel or a thread is.
    channels: HashMap<ChannelId, GuildId>,
    /// The servers that the bot is in, told of or not.
    own: HashSet<GuildId>,
    /// Whether Discord has told of every server once.
    is_complete: bool,
}

/// How a channel is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The bot stands there so.
    Stands(Stands),
    /// Its server is down.
    Down,
    /// It is not known. Threads that rest are not told of.
    Unknown,
    /// Discord has not told yet.
    NotYet,
}

impl Guilds {
    /// Discord has told of every server.
    pub fn complete(&self) {
        self.write().is_complete = true;
    }

    /// The bot is in these servers of a connection and in no other of it: it may have been put out of some while it was away.
    pub fn keep(&self, told: &HashSet<GuildId>, is_of_connection: impl Fn(GuildId) -> bool) {
        let mut known = self.write();
        known.own.retain(|id| !is_of_connection(*id));
        known.own.extend(told);
        let Known {
            servers,
            channels,
            own,
            ..
        } = &mut *known;
        servers.retain(|id, _| own.contains(id));
        channels.retain(|_, guild| servers.contains_key(guild));
    }

    /// Takes what is told of a whole server. Returns whether the bot was not in it before, and the channels in which the bot stands otherwise than before.
    pub fn put(&self, guild: GuildSeen, own: UserId) -> (bool, Vec<ChannelId>) {
        let mut known = self.write();
        let id = guild.id;
        let before = known.servers.remove(&id);
        let stood = before.as_ref().map(Server::standings).unwrap_or_default();
        let server = Server::of(guild, own);
        let stands = server.standings();
        known.channels.retain(|_, guild| *guild != id);
        known
            .channels
            .extend(server.channels().map(|channel| (channel, id)));
        known.servers.insert(id, server);
        (known.own.insert(id), differing(&stood, &stands))
    }

    /// The bot is in a server no more. Returns the channels that were there.
    pub fn remove(&self, guild: GuildId) -> Vec<ChannelId> {
        let mut known = self.write();
        known.own.remove(&guild);
        let server = known.servers.remove(&guild);
        known.channels.retain(|_, of| *of != guild);
        server
            .map(|server| server.channels().collect())
            .unwrap_or_default()
    }

    /// Changes what is known of a server. Returns the channels in which the bot stands otherwise than before.
    pub fn change(&self, guild: GuildId, change: impl FnOnce(&mut Server)) -> Vec<ChannelId> {
        let mut known = self.write();
        let Some(server) = known.servers.get_mut(&guild) else {
            return Vec::new();
        };
        let stood = server.standings();
        change(server);
        let stands = server.standings();
        let channels: Vec<ChannelId> = server.channels().collect();
        known.channels.retain(|_, of| *of != guild);
        known
            .channels
            .extend(channels.into_iter().map(|channel| (channel, guild)));
        differing(&stood, &stands)
    }

    /// How the bot stands in a channel.
    pub fn standing(&self, channel: ChannelId) -> Found {
        let known = self.read();
        let server = known
            .channels
            .get(&channel)
            .and_then(|guild| known.servers.get(guild));
        match server {
            Some(server) if !server.is_available => Found::Down,
            Some(server) => server.standing(channel).map_or(Found::Unknown, Found::Stands),
            None if known.is_complete => Found::Unknown,
            None => Found::NotYet,
        }
    }

    /// Looks at the server of a channel; none where it is not known.
    pub fn of_channel<T>(&self, channel: ChannelId, look: impl FnOnce(GuildId, &Server) -> T) -> Option<T> {
        let known = self.read();
        let guild = known.channels.get(&channel)?;
        known.servers.get(guild).map(|server| look(*guild, server))
    }

    /// Looks at each server.
    pub fn each<T>(&self, look: impl Fn(GuildId, &Server) -> T) -> Vec<T> {
        let known = self.read();
        known
            .servers
            .iter()
            .map(|(id, server)| look(*id, server))
            .collect()
    }

    /// What a channel is called; nothing where it is not known.
    pub fn name_of(&self, channel: ChannelId) -> String {
        let name = self.of_channel(channel, |_, server| server.name_of(channel));
        name.flatten().unwrap_or_default()
    }

    /// What somebody with these roles may do in a channel; none where it is not known.
    pub fn permissions(&self, channel: ChannelId, (user, roles): (UserId, &[RoleId])) -> Option<Permissions> {
        let permissions = self.of_channel(channel, |_, server| server.permissions(channel, (user, roles)));
        permissions.flatten()
    }

    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn differing(before: &HashMap<ChannelId, Stands>, after: &HashMap<ChannelId, Stands>) -> Vec<ChannelId> {
    let gone = before.keys().filter(|channel| !after.contains_key(channel));
    let other = after
        .iter()
        .filter(|(channel, stands)| before.get(channel) != Some(stands))
        .map(|(channel, _)| channel);
    gone.chain(other).copied().collect()
}

#[cfg(test)]
mod tests;
