//! Intents: which events a session asked for.

use serde_json::{Value, json};

use super::{super::snowflake::Id, Audience};

pub const GUILDS: u64 = 1;
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_PRESENCES: u64 = 1 << 8;
const GUILD_MESSAGES: u64 = 1 << 9;
const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
const DIRECT_MESSAGES: u64 = 1 << 12;
const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
pub const MESSAGE_CONTENT: u64 = 1 << 15;

/// Those that must be switched on in the developer portal.
pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
/// All that Discord has given a meaning.
pub const KNOWN: u64 = ((1 << 17) - 1) | 0b11 << 20 | 0b11 << 24;

/// Whether a session with these intents is told.
pub fn lets_through(intents: u64, event: &str, audience: Audience, data: &Value, bot: Id) -> bool {
    let is_direct = audience == Audience::Direct;
    let needed = match event {
        _ if event.starts_with("MESSAGE_REACTION_") => {
            if is_direct {
                DIRECT_MESSAGE_REACTIONS
            } else {
                GUILD_MESSAGE_REACTIONS
            }
        }
        _ if event.starts_with("MESSAGE_") => {
            if is_direct {
                DIRECT_MESSAGES
            } else {
                GUILD_MESSAGES
            }
        }
        // A bot hears of its own membership in any case.
        "GUILD_MEMBER_UPDATE" if Id::of(&data["user"]["id"]) == Some(bot) => 0,
        _ if event.starts_with("GUILD_MEMBER_") => GUILD_MEMBERS,
        _ if ["GUILD_", "CHANNEL_", "THREAD_"]
            .iter()
            .any(|kind| event.starts_with(kind)) =>
        {
            GUILDS
        }
        _ => 0,
    };
    intents & needed == needed
}

/// A message as it comes without the intent for its words.
pub fn without_content(message: &Value) -> Value {
    let mut message = message.clone();
    message["content"] = "".into();
    for list in ["embeds", "attachments", "components"] {
        message[list] = json!([]);
    }
    message
}
