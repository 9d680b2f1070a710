//! The embedded chat as a platform that stands still at a step of the outbox.

use std::{fmt, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use relais::{
    chat::{Capabilities, Card, Message, Platform, ReactionSeen, SendError, embedded::Embedded},
    domain::room::RoomAddress,
};

/// A step of the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Queued,
    Taken,
    Arrived,
    Looking,
    Recorded,
    Editing,
    Edited,
}

impl Step {
    pub const ALL: [Self; 7] = [
        Self::Queued,
        Self::Taken,
        Self::Arrived,
        Self::Looking,
        Self::Recorded,
        Self::Editing,
        Self::Edited,
    ];
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Queued => "rows pending, before any was taken",
            Self::Taken => "rows sending, before the platform was asked",
            Self::Arrived => "rows sending, the platform has them and it is not written down",
            Self::Looking => "rows unsure, while the platform is asked whether it has them",
            Self::Recorded => "rows sent",
            Self::Editing => "a refresh sending, before the platform was asked",
            Self::Edited => "a refresh sending, the platform has it and it is not written down",
        })
    }
}

/// The embedded chat, standing still at a step.
pub struct Standing {
    pub chat: Arc<Embedded>,
    pub step: Step,
}

impl Standing {
    /// Says that the step is reached, and goes no further; at any other step, goes on.
    async fn reach(&self, step: Step) {
        if self.step == step {
            eprintln!("{step:?}");
            std::future::pending::<()>().await;
        }
    }
}

impl Platform for Standing {
    fn name(&self) -> &'static str {
        self.chat.name()
    }

    fn capabilities(&self) -> Capabilities {
        let own = self.chat.capabilities();
        match self.step {
            Step::Queued => Capabilities {
                concurrent_sends: 0,
                ..own
            },
            _ => own,
        }
    }

    fn send<'a>(
        &'a self,
        room: &'a RoomAddress,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        async move {
            self.reach(Step::Taken).await;
            let message = self.chat.send(room, card, key).await?;
            self.reach(Step::Arrived).await;
            Ok(message)
        }
        .boxed()
    }

    fn send_direct<'a>(
        &'a self,
        account: &'a str,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        self.chat.send_direct(account, card, key)
    }

    fn edit<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
        card: &'a Card,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        async move {
            self.reach(Step::Editing).await;
            self.chat.edit(room, message, card).await?;
            self.reach(Step::Edited).await;
            Ok(())
        }
        .boxed()
    }

    fn find<'a>(
        &'a self,
        room: &'a RoomAddress,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        async move {
            self.reach(Step::Looking).await;
            self.chat.find(room, key).await
        }
        .boxed()
    }

    fn find_direct<'a>(
        &'a self,
        account: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        self.chat.find_direct(account, key)
    }

    fn withdraw<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        Platform::withdraw(&*self.chat, room, message)
    }

    fn reactions<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>> {
        self.chat.reactions(room, message)
    }
}
