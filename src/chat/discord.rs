//! Discord: an application's bot, in channels and threads of servers and in private conversations.
//!
//! [`connect`] makes the bot and its connection. [`Connection::run`] keeps the gateway open and hands on what happens as events, in the
//! order in which it happened; [`Discord`] is what sends. It must not know asks, tallies or roles.

mod commands;
mod form;
mod gateway;
mod guilds;
mod incoming;
mod interactions;
mod limits;
mod marks;
mod platform;
mod posting;
mod reading;
mod render;
mod rest;
mod standing;
mod text;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

use serenity::model::id::{ApplicationId, ChannelId, UserId};
use tokio::sync::mpsc;

use super::Event;
use crate::{clock::Clock, domain::room::RoomAddress};
use form::Forms;
use guilds::Guilds;
use marks::Marks;
use rest::Rest;
use standing::Members;

pub use gateway::{Connection, Welcome, examine};
pub use rest::Access;

/// The platform's name, which its rooms' addresses carry.
pub const NAME: &str = "discord";

/// What is typed before a command.
pub const PREFIX: &str = "/";

/// Discord as a platform: cards go out through it.
pub struct Discord {
    rest: Rest,
    guilds: Guilds,
    members: Members,
    marks: Marks,
    forms: Forms,
    /// The private conversation with somebody, once it was opened.
    conversations: Mutex<HashMap<UserId, ChannelId>>,
    identity: OnceLock<Identity>,
    events: mpsc::Sender<Event>,
    clock: Arc<dyn Clock>,
}

/// Who the bot is, which Discord tells once it is connected.
#[derive(Debug, Clone, Copy)]
struct Identity {
    user: UserId,
    application: ApplicationId,
}

/// The bot and its connection, which is made by running it: that Discord cannot be reached, or refuses the bot, is found out there.
pub fn connect(
    access: Access,
    events: mpsc::Sender<Event>,
    clock: Arc<dyn Clock>,
) -> (Arc<Discord>, Connection) {
    let discord = Arc::new(Discord {
        rest: Rest::new(access),
        guilds: Guilds::default(),
        members: Members::default(),
        marks: Marks::default(),
        forms: Forms::default(),
        conversations: Mutex::default(),
        identity: OnceLock::new(),
        events,
        clock,
    });
    (Arc::clone(&discord), Connection::new(discord))
}

impl Discord {
    /// Hands on what happened. Nobody may be there any more to take it.
    async fn bring(&self, event: Event) {
        let _ = self.events.send(event).await;
    }
}

/// A channel's address, in our words.
fn address(channel: ChannelId) -> RoomAddress {
    RoomAddress {
        platform: NAME.to_owned(),
        room: channel.to_string(),
    }
}
