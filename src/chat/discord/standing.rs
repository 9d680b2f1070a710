//! How the bot and others stand in channels and servers.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serenity::{
    http::Route,
    model::{
        id::{ChannelId, GuildId, RoleId, UserId},
        permissions::Permissions,
    },
};
use tokio::time::Instant;

use super::{
    Discord, NAME,
    guilds::{ChannelSeen, Found, MemberSeen, RoleSeen, Server, Stands},
    posting::{channel_of, number, user_of},
    rest::{Call, Failure, code},
};
use crate::{
    chat::{RoomStanding, Space, Standing, StandingKind},
    domain::room::{Absence, RoomAddress},
};

/// How long what was asked of a member is held to be so. What Discord tells with whatever they do goes before it.
const KNOWN_FOR: Duration = Duration::from_secs(30);
/// How long it is held to be so while Discord cannot be asked.
const BELIEVED_FOR: Duration = Duration::from_hours(1);
/// How many members are remembered at the least, of those of whom was told last; at the most, as many again.
const KEPT: usize = 10_000;

/// The roles of members, as they were last told.
#[derive(Default)]
pub(super) struct Members(Mutex<Generations>);

/// When it was told which roles somebody has; none where they are no member.
type Told = (Instant, Option<Vec<RoleId>>);

/// Once there are enough of the young they are the old, and the old are forgotten.
#[derive(Default)]
struct Generations {
    young: HashMap<(GuildId, UserId), Told>,
    old: HashMap<(GuildId, UserId), Told>,
}

impl Members {
    /// What was last told of a member.
    fn find(&self, guild: GuildId, user: UserId) -> Option<Told> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let who = (guild, user);
        known.young.get(&who).or_else(|| known.old.get(&who)).cloned()
    }

    /// Somebody has these roles, or is no member.
    pub fn note(&self, guild: GuildId, user: UserId, roles: Option<Vec<RoleId>>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.young.len() >= KEPT {
            known.old = mem::take(&mut known.young);
        }
        known.young.insert((guild, user), (Instant::now(), roles));
    }
}

impl Discord {
    /// How the bot stands in a channel: by what Discord told, and for a thread that rests by what it tells when asked.
    pub(super) async fn standing_in(&self, room: &RoomAddress) -> RoomStanding {
        let Ok(channel) = channel_of(room) else {
            return RoomStanding::Absent(Absence::Removed);
        };
        match self.guilds.standing(channel) {
            Found::Stands(stands) => of(stands),
            Found::Down | Found::NotYet => RoomStanding::Unknown,
            Found::Unknown => self.standing_asked(channel).await,
        }
    }

    async fn standing_asked(&self, channel: ChannelId) -> RoomStanding {
        let asked: Result<ChannelSeen, Failure> = self
            .rest
            .ask(&Call::get(Route::Channel { channel_id: channel }))
            .await;
        match asked {
            Ok(seen) => {
                let Some(guild) = seen.guild_id else {
                    // A private conversation: it is there as long as the account is.
                    return RoomStanding::Present { name: None };
                };
                self.guilds.change(guild, |server| server.put_channel(seen));
                match self.guilds.standing(channel) {
                    Found::Stands(stands) => of(stands),
                    _ => RoomStanding::Unknown,
                }
            }
            Err(failure) if failure.is_one_of(&[code::UNKNOWN_CHANNEL]) => {
                RoomStanding::Absent(Absence::Gone)
            }
            Err(failure) if failure.is_one_of(&[code::MISSING_ACCESS, code::UNKNOWN_GUILD]) => {
                RoomStanding::Absent(Absence::Removed)
            }
            Err(_) => RoomStanding::Unknown,
        }
    }

    /// The roles of somebody in a server; none where they are no member. Where that cannot be asked it is what was told last.
    async fn roles_of(&self, guild: GuildId, user: UserId) -> Result<Option<Vec<RoleId>>, Failure> {
        let told = self.members.find(guild, user);
        let told_within = |time: Duration| {
            let told = told.as_ref().filter(|(at, _)| at.elapsed() < time);
            told.map(|(_, roles)| roles.clone())
        };
        if let Some(roles) = told_within(KNOWN_FOR) {
            return Ok(roles);
        }
        let route = Route::GuildMember {
            guild_id: guild,
            user_id: user,
        };
        let asked: Result<MemberSeen, Failure> = self.rest.ask(&Call::get(route)).await;
        let roles = match asked {
            Ok(member) => Some(member.roles),
            Err(Failure::Answered { status: 404, .. }) => None,
            Err(failure) => return told_within(BELIEVED_FOR).ok_or(failure),
        };
        self.members.note(guild, user, roles.clone());
        Ok(roles)
    }

    /// Whether somebody sees one of these channels.
    pub(super) async fn sees_one_of(&self, account: &str, rooms: &[RoomAddress]) -> bool {
        let Ok(user) = user_of(account) else { return false };
        for room in rooms {
            let Ok(channel) = channel_of(room) else { continue };
            let Some(guild) = self.guilds.of_channel(channel, |guild, _| guild) else {
                continue;
            };
            let Ok(Some(roles)) = self.roles_of(guild, user).await else {
                continue;
            };
            let permissions = self.guilds.permissions(channel, (user, &roles));
            if permissions.is_some_and(|permissions| permissions.contains(Permissions::VIEW_CHANNEL)) {
                return true;
            }
        }
        false
    }

    /// The role that a text names where a channel is: by a mention, by its id, or by a name that one role alone has.
    pub(super) fn role_named(&self, room: &RoomAddress, text: &str) -> Option<Standing> {
        let text = text.trim();
        let mentioned = text.strip_prefix("<@&").and_then(|rest| rest.strip_suffix('>'));
        let text = mentioned.unwrap_or_else(|| text.strip_prefix('@').unwrap_or(text));
        let mut found = self.roles(room);
        found.retain(|role| role.value == text || role.name == text);
        if found.len() == 1 { found.pop() } else { None }
    }

    /// The roles that members of a channel's server are given; what everybody is there is none.
    pub(super) fn roles(&self, room: &RoomAddress) -> Vec<Standing> {
        let Ok(channel) = channel_of(room) else {
            return Vec::new();
        };
        let roles = |guild: GuildId, server: &Server| -> Vec<Standing> {
            let given = server.roles().filter(|role| role.id.get() != guild.get());
            let role = |role: &RoleSeen| Standing {
                value: role.id.to_string(),
                name: role.name.clone(),
                kind: StandingKind::Role,
            };
            given.map(role).collect()
        };
        self.guilds.of_channel(channel, roles).unwrap_or_default()
    }

    /// Whether somebody has a role in the server of a channel; none where that cannot be found out now.
    pub(super) async fn has_role(&self, room: &RoomAddress, account: &str, role: &str) -> Option<bool> {
        let (Ok(channel), Ok(user), Some(role)) = (channel_of(room), user_of(account), number(role)) else {
            return Some(false);
        };
        let Some(guild) = self.guilds.of_channel(channel, |guild, _| guild) else {
            let may_be_told = matches!(self.guilds.standing(channel), Found::Down | Found::NotYet);
            return (!may_be_told).then_some(false);
        };
        let roles = self.roles_of(guild, user).await.ok()?;
        Some(roles.is_some_and(|roles| roles.contains(&RoleId::new(role))))
    }

    /// The servers that the bot is in: each holds channels.
    pub(super) fn servers(&self) -> Vec<Space> {
        self.guilds.each(|id, server| Space {
            address: server_address(id),
            name: server.name.clone(),
            alias: None,
        })
    }

    /// The server of a channel.
    pub(super) fn server_of(&self, room: &RoomAddress) -> Option<RoomAddress> {
        let channel = channel_of(room).ok()?;
        self.guilds.of_channel(channel, |guild, _| server_address(guild))
    }
}

fn of(stands: Stands) -> RoomStanding {
    if !stands.may_see {
        RoomStanding::Absent(Absence::Removed)
    } else if stands.may_work {
        let name = Some(stands.name).filter(|name| !name.is_empty());
        RoomStanding::Present { name }
    } else {
        RoomStanding::Absent(Absence::Silenced)
    }
}

/// The address of a server, in our words: what holds rooms.
pub(super) fn server_address(guild: GuildId) -> RoomAddress {
    RoomAddress {
        platform: NAME.to_owned(),
        room: guild.to_string(),
    }
}
