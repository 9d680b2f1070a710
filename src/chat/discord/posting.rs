//! Messages of ours: posted once, edited, taken back, and found again.

use anyhow::{Context, anyhow};
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::{
    http::Route,
    model::id::{ChannelId, MessageId, UserId},
};
use std::{sync::PoisonError, time::Duration};

use super::{
    Discord, Identity, NAME,
    marks::Mark,
    render::{self, Draft},
    rest::{Call, Failure, code},
};
use crate::{
    chat::{Card, Message, SendError},
    domain::room::RoomAddress,
};

/// How many messages a page holds: the most that Discord gives.
const PAGE: usize = 100;
/// How many pages back a message is looked for.
const PAGES_BACK: usize = 50;
/// How far back in time, at most: what waits in the outbox for longer is a backup's.
const LOOKED_BACK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// When Discord's ids begin to count, in milliseconds.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// How long what came before the welcome is put off.
const UNACQUAINTED: Duration = Duration::from_secs(1);
/// The longest nonce.
const NONCE_MAX: usize = 25;

#[derive(Deserialize)]
struct Posted {
    id: MessageId,
}

impl Discord {
    /// Posts a card. What belongs before the message goes first: whoever finds the message finds that all of it is there. What of it was
    /// found when the message was looked for is there already.
    pub(super) async fn post(
        &self,
        channel: ChannelId,
        card: &Card,
        key: &str,
    ) -> Result<Message, SendError> {
        let mut drafts = render::drafts(card);
        let last = drafts.pop().unwrap_or_default();
        let mut mark = Mark {
            key: key.to_owned(),
            before: Vec::new(),
        };
        for (index, draft) in drafts.iter().enumerate() {
            let part = Mark::of_part(key, index);
            let posted = if let Some(posted) = self.marks.message(&part) {
                posted
            } else {
                let address = part.address();
                self.post_one(channel, (draft, Some(&address)), &nonce(key, index))
                    .await?
            };
            mark.before.push(posted);
        }
        let address = mark.address();
        let posted = self.post_one(channel, (&last, Some(&address)), key).await?;
        self.marks.put(posted, mark);
        Ok(Message(posted.to_string()))
    }

    async fn post_one(
        &self,
        channel: ChannelId,
        (draft, mark): (&Draft, Option<&str>),
        nonce: &str,
    ) -> Result<MessageId, SendError> {
        let (mut body, files) = draft.body_with_picture(mark);
        body["nonce"] = json!(nonce);
        body["enforce_nonce"] = json!(true);
        let call = Call::post(Route::ChannelMessages { channel_id: channel });
        let posted: Result<Posted, Failure> = self.rest.ask(&call.saying(body).bringing(files)).await;
        posted.map(|posted| posted.id).map_err(Failure::of_post)
    }

    /// Replaces what a message says. Its picture stays as it is.
    pub(super) async fn amend(
        &self,
        channel: ChannelId,
        message: MessageId,
        card: &Card,
    ) -> Result<(), SendError> {
        let mark = match self.marks.find(message) {
            Some(mark) => Some(mark),
            None => self.load_mark(channel, message).await?,
        };
        let mut drafts = render::drafts(card);
        let last = drafts.pop().unwrap_or_default();
        let before = mark
            .as_ref()
            .map(|mark| mark.before.as_slice())
            .unwrap_or_default();
        // What has become longer or shorter than it was is not posted anew for that.
        if before.len() == drafts.len() {
            let key = mark.as_ref().map(|mark| mark.key.as_str()).unwrap_or_default();
            for (index, (message, draft)) in before.iter().zip(&drafts).enumerate() {
                let address = Mark::of_part(key, index).address();
                self.amend_one(channel, *message, draft.body(Some(&address)))
                    .await?;
            }
        }
        let address = mark.as_ref().map(Mark::address);
        self.amend_one(channel, message, last.body(address.as_deref()))
            .await?;
        if let Some(mark) = mark {
            self.marks.put(message, mark);
        }
        Ok(())
    }

    async fn amend_one(&self, channel: ChannelId, message: MessageId, body: Value) -> Result<(), SendError> {
        let route = Route::ChannelMessage {
            channel_id: channel,
            message_id: message,
        };
        let amended = self.tell_awake(channel, &Call::patch(route).saying(body)).await;
        amended.map_err(Failure::of_deed)
    }

    /// Changes something in a channel. A thread that rests takes no change, and is woken for it as a message would wake it.
    async fn tell_awake(&self, channel: ChannelId, call: &Call<'_>) -> Result<(), Failure> {
        match self.rest.tell(call).await {
            Err(failure) if failure.is_one_of(&[code::THREAD_ARCHIVED]) => {
                let route = Route::Channel { channel_id: channel };
                let woken = Call::patch(route).saying(json!({ "archived": false }));
                self.rest.tell(&woken).await?;
                self.rest.tell(call).await
            }
            told => told,
        }
    }

    /// Takes a message back, with what belongs before it. What is gone already is gone.
    pub(super) async fn take_back(&self, channel: ChannelId, message: MessageId) -> Result<(), SendError> {
        let mark = self.load_mark(channel, message).await?;
        let before = mark.map(|mark| mark.before);
        for message in before.unwrap_or_default().into_iter().chain([message]) {
            let route = Route::ChannelMessage {
                channel_id: channel,
                message_id: message,
            };
            match self.tell_awake(channel, &Call::delete(route)).await {
                Err(failure) if !failure.is_one_of(&[code::UNKNOWN_MESSAGE]) => return Err(failure.of_deed()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Passes a message on to the channels that follow this one, with what belongs before it.
    pub(super) async fn pass_on(&self, channel: ChannelId, message: MessageId) -> Result<(), SendError> {
        let mark = match self.marks.find(message) {
            Some(mark) => Some(mark),
            None => self.load_mark(channel, message).await?,
        };
        let before = mark.map(|mark| mark.before).unwrap_or_default();
        for message in before.into_iter().chain([message]) {
            let route = Route::ChannelMessageCrosspost {
                channel_id: channel,
                message_id: message,
            };
            match self.rest.tell(&Call::post(route).repeatable()).await {
                Err(failure) if !failure.is_one_of(&[code::ALREADY_CROSSPOSTED]) => {
                    return Err(failure.of_deed());
                }
                _ => {}
            }
        }
        Ok(())
    }

    async fn load_mark(&self, channel: ChannelId, message: MessageId) -> Result<Option<Mark>, SendError> {
        let stood = self.load(channel, message).await.map_err(Failure::of_deed)?;
        Ok(stood.as_ref().and_then(Mark::of))
    }

    /// A message as it stands; none where it is gone.
    pub(super) async fn load(
        &self,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<Option<Value>, Failure> {
        let route = Route::ChannelMessage {
            channel_id: channel,
            message_id: message,
        };
        match self.rest.ask(&Call::get(route)).await {
            Ok(message) => Ok(Some(message)),
            Err(failure) if failure.is_one_of(&[code::UNKNOWN_MESSAGE]) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Looks for a message of ours by its key, the newest messages first.
    pub(super) async fn look(&self, channel: ChannelId, key: &str) -> Result<Option<Message>, SendError> {
        let own = self.identity()?.user.to_string();
        let since = self.clock.now().as_millisecond() - LOOKED_BACK_MS;
        let mut before: Option<MessageId> = None;
        for _ in 0..PAGES_BACK {
            let mut call = Call::get(Route::ChannelMessages { channel_id: channel }).asking("limit", PAGE);
            if let Some(before) = before {
                call = call.asking("before", before);
            }
            let page: Vec<Value> = self.rest.ask(&call).await.map_err(Failure::of_deed)?;
            for message in &page {
                if message["author"]["id"] != own.as_str() {
                    continue;
                }
                let (Some(mark), Some(id)) = (Mark::of(message), id_of(message)) else {
                    continue;
                };
                if mark.key == key {
                    self.marks.put(id, mark);
                    return Ok(Some(Message(id.to_string())));
                }
                if mark.is_part_of(key) {
                    self.marks.put(id, mark);
                }
            }
            let oldest = page.last().and_then(id_of);
            let is_last = page.len() < PAGE;
            match oldest {
                Some(oldest) if !is_last && sent_at_ms(oldest) > since => before = Some(oldest),
                _ => break,
            }
        }
        Ok(None)
    }

    /// The private conversation with somebody, which is opened where it was not.
    pub(super) async fn conversation(&self, account: &str) -> Result<ChannelId, SendError> {
        let user = user_of(account)?;
        if let Some(known) = self.conversations().get(&user) {
            return Ok(*known);
        }
        let call = Call::post(Route::UserMeDmChannels).saying(json!({ "recipient_id": user }));
        let opened: Result<Opened, Failure> = self.rest.ask(&call.repeatable()).await;
        let channel = opened.map_err(Failure::of_deed)?.id;
        self.conversations().insert(user, channel);
        Ok(channel)
    }

    fn conversations(&self) -> std::sync::MutexGuard<'_, std::collections::HashMap<UserId, ChannelId>> {
        self.conversations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who the bot is, or that it is too early to know.
    pub(super) fn identity(&self) -> Result<Identity, SendError> {
        self.identity.get().copied().ok_or_else(|| SendError::Retry {
            after: Some(UNACQUAINTED),
            source: anyhow!("Discord has not welcomed the bot yet"),
        })
    }
}

#[derive(Deserialize)]
struct Opened {
    id: ChannelId,
}

/// The nonce of a message that belongs before one with this key.
fn nonce(key: &str, index: usize) -> String {
    let mark = format!("-{index}");
    let kept: String = key.chars().take(NONCE_MAX - mark.len()).collect();
    format!("{kept}{mark}")
}

fn id_of(message: &Value) -> Option<MessageId> {
    let id = message["id"].as_str()?.parse().ok()?;
    Some(MessageId::new(id))
}

/// When a message was sent, which its id tells.
fn sent_at_ms(message: MessageId) -> i64 {
    i64::try_from(message.get() >> 22)
        .unwrap_or(i64::MAX)
        .saturating_add(EPOCH_MS)
}

/// The channel of an address.
pub(super) fn channel_of(room: &RoomAddress) -> Result<ChannelId, SendError> {
    let id = Some(room)
        .filter(|room| room.platform == NAME)
        .and_then(|room| number(&room.room));
    id.map(ChannelId::new)
        .with_context(|| format!("{:?} is no channel", room.room))
        .map_err(SendError::Refused)
}

/// The id of a message.
pub(super) fn message_of(message: &Message) -> Result<MessageId, SendError> {
    number(&message.0)
        .map(MessageId::new)
        .with_context(|| format!("{:?} is no message", message.0))
        .map_err(SendError::Refused)
}

/// The id of an account.
pub(super) fn user_of(account: &str) -> Result<UserId, SendError> {
    number(account)
        .map(UserId::new)
        .with_context(|| format!("{account:?} is no account"))
        .map_err(SendError::Refused)
}

/// A number that can be an id.
pub(super) fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number| *number != 0)
}
