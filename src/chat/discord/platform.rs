//! Discord as a platform: cards go out here.

use futures_util::{FutureExt, future::BoxFuture};

use super::{
    Discord, NAME, PREFIX,
    guilds::Server,
    limits::MESSAGE_EVERY,
    posting::{channel_of, message_of, user_of},
};
use crate::{
    chat::{
        Capabilities, Card, CommandShape, Message, Platform, ReactionSeen, RoomStanding, SendError, Space,
        Standing, Unasked,
    },
    domain::room::RoomAddress,
};

impl Platform for Discord {
    fn name(&self) -> &'static str {
        NAME
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            buttons_max: 25,
            // As many as go out while the first is answered, at the rate that Discord takes.
            concurrent_sends: 50,
            message_every: Some(MESSAGE_EVERY),
            edits_per_second: 10,
            unasked: Unasked::Nothing,
            command_prefix: PREFIX,
        }
    }

    fn register<'a>(&'a self, commands: &'a [CommandShape]) -> BoxFuture<'a, Result<(), SendError>> {
        self.tell_commands(commands).boxed()
    }

    fn send<'a>(
        &'a self,
        room: &'a RoomAddress,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        async move {
            let card = card.clone().typed_after(PREFIX);
            self.post(channel_of(room)?, &card, key).await
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
            let channel = self.conversation(account).await?;
            let posted = self.post(channel, &card.clone().typed_after(PREFIX), key).await;
            // Nothing that comes to be known later changes whether somebody takes messages of the bot.
            posted.map_err(|error| match error {
                SendError::Absent(error) => SendError::Refused(error),
                other => other,
            })
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
            let card = card.clone().typed_after(PREFIX);
            self.amend(channel_of(room)?, message_of(message)?, &card).await
        }
        .boxed()
    }

    fn find<'a>(
        &'a self,
        room: &'a RoomAddress,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        async move { self.look(channel_of(room)?, key).await }.boxed()
    }

    fn find_direct<'a>(
        &'a self,
        account: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        async move {
            let channel = self.conversation(account).await?;
            self.look(channel, key).await
        }
        .boxed()
    }

    fn message_link(&self, room: &RoomAddress, message: &Message) -> Option<String> {
        let channel = channel_of(room).ok()?;
        let server = self.guilds.of_channel(channel, |guild, _| guild)?;
        Some(format!(
            "https://discord.com/channels/{server}/{channel}/{}",
            message.0
        ))
    }

    fn withdraw<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move { self.take_back(channel_of(room)?, message_of(message)?).await }.boxed()
    }

    fn react<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
        keys: &'a [String],
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move { self.give((channel_of(room)?, message_of(message)?), keys).await }.boxed()
    }

    fn takes_crossposts(&self, room: &RoomAddress) -> bool {
        let can_be_followed = channel_of(room).ok().and_then(|channel| {
            let look = |_, server: &Server| server.can_be_followed(channel);
            self.guilds.of_channel(channel, look)
        });
        can_be_followed == Some(true)
    }

    fn crosspost<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move { self.pass_on(channel_of(room)?, message_of(message)?).await }.boxed()
    }

    fn reactions<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>> {
        async move { self.standing_on(channel_of(room)?, message_of(message)?).await }.boxed()
    }

    fn room_standing<'a>(&'a self, room: &'a RoomAddress) -> BoxFuture<'a, RoomStanding> {
        self.standing_in(room).boxed()
    }

    fn is_member<'a>(&'a self, account: &'a str, rooms: &'a [RoomAddress]) -> BoxFuture<'a, bool> {
        self.sees_one_of(account, rooms).boxed()
    }

    fn account_named(&self, text: &str) -> Option<String> {
        let mention = text.trim().strip_prefix("<@")?.strip_suffix('>')?;
        let account = mention.strip_prefix('!').unwrap_or(mention);
        user_of(account).ok().map(|user| user.to_string())
    }

    fn standing_named(&self, room: &RoomAddress, text: &str) -> Option<Standing> {
        self.role_named(room, text)
    }

    fn standings(&self, room: &RoomAddress) -> Vec<Standing> {
        self.roles(room)
    }

    fn has_standing<'a>(
        &'a self,
        room: &'a RoomAddress,
        account: &'a str,
        standing: &'a str,
    ) -> BoxFuture<'a, Option<bool>> {
        self.has_role(room, account, standing).boxed()
    }

    fn spaces(&self) -> BoxFuture<'_, Vec<Space>> {
        std::future::ready(self.servers()).boxed()
    }

    fn spaces_of<'a>(&'a self, room: &'a RoomAddress) -> BoxFuture<'a, Vec<RoomAddress>> {
        std::future::ready(self.server_of(room).into_iter().collect()).boxed()
    }
}
