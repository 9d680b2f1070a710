//! Matrix as a platform: cards go out here.

use std::{sync::atomic::Ordering, time::Duration};

use anyhow::{Context, anyhow};
use futures_util::{FutureExt, future::BoxFuture};
use matrix_sdk::{
    Error, Room,
    attachment::{AttachmentConfig, AttachmentInfo, BaseImageInfo},
    config::RequestConfig,
    room::{IncludeRelations, MessagesOptions, RelationsOptions},
    ruma::{
        OwnedEventId, OwnedRoomId, OwnedTransactionId, OwnedUserId, UInt,
        api::error::{ErrorKind, RetryAfter},
        events::{
            AnySyncMessageLikeEvent, AnySyncTimelineEvent, TimelineEventType, relation::RelationType,
            room::message::TextMessageEventContent,
        },
    },
};
use serde_json::{Map, Value, json};

use super::{
    Matrix, NAME, PREFIX, conversation, dimensions,
    reactions::Reaction,
    render::{self, KEY, PICTURE, Tone},
    standing,
    unreadable::opened,
};
use crate::{
    chat::{
        Attachment, Capabilities, Card, Message, Offered, Picture, Platform, ReactionSeen, RoomStanding,
        SendError, Sender, Space,
    },
    domain::room::RoomAddress,
};

/// How long to wait where a server asks for patience and does not say for how long.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many messages a page holds in which one is looked for; most often it is among the last.
pub(super) const PAGE: u32 = 100;
/// How many reactions a page holds: the most that Synapse gives. Other servers give fewer.
const REACTIONS: u32 = 1000;
/// How long after a start it is tried again what came before the first answer.
const UNACQUAINTED: Duration = Duration::from_secs(1);
/// How many pages back a message is looked for by its key. A homeserver remembers transactions for a day, and no room has more
/// messages in a day.
pub(super) const PAGES_BACK: usize = 50;

impl Platform for Matrix {
    fn name(&self) -> &'static str {
        NAME
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            buttons_max: 0,
            concurrent_sends: 8,
            message_every: None,
            edits_per_second: 5,
            private_makes_room: true,
            command_prefix: PREFIX,
        }
    }

    fn send<'a>(
        &'a self,
        room: &'a RoomAddress,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        async move {
            let room = self.room(room)?;
            let prefix = if conversation::is_private(&room).await {
                ""
            } else {
                PREFIX
            };
            self.post(&room, &card.clone().typed_after(prefix), key).await
        }
        .boxed()
    }

    fn send_direct<'a>(
        &'a self,
        account: &'a str,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        async move {
            let room = self.conversation(account).await?;
            self.post(&room, &card.clone().typed_after(""), key).await
        }
        .boxed()
    }

    fn edit<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
        card: &'a Card,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move {
            let room = self.room(room)?;
            self.answering.let_pass().await;
            let replacement = render::content(&card.clone().typed_after(PREFIX), Tone::Message);
            // A client that knows no edits shows this instead.
            let mut content = replacement.clone();
            content.insert("m.new_content".to_owned(), Value::Object(replacement));
            content.insert(
                "m.relates_to".to_owned(),
                json!({ "rel_type": "m.replace", "event_id": message.0 }),
            );
            room.send_raw("m.room.message", Value::Object(content))
                .with_request_config(RequestConfig::new().disable_retry())
                .await
                .map_err(send_error)?;
            Ok(())
        }
        .boxed()
    }

    fn find<'a>(
        &'a self,
        room: &'a RoomAddress,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        async move { self.look(&self.room(room)?, key).await }.boxed()
    }

    fn find_direct<'a>(
        &'a self,
        account: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        async move {
            self.must_know_rooms()?;
            match self.find_conversation(&conversation::user(account)?).await {
                Some(room) => self.look(&room, key).await,
                None => Ok(None),
            }
        }
        .boxed()
    }

    fn withdraw<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move { self.redact(&self.room(room)?, message).await }.boxed()
    }

    fn react<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
        keys: &'a [String],
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move { self.seed(&self.room(room)?, message, keys).await }.boxed()
    }

    fn takes_offers(&self) -> bool {
        true
    }

    fn offer<'a>(
        &'a self,
        room: &'a RoomAddress,
        commands: &'a [Offered],
    ) -> BoxFuture<'a, Result<bool, SendError>> {
        async move { self.describe(&self.room(room)?, commands).await }.boxed()
    }

    /// Reactions are never encrypted.
    fn shows_reactions_to_servers(&self, room: &RoomAddress) -> bool {
        let room = self.room(room);
        room.is_ok_and(|room| room.encryption_state().is_encrypted())
    }

    fn message_link(&self, room: &RoomAddress, message: &Message) -> Option<String> {
        let room: OwnedRoomId = room.room.as_str().try_into().ok()?;
        let event: OwnedEventId = message.0.as_str().try_into().ok()?;
        let via = self.user.server_name().to_owned();
        Some(room.matrix_to_event_uri_via(event, [via]).to_string())
    }

    fn reactions<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>> {
        async move { self.standing(&self.room(room)?, message).await }.boxed()
    }

    fn room_standing<'a>(&'a self, room: &'a RoomAddress) -> BoxFuture<'a, RoomStanding> {
        self.standing_in(room).boxed()
    }

    fn follow<'a>(
        &'a self,
        room: &'a RoomAddress,
        to: &'a RoomAddress,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        self.join_next(room, to).boxed()
    }

    fn is_member<'a>(&'a self, account: &'a str, rooms: &'a [RoomAddress]) -> BoxFuture<'a, bool> {
        async move {
            match conversation::user(account) {
                Ok(user) => self.is_in_one_of(&user, rooms).await,
                Err(_) => false,
            }
        }
        .boxed()
    }

    fn standing_named(&self, text: &str) -> Option<String> {
        standing::level(text).map(|level| level.to_string())
    }

    fn has_standing<'a>(
        &'a self,
        room: &'a RoomAddress,
        account: &'a str,
        standing: &'a str,
    ) -> BoxFuture<'a, bool> {
        async move {
            match (conversation::user(account), standing::level(standing)) {
                (Ok(user), Some(level)) => self.has_power(room, &user, level).await,
                _ => false,
            }
        }
        .boxed()
    }

    fn spaces(&self) -> BoxFuture<'_, Vec<Space>> {
        async { self.joined_spaces() }.boxed()
    }

    fn spaces_of<'a>(&'a self, room: &'a RoomAddress) -> BoxFuture<'a, Vec<RoomAddress>> {
        self.spaces_that_list(room).boxed()
    }
}

impl Matrix {
    fn room(&self, address: &RoomAddress) -> Result<Room, SendError> {
        self.must_know_rooms()?;
        let id = OwnedRoomId::try_from(address.room.as_str());
        let room = id.ok().and_then(|id| self.client.get_room(&id));
        room.filter(|room| address.platform == NAME && room.state() == matrix_sdk::RoomState::Joined)
            .with_context(|| format!("the bot is not in the room {:?}", address.room))
            .map_err(SendError::Absent)
    }

    /// Puts off what wants a room while a new session has not read yet in which rooms it is.
    pub(super) fn must_know_rooms(&self) -> Result<(), SendError> {
        if self.knows_rooms.load(Ordering::Acquire) {
            return Ok(());
        }
        Err(SendError::Retry {
            after: Some(UNACQUAINTED),
            source: anyhow!("the homeserver has not told yet in which rooms the account is"),
        })
    }

    /// Posts a card, its picture first: whoever finds the message by its key finds that the picture is there too.
    async fn post(&self, room: &Room, card: &Card, key: &str) -> Result<Message, SendError> {
        self.answering.let_pass().await;
        let picture = match &card.picture {
            Some(picture) => Some(post_picture(room, picture, Some(key)).await?),
            None => None,
        };
        let mut content = render::content(card, Tone::Message);
        if let Some(picture) = picture {
            content.insert(PICTURE.to_owned(), json!(picture));
        }
        content.insert(KEY.to_owned(), json!(key));
        post_content(room, content, Some(key)).await
    }

    /// Looks for a message of ours by its key, the newest messages first.
    async fn look(&self, room: &Room, key: &str) -> Result<Option<Message>, SendError> {
        let mut options = MessagesOptions::backward();
        for _ in 0..PAGES_BACK {
            options.limit = UInt::from(PAGE);
            // However much others say there: what is sought is ours.
            options.filter.senders = Some(vec![self.user.clone()]);
            options.filter.types = Some(vec!["m.room.message".to_owned(), "m.room.encrypted".to_owned()]);
            let page = room.messages(options).await.map_err(read_error)?;
            for event in page.chunk {
                if event.sender().is_none_or(|sender| sender != self.user) {
                    continue;
                }
                let event = opened(room, event).await;
                let content: Option<Value> = event.raw().get_field("content").ok().flatten();
                let is_it = content.is_some_and(|content| content[KEY] == key);
                if let Some(id) = event.event_id().filter(|_| is_it) {
                    return Ok(Some(Message(id.to_string())));
                }
            }
            let Some(end) = page.end else { break };
            options = MessagesOptions::backward().from(end.as_str());
        }
        Ok(None)
    }

    /// Every reaction that stands on a message but our own.
    async fn standing(&self, room: &Room, message: &Message) -> Result<Vec<ReactionSeen>, SendError> {
        let message: OwnedEventId = message
            .0
            .as_str()
            .try_into()
            .map_err(|error| SendError::Refused(anyhow!("{:?} is no message: {error}", message.0)))?;
        let mut standing = Vec::new();
        let mut from = None;
        loop {
            let options = RelationsOptions {
                from: from.take(),
                limit: Some(UInt::from(REACTIONS)),
                include_relations: IncludeRelations::RelationsOfTypeAndEventType(
                    RelationType::Annotation,
                    TimelineEventType::Reaction,
                ),
                ..RelationsOptions::default()
            };
            let page = room
                .relations(message.clone(), options)
                .await
                .map_err(read_error)?;
            let mut reactions = Vec::with_capacity(page.chunk.len());
            for event in &page.chunk {
                let Ok(AnySyncTimelineEvent::MessageLike(AnySyncMessageLikeEvent::Reaction(event))) =
                    event.raw().deserialize()
                else {
                    continue;
                };
                let Some(event) = event.as_original().filter(|event| event.sender != self.user) else {
                    continue;
                };
                let reaction = Reaction {
                    sender: event.sender.clone(),
                    message: message.clone(),
                    key: event.content.relates_to.key.clone(),
                };
                self.reactions.note(event.event_id.clone(), reaction.clone());
                reactions.push(reaction);
            }
            let people: Vec<_> = reactions.iter().map(|reaction| reaction.sender.clone()).collect();
            let people = senders(room, &people).await;
            standing.extend(reactions.into_iter().zip(people).map(|(reaction, sender)| {
                let key = reaction.key;
                ReactionSeen { sender, key }
            }));
            match page.next_batch_token {
                Some(token) => from = Some(token),
                None => return Ok(standing),
            }
        }
    }
}

/// Who an account is in a room, by what is known without asking the server.
pub(super) async fn sender(room: &Room, user: &matrix_sdk::ruma::UserId) -> Sender {
    let member = room.get_member_no_sync(user).await.ok().flatten();
    let name = member
        .as_ref()
        .map_or_else(|| user.localpart(), |member| member.name());
    Sender {
        account: user.to_string(),
        name: name.to_owned(),
        // Matrix does not tell in which language somebody's client is.
        locale: None,
    }
}

/// The same of several, in one look.
pub(super) async fn senders(room: &Room, users: &[OwnedUserId]) -> Vec<Sender> {
    let client = room.client();
    let profiles = client.state_store().get_profiles(room.room_id(), users).await;
    let profiles = profiles.unwrap_or_default();
    let sender = |user: &OwnedUserId| {
        let profile = profiles.get(&**user);
        let name = profile.and_then(|profile| profile.content.displayname.as_deref());
        Sender {
            account: user.to_string(),
            name: name.unwrap_or_else(|| user.localpart()).to_owned(),
            locale: None,
        }
    };
    users.iter().map(sender).collect()
}

/// Posts a message. What was sent with the same key from here in the last day is not posted again.
pub(super) async fn post_content(
    room: &Room,
    content: Map<String, Value>,
    key: Option<&str>,
) -> Result<Message, SendError> {
    let request = room.send_raw("m.room.message", Value::Object(content));
    let transaction = key.map(OwnedTransactionId::from);
    let sent = match &transaction {
        // What the server does not take now goes back to the outbox, where something may be due before it.
        Some(transaction) => {
            let once = RequestConfig::new().disable_retry();
            request
                .with_transaction_id(transaction)
                .with_request_config(once)
                .await
        }
        None => request.await,
    };
    let sent = sent.map_err(send_error)?;
    Ok(Message(sent.response.event_id.to_string()))
}

/// Posts a picture with what it shows. What was sent with the same key from here in the last day is not posted again.
pub(super) async fn post_picture(
    room: &Room,
    picture: &Picture,
    key: Option<&str>,
) -> Result<OwnedEventId, SendError> {
    let media_type = picture
        .media_type
        .parse()
        .with_context(|| format!("{:?} is no type of a picture", picture.media_type))
        .map_err(SendError::Refused)?;
    let (width, height) = dimensions::of(&picture.bytes).unzip();
    let info = BaseImageInfo {
        size: UInt::try_from(picture.bytes.len()).ok(),
        width: width.map(UInt::from),
        height: height.map(UInt::from),
        ..BaseImageInfo::default()
    };
    let transaction = key.map(|key| OwnedTransactionId::from(format!("{key}.picture")));
    let config = transaction
        .into_iter()
        .fold(AttachmentConfig::new(), AttachmentConfig::txn_id)
        .info(AttachmentInfo::Image(info))
        .caption(Some(TextMessageEventContent::plain(&picture.alt)));
    let sent = room
        .send_attachment(&picture.name, &media_type, picture.bytes.to_vec(), config)
        .await
        .map_err(send_error)?;
    Ok(sent.event_id)
}

/// Posts a file.
pub(super) async fn post_file(room: &Room, file: &Attachment) -> Result<(), SendError> {
    let sent = room.send_attachment(
        &file.name,
        &mime::APPLICATION_OCTET_STREAM,
        file.bytes.to_vec(),
        AttachmentConfig::new(),
    );
    sent.await.map_err(send_error)?;
    Ok(())
}

/// Why something was not sent.
pub(super) fn send_error(error: Error) -> SendError {
    match error.client_api_error_kind() {
        Some(ErrorKind::LimitExceeded(limit)) => SendError::Limited {
            after: limit.retry_after.as_ref().and_then(after).unwrap_or(PATIENCE),
            source: error.into(),
        },
        // The session is over: somebody has to log in anew, and what waits then goes out.
        Some(ErrorKind::UnknownToken(_) | ErrorKind::MissingToken) => SendError::Retry {
            after: None,
            source: error.into(),
        },
        // The server stumbled, and may have taken it all the same.
        _ if has_stumbled(&error) => SendError::Unsure(error.into()),
        Some(ErrorKind::Forbidden) => SendError::Absent(error.into()),
        Some(_) => SendError::Refused(error.into()),
        None if matches!(error, Error::Http(_)) => SendError::Unsure(error.into()),
        None => SendError::Retry {
            after: None,
            source: error.into(),
        },
    }
}

fn has_stumbled(error: &Error) -> bool {
    let status = error.as_client_api_error().map(|error| error.status_code);
    status.is_some_and(|status| status.is_server_error())
}

/// Why something could not be read.
pub(super) fn read_error(error: Error) -> SendError {
    match send_error(error) {
        SendError::Unsure(source) => SendError::Retry { after: None, source },
        other => other,
    }
}

fn after(retry: &RetryAfter) -> Option<Duration> {
    match retry {
        RetryAfter::Delay(delay) => Some(*delay),
        RetryAfter::DateTime(_) => None,
    }
}
