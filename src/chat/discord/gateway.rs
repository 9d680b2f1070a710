//! The gateway: as many connections as Discord wants, opened in its rhythm, each kept by [`shard`].
//!
//! serenity's own shard cannot be read from outside its client, which runs each handler as a task of its own and so loses the order;
//! and it resumes at the address where it began rather than at that which Discord gave. So the connection is ours, and what is said on
//! it is serenity's.

mod dispatch;
mod shard;

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use serde::Deserialize;
use serenity::{http::Route, model::gateway::GatewayIntents};
use tokio::{
    sync::Mutex,
    task::JoinSet,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{
    Discord,
    rest::{Access, Call, Failure, Rest},
};
use crate::chat::Rejected;
use dispatch::Arrivals;
use shard::Shard;

/// What the bot is told of: servers with their channels and roles, and reactions. None of it is privileged; commands, presses and forms
/// come without being asked for.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGE_REACTIONS);
/// Between two introductions in the same row.
const INTRODUCTION_EVERY: Duration = Duration::from_secs(5);
/// How long to wait before Discord is asked again where the gateway is, and at most.
const ASK_AGAIN: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(1));
/// What lasted so long did not end for how it began.
const LASTING: Duration = Duration::from_mins(1);

/// Why Discord will not have the bot, and what is to be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Refusal {
    /// The token is wrong, or was revoked.
    #[error(
        "Discord refuses the bot's token: on the page \"Bot\" of the application in Discord's developer portal, press \"Reset Token\", \
         put the new one into the file that discord.token_file names, and restart Relais"
    )]
    Token,
    /// What it asked to be told of.
    #[error(
        "Discord does not tell the bot of what it needs to know (close code {0}): Relais asks for no privileged intent, so see on the page \
         \"Bot\" of the application in Discord's developer portal whether it was limited, update Relais, and restart it"
    )]
    Intents(u16),
    /// How the connection was made.
    #[error(
        "Discord does not take the connection as Relais makes it (close code {0}): update Relais, and restart it"
    )]
    Connection(u16),
}

/// Why a connection does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parting {
    /// Discord will not have the bot.
    Refused(Refusal),
    /// Discord wants another number of connections.
    Recounted,
}

impl From<Refusal> for Parting {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Refusal> for Rejected {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.into())
    }
}

/// Where the gateway is, and how it is to be entered.
#[derive(Debug, Deserialize)]
struct Entrance {
    url: String,
    shards: u32,
    session_start_limit: StartLimit,
}

#[derive(Debug, Deserialize)]
struct StartLimit {
    remaining: u32,
    /// In milliseconds.
    reset_after: u64,
    max_concurrency: u32,
}

/// What Discord tells of a bot that it will have.
#[derive(Debug, Clone, Copy)]
pub struct Welcome {
    /// How many connections it wants.
    pub connections: u32,
    /// How many more may be begun today.
    pub left: u32,
}

/// Asks Discord whether it will have the bot, without connecting to it.
///
/// # Errors
///
/// When it will not, or could not be asked.
pub async fn examine(access: Access) -> anyhow::Result<Welcome> {
    match Rest::new(access)
        .ask::<Entrance>(&Call::get(Route::GatewayBot))
        .await
    {
        Ok(entrance) => Ok(Welcome {
            connections: entrance.shards,
            left: entrance.session_start_limit.remaining,
        }),
        Err(Failure::TokenRefused) => Err(Rejected::from(Refusal::Token).into()),
        Err(error) => Err(error).context("asking whether the token is good"),
    }
}

/// The connection to the gateway.
pub struct Connection {
    discord: Arc<Discord>,
}

/// When the connections of each row introduced themselves last.
struct Rows(Vec<Mutex<Option<Instant>>>);

impl Rows {
    fn new(concurrency: u32) -> Self {
        Self((0..concurrency.max(1)).map(|_| Mutex::new(None)).collect())
    }

    /// Waits until a connection may introduce itself, and counts that it does.
    async fn wait(&self, shard: u32) {
        let rows = u32::try_from(self.0.len()).unwrap_or(1);
        let Some(row) = self.0.get((shard % rows) as usize) else {
            return;
        };
        let mut last = row.lock().await;
        if let Some(last) = *last {
            tokio::time::sleep_until(last + INTRODUCTION_EVERY).await;
        }
        *last = Some(Instant::now());
    }
}

impl Connection {
    pub(super) const fn new(discord: Arc<Discord>) -> Self {
        Self { discord }
    }

    /// Keeps the gateway open until told to stop.
    ///
    /// # Errors
    ///
    /// When Discord will not have the bot: [`Rejected`]. Whatever passes by itself is waited for.
    pub async fn run(self, stop: CancellationToken) -> anyhow::Result<()> {
        let mut wait = Duration::ZERO;
        loop {
            let coming_in = async {
                sleep(wait).await;
                enter(&self.discord, None).await
            };
            let Some(entrance) = stop.run_until_cancelled(coming_in).await else {
                return Ok(());
            };
            let entrance = entrance.map_err(Rejected::from)?;
            let began = Instant::now();
            match self.keep_open(&entrance, &stop).await? {
                None => return Ok(()),
                Some(Parting::Refused(refusal)) => return Err(Rejected::from(refusal).into()),
                Some(Parting::Recounted) if began.elapsed() > LASTING => wait = Duration::ZERO,
                Some(Parting::Recounted) => wait = (wait * 2).clamp(ASK_AGAIN.0, ASK_AGAIN.1),
            }
        }
    }

    /// Keeps as many connections as Discord wants. Returns why they cannot go on so, unless they were told to stop.
    async fn keep_open(
        &self,
        entrance: &Entrance,
        stop: &CancellationToken,
    ) -> anyhow::Result<Option<Parting>> {
        let shards = entrance.shards.max(1);
        tracing::info!(shards, "connecting to Discord");
        let rows = Arc::new(Rows::new(entrance.session_start_limit.max_concurrency));
        let arrivals = Arc::new(Arrivals::of(shards));
        // One that cannot go on ends them all.
        let stop = stop.child_token();
        let mut running = JoinSet::new();
        for number in 0..shards {
            let shard = Shard {
                discord: Arc::clone(&self.discord),
                number: (number, shards),
                url: entrance.url.clone(),
                rows: Arc::clone(&rows),
                arrivals: Arc::clone(&arrivals),
            };
            running.spawn(shard.run(stop.clone()));
        }
        let mut outcome = None;
        let refused = self.discord.rest.refused();
        tokio::pin!(refused);
        loop {
            let parting = tokio::select! {
                ended = running.join_next() => match ended {
                    Some(ended) => ended?.err(),
                    None => return Ok(outcome),
                },
                // The gateway may go on for a while with a token that is none any more.
                () = &mut refused, if outcome.is_none() => Some(Parting::Refused(Refusal::Token)),
            };
            if let Some(parting) = parting {
                if matches!(parting, Parting::Refused(_)) {
                    self.discord.rest.refuse();
                }
                outcome = Some(parting);
                stop.cancel();
            }
        }
    }
}

/// Asks where the gateway is until that is told, and until it may be entered so many times: once for each connection, where that is not
/// said.
async fn enter(discord: &Discord, times: Option<u32>) -> Result<Entrance, Refusal> {
    let mut wait = ASK_AGAIN.0;
    loop {
        let asked: Result<Entrance, Failure> = discord.rest.ask(&Call::get(Route::GatewayBot)).await;
        let error = match asked {
            Ok(entrance) if entrance.session_start_limit.remaining >= times.unwrap_or(entrance.shards) => {
                return Ok(entrance);
            }
            Ok(entrance) => {
                let wait = Duration::from_millis(entrance.session_start_limit.reset_after);
                tracing::warn!(
                    wait.s = wait.as_secs(),
                    "the bot connected too often today: Discord lets it in again later"
                );
                sleep(wait.max(ASK_AGAIN.1)).await;
                continue;
            }
            Err(Failure::TokenRefused) => return Err(Refusal::Token),
            Err(error) => error,
        };
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "Discord could not be asked where its gateway is; it is asked again"
        );
        sleep(wait).await;
        wait = (wait * 2).min(ASK_AGAIN.1);
    }
}
