//! A working model of Discord on loopback: REST and gateway, with people in it who press, react, type and submit.
//!
//! It keeps what it was told and tells it again as Discord would; what goes wrong goes wrong on demand. It knows nothing of Relais.
//! Whoever owns it is told, when it goes, of each request that no client of Discord may make.

mod application;
pub mod channel;
mod decision;
pub mod faults;
pub mod gateway;
pub mod guild;
mod http;
pub mod interaction;
pub mod journal;
pub mod limits;
pub mod message;
mod nonce;
pub mod openapi;
mod people;
pub mod permission;
pub mod person;
mod refusal;
mod rest;
mod route;
pub mod server;
pub mod shown;
mod slash;
mod snowflake;
pub mod state;
mod tls;
mod trouble;
mod world;

use std::sync::Arc;

use relais::{
    cli::demo::AdjustableClock,
    clock::{Clock, SystemClock},
};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

pub use person::Person;
pub use server::Server;
pub use snowflake::Id;
pub use state::State;
pub use world::World;

use crate::log;
use shown::words_of;
use state::File;

/// Where a message stands: its channel, and its id.
pub type At = (Id, Id);

/// The model, as whoever tests sees it. Dropping it closes it.
pub struct Model {
    world: Arc<World>,
    clock: Arc<AdjustableClock>,
    /// Aborted with it.
    serving: Vec<JoinHandle<()>>,
}

impl Model {
    /// Opens an empty Discord that shows the machine's time.
    pub async fn start() -> Self {
        Self::start_at(Arc::new(AdjustableClock::starting_at(SystemClock.now()))).await
    }

    /// Opens one that shows this time. Limits and the three seconds of an interaction are of the machine's time all the same.
    pub async fn start_at(clock: Arc<AdjustableClock>) -> Self {
        log::listen();
        log::watch(&[UNREADABLE]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let world = Arc::new(World::new(State::new(Arc::clone(&clock), address)));
        let router = http::router(&world);
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            world,
            clock,
            serving: vec![serving],
        }
    }

    /// `http://127.0.0.1:PORT`, below which is `/api/v10`.
    pub fn url(&self) -> String {
        format!("http://{}", self.world.lock().address)
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.world.lock().application.token.clone()
    }

    pub fn application(&self) -> Id {
        self.world.lock().application.id
    }

    pub fn bot(&self) -> Id {
        self.world.lock().application.bot
    }

    /// The time that it shows, which a test moves forward.
    pub fn clock(&self) -> &Arc<AdjustableClock> {
        &self.clock
    }

    /// Founds a guild, whose owner is new too, with the bot in it.
    pub fn guild(&self, name: &str) -> Server {
        let owner = self.user(&format!("Propriétaire de {name}"), "fr");
        Server::found(&self.world, name, owner)
    }

    /// Somebody new, who uses Discord in this language (`fr`, `en-US`).
    pub fn user(&self, name: &str, locale: &str) -> Person {
        Person::join(&self.world, name, locale)
    }

    /// What can be read in a channel, oldest first: not what is for one person alone.
    pub fn messages(&self, channel: Id) -> Vec<Value> {
        let state = self.world.lock();
        let bot = state.application.bot;
        let messages = state
            .channels
            .get(&channel)
            .map(|channel| channel.messages.values());
        let public = messages
            .into_iter()
            .flatten()
            .filter(|message| message.private_to.is_none());
        public.map(|message| message.seen_by(bot)).collect()
    }

    /// One message as it is now.
    pub fn message(&self, at: At) -> Option<Value> {
        let state = self.world.lock();
        let found = state.message(at.0, at.1).ok()?;
        Some(found.seen_by(state.application.bot))
    }

    /// Whose reaction of this kind stands below a message.
    pub fn reactions(&self, at: At, emoji: &str) -> Vec<Id> {
        let state = self.world.lock();
        let Ok(message) = state.message(at.0, at.1) else {
            return Vec::new();
        };
        let those = message
            .reactions
            .iter()
            .filter(|reaction| reaction.emoji.name == emoji);
        those
            .flat_map(|reaction| reaction.by.union(&reaction.burst_by))
            .copied()
            .collect()
    }

    /// The next message of the bot in a channel, now or in time, whose words have this in them.
    pub async fn posted(&self, channel: Id, words: &str) -> At {
        let bot = self.bot();
        let what = format!("a message with {words:?}");
        self.until(&what, |state| {
            let messages = &state.channels.get(&channel)?.messages;
            let found = messages.values().rev().find(|message| {
                let author = Id::of(&message.object["author"]["id"]);
                message.private_to.is_none()
                    && author == Some(bot)
                    && words_of(&message.object).contains(words)
            });
            found.and_then(|message| Some((channel, Id::of(&message.object["id"])?)))
        })
        .await
    }

    /// Waits until something is found; looks whenever something happened.
    pub async fn until<T>(&self, what: &str, check: impl FnMut(&mut State) -> Option<T>) -> T {
        self.world.until(what, check).await
    }

    /// Looks at what there is.
    pub fn look<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.world.lock())
    }

    /// Waits until the bot has a session on each of so many shards.
    pub async fn connected(&self, shards: usize) {
        self.until("the bot is connected", |state| {
            (state.gateway.connected().count() >= shards).then_some(())
        })
        .await;
    }

    /// What was asked of REST so far, in order.
    pub fn requests(&self) -> Vec<journal::Request> {
        self.world.lock().journal.requests.clone()
    }

    /// The commands that the bot registered.
    pub fn commands(&self) -> Vec<Value> {
        self.world.lock().application.commands.clone()
    }

    /// A file that was uploaded, by the address that Discord gave it.
    pub fn file(&self, url: &str) -> Option<File> {
        let id = url.rsplit('/').nth(1)?.parse().ok()?;
        self.world.lock().files.get(&id).cloned()
    }

    /// Takes what was wrong so far, for a test that wanted it to be: what no client may ask, and what the bot's log says that it could not
    /// read of what it was told.
    pub fn take_violations(&self) -> Vec<String> {
        let mut violations = std::mem::take(&mut self.world.lock().journal.violations);
        violations.extend(Self::take_unreadable(false));
        violations
    }

    /// Takes what the bot's log says that it could not read: what a test planted, or what is none of that. The log is that of all tests
    /// of this process.
    pub fn take_unreadable(is_planted: bool) -> Vec<String> {
        log::take(|line| line.contains(UNREADABLE) && line.contains(PLANTED) == is_planted)
    }
}

/// What is logged where something that Discord told is lost.
const UNREADABLE: &str = "an event of Discord could not be read";
/// The event of which a test plants one that cannot be read.
pub const PLANTED: &str = "MESSAGE_REACTION_REMOVE_EMOJI";

impl Drop for Model {
    fn drop(&mut self) {
        self.serving.iter().for_each(JoinHandle::abort);
        let violations = self.take_violations();
        if !std::thread::panicking() {
            assert!(
                violations.is_empty(),
                "Discord would not have it:\n{}",
                violations.join("\n")
            );
        }
    }
}
