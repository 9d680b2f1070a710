//! The reactions that stand on a message.

use std::fmt::Write;

use serde::Deserialize;
use serenity::{
    http::Route,
    model::id::{ChannelId, MessageId, UserId},
};

use super::{
    Discord,
    guilds::UserSeen,
    incoming::Emoji,
    rest::{Call, Failure, code},
};
use crate::chat::{ReactionSeen, SendError, Sender};

/// How many reactions a page holds: the most that Discord gives.
const PAGE: usize = 100;

#[derive(Deserialize)]
struct Reacted {
    #[serde(default)]
    reactions: Vec<Counted>,
}

/// How often an emoji stands on a message.
#[derive(Deserialize)]
struct Counted {
    emoji: Emoji,
    count: u64,
    count_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    burst: u64,
    #[serde(default)]
    normal: u64,
}

/// The two ways to react, which Discord keeps apart.
#[derive(Clone, Copy)]
enum Kind {
    Normal = 0,
    Super = 1,
}

impl Discord {
    /// Every reaction that stands on a message but our own and those of other bots.
    pub(super) async fn standing_on(
        &self,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<Vec<ReactionSeen>, SendError> {
        let own = self.identity()?.user;
        let message_route = Route::ChannelMessage {
            channel_id: channel,
            message_id: message,
        };
        let asked: Result<Reacted, Failure> = self.rest.ask(&Call::get(message_route)).await;
        let reacted = match asked {
            Ok(reacted) => reacted,
            // Whoever deletes a message says nothing of what people did: what they did stands.
            Err(failure) if failure.is_one_of(&[code::UNKNOWN_MESSAGE]) => {
                return Err(SendError::Absent(failure.into()));
            }
            Err(failure) => return Err(failure.of_deed()),
        };
        let mut seen = Vec::new();
        for counted in reacted.reactions {
            let key = counted.emoji.key();
            let (normal, burst) = match counted.count_details {
                Some(details) => (details.normal, details.burst),
                None => (counted.count, 0),
            };
            for (kind, is_there) in [(Kind::Normal, normal > 0), (Kind::Super, burst > 0)] {
                if !is_there {
                    continue;
                }
                let users = self
                    .all_who((channel, message), &key, kind)
                    .await
                    .map_err(Failure::of_deed)?;
                seen.extend(
                    users
                        .into_iter()
                        .filter(|user| user.id != own && !user.bot)
                        .map(|user| ReactionSeen {
                            sender: Sender {
                                account: user.id.to_string(),
                                name: user.name().to_owned(),
                                locale: None,
                            },
                            key: key.clone(),
                        }),
                );
            }
        }
        Ok(seen)
    }

    /// Everybody who reacted with an emoji in one way.
    async fn all_who(
        &self,
        (channel, message): (ChannelId, MessageId),
        key: &str,
        kind: Kind,
    ) -> Result<Vec<UserSeen>, Failure> {
        let emoji = encoded(key);
        let mut users: Vec<UserSeen> = Vec::new();
        let mut after: Option<UserId> = None;
        loop {
            let route = Route::ChannelMessageReactionEmoji {
                channel_id: channel,
                message_id: message,
                reaction: &emoji,
            };
            let mut call = Call::get(route).asking("limit", PAGE).asking("type", kind as u8);
            if let Some(after) = after {
                call = call.asking("after", after);
            }
            let page: Vec<UserSeen> = self.rest.ask(&call).await?;
            let is_last = page.len() < PAGE;
            after = page.last().map(|user| user.id);
            users.extend(page);
            if is_last {
                return Ok(users);
            }
        }
    }

    /// Gives these reactions to a message.
    pub(super) async fn give(
        &self,
        (channel, message): (ChannelId, MessageId),
        keys: &[String],
    ) -> Result<(), SendError> {
        for key in keys {
            let emoji = encoded(key);
            let route = Route::ChannelMessageReactionMe {
                channel_id: channel,
                message_id: message,
                reaction: &emoji,
            };
            self.rest
                .tell(&Call::put(route))
                .await
                .map_err(Failure::of_deed)?;
        }
        Ok(())
    }
}

/// An emoji as a part of a path.
fn encoded(key: &str) -> String {
    key.bytes().fold(String::new(), |mut encoded, byte| {
        // Writing to a String cannot fail.
        let _ = if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
            write!(encoded, "{}", char::from(byte))
        } else {
            write!(encoded, "%{byte:02X}")
        };
        encoded
    })
}
