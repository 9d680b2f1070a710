//! Matrix as a platform: cards go out here.

use std::{sync::atomic::Ordering, time::Duration};

use anyhow::{Context, anyhow};
use futures_util::{FutureExt, future::BoxFuture};
use matrix_sdk::{
    Room,
    config::RequestConfig,
    room::{IncludeRelations, MessagesOptions, RelationsOptions},
    ruma::{
        OwnedEventId, OwnedRoomId, OwnedUserId, UInt, UserId,
        events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent, TimelineEventType, relation::RelationType},
    },
};
use serde_json::{Value, json};

use super::{
    Matrix, NAME, PREFIX, conversation,
    failure::{read_error, send_error},
    posting::{post_content, post_picture},
    reactions::Reaction,
    render::{self, KEY, PICTURE, Tone},
    standing,
    unreadable::opened,
};
use crate::{
    chat::{
        Capabilities, Card, Message, Offered, Platform, ReactionSeen, RoomStanding, SendError, Sender, Space,
        Standing, StandingKind, Unasked,
    },
    domain::room::RoomAddress,
};

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
            unasked: Unasked::Needed,
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

    fn standing_named(&self, _: &RoomAddress, text: &str) -> Option<Standing> {
        let level = standing::level(text)?.to_string();
        Some(Standing {
            name: level.clone(),
            value: level,
            kind: StandingKind::Level,
        })
    }

    fn has_standing<'a>(
        &'a self,
        room: &'a RoomAddress,
        account: &'a str,
        standing: &'a str,
    ) -> BoxFuture<'a, Option<bool>> {
        async move {
            match (conversation::user(account), standing::level(standing)) {
                (Ok(user), Some(level)) => Some(self.has_power(room, &user, level).await),
                _ => Some(false),
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

/// Who an account is in a room, or in one that the bot is invited to, by what is known without asking the server.
pub(super) async fn sender(room: &Room, user: &UserId) -> Sender {
    let member = room.get_member_no_sync(user).await.ok().flatten();
    shown(user, member.as_ref().map(|member| member.name()))
}

/// Who several accounts are in a room that the bot is in, in one look.
pub(super) async fn senders(room: &Room, users: &[OwnedUserId]) -> Vec<Sender> {
    let client = room.client();
    let profiles = client.state_store().get_profiles(room.room_id(), users).await;
    let profiles = profiles.unwrap_or_default();
    let name = |user: &UserId| profiles.get(user)?.content.displayname.as_deref();
    users.iter().map(|user| shown(user, name(user))).collect()
}

fn shown(user: &UserId, name: Option<&str>) -> Sender {
    Sender {
        account: user.to_string(),
        name: name.unwrap_or_else(|| user.localpart()).to_owned(),
        // Matrix does not tell in which language somebody's client is.
        locale: None,
    }
}
