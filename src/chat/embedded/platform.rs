//! The embedded chat as a platform: cards come in here.

use anyhow::{Context, anyhow};
use futures_util::{FutureExt, future::BoxFuture};

use super::{Embedded, NAME, PREFIX, PostId, posts::Draft};
use crate::{
    chat::{Capabilities, Card, Message, Platform, ReactionSeen, SendError, Unasked},
    domain::room::RoomAddress,
};

impl Platform for Embedded {
    fn name(&self) -> &'static str {
        NAME
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            buttons_max: 25,
            concurrent_sends: 8,
            message_every: None,
            edits_per_second: 50,
            unasked: Unasked::Welcome,
            command_prefix: PREFIX,
        }
    }

    fn send<'a>(
        &'a self,
        room: &'a RoomAddress,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        async move { self.deliver(self.room_of(room)?, card, key).await }.boxed()
    }

    fn send_direct<'a>(
        &'a self,
        account: &'a str,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        async move { self.deliver(&self.direct_of(account)?, card, key).await }.boxed()
    }

    fn edit<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
        card: &'a Card,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move {
            let (room, id) = (self.room_of(room)?, post_of(message)?);
            if self.amend(room, &id, card).await.map_err(retry)? {
                Ok(())
            } else {
                Err(SendError::Refused(anyhow!("there is no message {id} of ours")))
            }
        }
        .boxed()
    }

    fn withdraw<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move {
            let (room, id) = (self.room_of(room)?, post_of(message)?);
            if Self::withdraw(self, room, &id).await.map_err(retry)? {
                Ok(())
            } else {
                Err(SendError::Refused(anyhow!("there is no message {id} of ours")))
            }
        }
        .boxed()
    }

    fn find<'a>(
        &'a self,
        room: &'a RoomAddress,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        async move { self.look(self.room_of(room)?, key).await }.boxed()
    }

    /// The page reads what follows the `#` in its own address.
    fn message_link(&self, room: &RoomAddress, message: &Message) -> Option<String> {
        Some(format!("#/{}/{}", self.room_of(room).ok()?, message.0))
    }

    fn find_direct<'a>(
        &'a self,
        account: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        async move { self.look(&self.direct_of(account)?, key).await }.boxed()
    }

    /// Everybody is in every room.
    fn is_member<'a>(&'a self, account: &'a str, rooms: &'a [RoomAddress]) -> BoxFuture<'a, bool> {
        let is_there = self.person(account).is_some();
        let is_member = is_there && rooms.iter().any(|room| self.room_of(room).is_ok());
        std::future::ready(is_member).boxed()
    }

    fn reactions<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>> {
        async move {
            let (room, id) = (self.room_of(room)?, post_of(message)?);
            let standing = self.standing(room, &id).await.map_err(retry)?;
            let standing = standing
                .with_context(|| format!("there is no message {id}"))
                .map_err(SendError::Refused)?;
            let seen = standing.reactions.into_iter().filter_map(|reaction| {
                Some(ReactionSeen {
                    sender: self.person(&reaction.person)?.sender(),
                    key: reaction.key,
                })
            });
            Ok(seen.collect())
        }
        .boxed()
    }
}

impl Embedded {
    async fn deliver(&self, room: &str, card: &Card, key: &str) -> Result<Message, SendError> {
        let recorded = self.record(room, Draft::of_bot(room, card).keyed(key)).await;
        // A history that failed may have kept the message all the same.
        recorded.map(Message::from).map_err(SendError::Unsure)
    }

    async fn look(&self, room: &str, key: &str) -> Result<Option<Message>, SendError> {
        let found = self.keyed(room, key).await.map_err(retry)?;
        Ok(found.map(Message::from))
    }

    fn room_of<'a>(&self, address: &'a RoomAddress) -> Result<&'a str, SendError> {
        if address.platform == NAME && self.has_room(&address.room) {
            Ok(&address.room)
        } else {
            Err(SendError::Refused(anyhow!("there is no room {:?}", address.room)))
        }
    }

    fn direct_of(&self, account: &str) -> Result<String, SendError> {
        let room = Self::direct(account);
        if self.has_room(&room) {
            Ok(room)
        } else {
            Err(SendError::Refused(anyhow!("there is no account {account:?}")))
        }
    }
}

fn post_of(message: &Message) -> Result<PostId, SendError> {
    PostId::parse(&message.0)
        .with_context(|| format!("{:?} is no message", message.0))
        .map_err(SendError::Refused)
}

const fn retry(source: anyhow::Error) -> SendError {
    SendError::Retry { after: None, source }
}
