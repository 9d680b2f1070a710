//! Users and members, as Discord describes them.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::snowflake::{Id, written};

/// A human's account.
pub fn user(id: Id, name: &str) -> Value {
    let username: String = name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .collect();
    json!({
        "id": id,
        "username": username,
        "global_name": name,
        "discriminator": "0",
        "avatar": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "primary_guild": null,
        "public_flags": 0,
        "flags": 0,
        "bot": false,
    })
}

/// A bot's account.
pub fn bot(id: Id, name: &str) -> Value {
    let mut bot = user(id, name);
    bot["bot"] = true.into();
    bot["username"] = name.into();
    bot["global_name"] = Value::Null;
    bot["discriminator"] = "1234".into();
    bot
}

/// Somebody in a guild, without the user.
pub fn member(roles: &[Id], now: Timestamp) -> Value {
    json!({
        "roles": roles,
        "nick": null,
        "avatar": null,
        "banner": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "joined_at": written(now),
        "premium_since": null,
        "communication_disabled_until": null,
        "flags": 0,
        "pending": false,
        "mute": false,
        "deaf": false,
    })
}

/// A member with the user.
pub fn member_with(member: &Value, user: &Value) -> Value {
    let mut member = member.clone();
    member["user"] = user.clone();
    member
}
