//! What the gateway tells, taken in the order in which it was told; and when all that was to arrive has arrived.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde::Deserialize;
use serde_json::value::RawValue;
use serenity::model::id::{ApplicationId, GuildId, UserId};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout_at},
};

use crate::chat::{
    Event,
    discord::{Discord, Identity, NAME, guilds::GuildSeen, interactions::Heard},
};

/// How long to wait for the servers that are to be told of after a welcome. One that is down is told of when it is back.
const ARRIVAL: Duration = Duration::from_secs(10);

/// Something that happened, until it is taken in its turn.
pub(super) enum Dispatch {
    /// As it was told: what kind of event it is, and what it tells.
    Told { kind: String, data: Box<RawValue> },
    /// Somebody did something, and waits already.
    Did(Box<Heard>),
}

impl Dispatch {
    /// What is to be taken in its turn of what was told. Whoever waits for an answer does so from now on, however long their turn takes.
    pub fn of(discord: &Arc<Discord>, kind: String, data: Box<RawValue>) -> Option<Self> {
        if kind != "INTERACTION_CREATE" {
            return Some(Self::Told { kind, data });
        }
        match serde_json::from_str(data.get()) {
            Ok(interaction) => discord.hear(interaction).map(|heard| Self::Did(Box::new(heard))),
            Err(error) => {
                complain(&kind, &error);
                None
            }
        }
    }
}

/// Which connections have not been welcomed yet: what may be read again is read once all have.
pub(super) struct Arrivals(Mutex<HashSet<u32>>);

impl Arrivals {
    pub fn of(shards: u32) -> Self {
        Self(Mutex::new((0..shards).collect()))
    }

    /// Counts that a connection is there. Returns whether all are.
    fn arrived(&self, shard: u32) -> bool {
        let mut missing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        missing.remove(&shard);
        missing.is_empty()
    }
}

#[derive(Deserialize)]
struct Ready {
    user: Named<UserId>,
    application: Named<ApplicationId>,
    guilds: Vec<Named<GuildId>>,
}

#[derive(Deserialize)]
struct Named<T> {
    id: T,
}

/// The servers that are still to be told of after a welcome.
struct Awaited {
    guilds: HashSet<GuildId>,
    until: Instant,
}

/// Takes what one connection brings until it ends.
pub(super) async fn dispatch(
    discord: Arc<Discord>,
    shard: (u32, u32),
    mut events: mpsc::Receiver<Dispatch>,
    arrivals: Arc<Arrivals>,
) {
    let mut awaited: Option<Awaited> = None;
    loop {
        let next = match &awaited {
            Some(awaited) => timeout_at(awaited.until, events.recv()).await,
            None => Ok(events.recv().await),
        };
        match next {
            Ok(None) => return,
            Ok(Some(Dispatch::Did(heard))) => discord.interacted(*heard).await,
            Ok(Some(Dispatch::Told { kind, data })) => {
                take(&discord, (shard, &arrivals), (&kind, data.get()), &mut awaited).await;
            }
            Err(_) => {
                let late = awaited
                    .as_mut()
                    .map(|awaited| std::mem::take(&mut awaited.guilds));
                let servers = late.map_or(0, |late| late.len());
                tracing::warn!(
                    shard = shard.0,
                    servers,
                    "Discord has not told of some servers; it does when they are back"
                );
            }
        }
        if awaited.as_ref().is_some_and(|awaited| awaited.guilds.is_empty()) {
            awaited = None;
            if arrivals.arrived(shard.0) {
                connected(&discord).await;
            }
        }
    }
}

async fn connected(discord: &Discord) {
    discord.guilds.complete();
    tracing::info!("connected to Discord");
    let platform = NAME.to_owned();
    discord.bring(Event::Connected { platform }).await;
}

async fn take(
    discord: &Arc<Discord>,
    (shard, arrivals): ((u32, u32), &Arrivals),
    (kind, data): (&str, &str),
    awaited: &mut Option<Awaited>,
) {
    match kind {
        "READY" => match serde_json::from_str::<Ready>(data) {
            Ok(ready) => {
                let guilds: HashSet<GuildId> = ready.guilds.into_iter().map(|guild| guild.id).collect();
                discord.welcomed(
                    Identity {
                        user: ready.user.id,
                        application: ready.application.id,
                    },
                    &guilds,
                    shard,
                );
                *awaited = Some(Awaited {
                    guilds,
                    until: Instant::now() + ARRIVAL,
                });
            }
            Err(error) => complain(kind, &error),
        },
        "RESUMED" => {
            tracing::info!("connected to Discord again");
            if awaited.is_none() && arrivals.arrived(shard.0) {
                connected(discord).await;
            }
        }
        "GUILD_CREATE" => match serde_json::from_str::<GuildSeen>(data) {
            Ok(guild) => {
                let was_awaited = awaited
                    .as_mut()
                    .is_some_and(|awaited| awaited.guilds.remove(&guild.id));
                discord.guild_came(guild, was_awaited).await;
            }
            Err(error) => complain(kind, &error),
        },
        kind => {
            if let Err(error) = discord.take(kind, data).await {
                complain(kind, &error);
            }
        }
    }
}

/// Whatever cannot be read is lost: somebody has to know. The error's own words may hold what somebody wrote, and are left out.
fn complain(kind: &str, error: &serde_json::Error) {
    let (why, column) = (error.classify(), error.column());
    tracing::warn!(kind, ?why, column, "an event of Discord could not be read");
}
