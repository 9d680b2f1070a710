//! Guilds, which people call servers: their roles, their members, and whether the bot is there.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    channel::Channel,
    gateway::Audience,
    people,
    permission::{self, Permissions},
    snowflake::{Id, written},
    state::State,
};

/// One guild. Its channels stand in the state, with all others.
pub struct Guild {
    pub id: Id,
    pub name: String,
    pub owner: Id,
    pub roles: BTreeMap<Id, Value>,
    /// Without the user.
    pub members: BTreeMap<Id, Value>,
    /// The role that came with the bot.
    pub bot_role: Id,
}

/// A role.
pub fn role(id: Id, name: &str, permissions: Permissions, position: usize) -> Value {
    json!({
        "id": id,
        "name": name,
        "permissions": permissions.to_string(),
        "position": position,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "managed": false,
        "mentionable": false,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    })
}

impl Guild {
    /// One with an owner and the bot, who has only what everybody has.
    pub fn found(state: &mut State, name: &str, owner: Id) -> Self {
        let (id, bot_role, now) = (state.next_id(), state.next_id(), state.now());
        let bot = state.application.bot;
        let mut managed = role(bot_role, "Relais", permission::EVERYBODY, 1);
        managed["managed"] = true.into();
        managed["tags"] = json!({ "bot_id": bot });
        Self {
            id,
            name: name.to_owned(),
            owner,
            roles: BTreeMap::from([
                (id, role(id, "@everyone", permission::EVERYBODY, 0)),
                (bot_role, managed),
            ]),
            members: BTreeMap::from([
                (owner, people::member(&[], now)),
                (bot, people::member(&[bot_role], now)),
            ]),
            bot_role,
        }
    }

    /// What REST says of it.
    pub fn object(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "icon": null,
            "description": null,
            "home_header": null,
            "splash": null,
            "discovery_splash": null,
            "features": [],
            "banner": null,
            "owner_id": self.owner,
            "application_id": null,
            "region": "us-east",
            "afk_channel_id": null,
            "afk_timeout": 300,
            "system_channel_id": null,
            "system_channel_flags": 0,
            "widget_enabled": false,
            "widget_channel_id": null,
            "verification_level": 0,
            "roles": self.roles.values().collect::<Vec<_>>(),
            "default_message_notifications": 0,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": null,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": null,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": "en-US",
            "rules_channel_id": null,
            "safety_alerts_channel_id": null,
            "public_updates_channel_id": null,
            "premium_progress_bar_enabled": false,
            "nsfw": false,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
            "incidents_data": null,
        })
    }

    /// Whether somebody is in it.
    pub fn has(&self, user: Id) -> bool {
        self.members.contains_key(&user)
    }
}

impl State {
    /// What `GUILD_CREATE` says: all that a bot without privileged intents may know.
    pub fn guild_in_full(&self, guild: &Guild) -> Value {
        let bot = self.application.bot;
        let of_guild = |channel: &&Channel| channel.guild == Some(guild.id);
        let (threads, channels): (Vec<&Channel>, Vec<&Channel>) = self
            .channels
            .values()
            .filter(of_guild)
            .filter(|channel| channel.is_active())
            .filter(|channel| !channel.is_thread() || self.sees(channel.id))
            .partition(|channel| channel.is_thread());
        let objects = |channels: &[&Channel]| -> Value {
            channels.iter().map(|channel| channel.object.clone()).collect()
        };
        let mut full = guild.object();
        let additions = json!({
            "joined_at": guild.members[&bot]["joined_at"],
            "large": guild.members.len() > 250,
            "unavailable": false,
            "member_count": guild.members.len(),
            "members": [people::member_with(&guild.members[&bot], self.bot())],
            "channels": objects(&channels),
            "threads": objects(&threads),
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        });
        merge(&mut full, additions);
        full
    }

    /// Whether the bot may look into a channel.
    pub fn sees(&self, channel: Id) -> bool {
        self.permissions(self.application.bot, channel) & permission::VIEW_CHANNEL != 0
    }

    /// The member, with the user, of a guild.
    pub fn member(&self, guild: Id, user: Id) -> Option<Value> {
        let member = self.guilds.get(&guild)?.members.get(&user)?;
        Some(people::member_with(member, self.users.get(&user)?))
    }

    /// Lets somebody in; the bot is told of itself alone.
    pub fn let_in(&mut self, guild: Id, user: Id) {
        let now = self.now();
        let bot_role = self.guilds[&guild].bot_role;
        let is_bot = user == self.application.bot;
        let roles: &[Id] = if is_bot { &[bot_role] } else { &[] };
        let member = people::member(roles, now);
        let guild = self.guilds.get_mut(&guild).expect("there is such a guild");
        let id = guild.id;
        if guild.members.insert(user, member).is_none() && is_bot {
            let full = self.guild_in_full(&self.guilds[&id]);
            self.dispatch(Audience::Guild(id), "GUILD_CREATE", &full);
        }
    }

    /// Puts the bot out of a guild.
    pub fn put_out(&mut self, guild: Id) {
        let bot = self.application.bot;
        let members = &mut self
            .guilds
            .get_mut(&guild)
            .expect("there is such a guild")
            .members;
        if members.remove(&bot).is_some() {
            self.dispatch(Audience::Guild(guild), "GUILD_DELETE", &json!({ "id": guild }));
        }
    }

    /// Changes a member's roles; the bot is told of its own.
    pub fn set_roles(&mut self, guild: Id, user: Id, roles: &[Id]) {
        let members = &mut self
            .guilds
            .get_mut(&guild)
            .expect("there is such a guild")
            .members;
        members.get_mut(&user).expect("there is such a member")["roles"] = json!(roles);
        if user == self.application.bot {
            let mut member = self.member(guild, user).expect("the bot is a member");
            member["guild_id"] = json!(guild);
            self.dispatch(Audience::Guild(guild), "GUILD_MEMBER_UPDATE", &member);
        }
    }

    /// Founds a role.
    pub fn add_role(&mut self, guild: Id, name: &str, permissions: Permissions) -> Id {
        let id = self.next_id();
        let roles = &mut self.guilds.get_mut(&guild).expect("there is such a guild").roles;
        let role = role(id, name, permissions, roles.len());
        roles.insert(id, role.clone());
        let told = json!({ "guild_id": guild, "role": role });
        self.dispatch(Audience::Guild(guild), "GUILD_ROLE_CREATE", &told);
        id
    }

    /// Changes what a role may do.
    pub fn set_role_permissions(&mut self, guild: Id, role: Id, permissions: Permissions) {
        let roles = &mut self.guilds.get_mut(&guild).expect("there is such a guild").roles;
        let changed = roles.get_mut(&role).expect("there is such a role");
        changed["permissions"] = permissions.to_string().into();
        let told = json!({ "guild_id": guild, "role": changed.clone() });
        self.dispatch(Audience::Guild(guild), "GUILD_ROLE_UPDATE", &told);
    }

    /// What `/users/@me/guilds` says of one.
    pub fn guild_in_brief(&self, guild: &Guild) -> Value {
        json!({
            "id": guild.id,
            "name": guild.name,
            "icon": null,
            "banner": null,
            "owner": guild.owner == self.application.bot,
            "permissions": guild.permissions(self.application.bot).to_string(),
            "features": [],
        })
    }
}

/// Puts the fields of one object into another.
pub fn merge(into: &mut Value, from: Value) {
    let (Value::Object(into), Value::Object(from)) = (into, from) else {
        panic!("only objects are merged");
    };
    into.extend(from);
}

/// When a thread was archived, or would be.
pub fn thread_metadata(now: jiff::Timestamp) -> Value {
    json!({
        "archived": false,
        "archive_timestamp": written(now),
        "auto_archive_duration": 4320,
        "locked": false,
        "create_timestamp": written(now),
    })
}
