//! `relais doctor`: says what is wrong.

use anyhow::bail;
use clap::Args;

use super::{open, start};
#[cfg(feature = "discord")]
use crate::chat::discord;
use crate::{
    config::{Config, Sources},
    domain::room::Purpose,
    store::{DeliveryState, Store},
};

/// How `relais doctor` is used, beneath its help.
pub const AFTER_HELP: &str = "\
It changes nothing and may be used while the service runs. Its status is 1 where something is wrong.

Example:
  relais doctor --config /etc/relais/relais.toml";

/// Recount everything and compare; look at the database, the outbox and the rooms, and ask Discord whether it will have the bot.
#[derive(Debug, Clone, Args)]
pub struct Arguments {}

/// The most differences that are printed.
const SHOWN_MAX: usize = 20;

/// Looks at everything and says what is wrong.
pub async fn execute(sources: &Sources) -> anyhow::Result<()> {
    let config = start(sources)?;
    let store = open(&config).await?;
    let findings = examine(&store).await? + examine_platforms(&config).await?;
    store.close().await;
    if findings > 0 {
        bail!("{findings} things are wrong; they are listed above");
    }
    println!("All is well.");
    Ok(())
}

/// Asks the platforms whether they will have the bot, where that takes no session of its own. Returns how much is wrong.
#[cfg(feature = "discord")]
async fn examine_platforms(config: &Config) -> anyhow::Result<usize> {
    let Some(access) = super::discord::access(config)? else {
        return Ok(0);
    };
    match discord::examine(access).await {
        Ok(welcome) => {
            println!(
                "discord: the token is good; connections wanted: {}, left for today: {}",
                welcome.connections, welcome.left
            );
            Ok(0)
        }
        Err(error) => {
            println!("discord: {error:#}");
            Ok(1)
        }
    }
}

/// Nothing is asked of platforms that this build does not know.
#[cfg(not(feature = "discord"))]
#[expect(clippy::unused_async, reason = "with Discord, asking waits for it")]
async fn examine_platforms(_: &Config) -> anyhow::Result<usize> {
    Ok(0)
}

/// Prints what was found. Returns how much of it is wrong.
async fn examine(store: &Store) -> anyhow::Result<usize> {
    let broken = store.check_integrity().await?;
    for line in broken.iter().take(SHOWN_MAX) {
        println!("database: {line}");
    }
    let mut reader = store.read().await?;
    let (confirmations, differences) = reader.recount().await?;
    println!("{confirmations} confirmations recounted from their signals");
    for difference in differences.iter().take(SHOWN_MAX) {
        let (row, kept, again) = (&difference.row, difference.kept, difference.recounted);
        println!("{row}: the books say {kept}, the recount {again}");
    }
    for state in [
        DeliveryState::Pending,
        DeliveryState::Unsure,
        DeliveryState::Sending,
        DeliveryState::Refused,
    ] {
        println!("deliveries {state}: {}", reader.count_deliveries(state).await?);
    }
    for purpose in Purpose::ALL {
        println!(
            "rooms for {purpose}: {}",
            reader.list_rooms_for(*purpose).await?.len()
        );
    }
    let (troubled, unreadable) = reader.count_unreadable().await?;
    if unreadable > 0 {
        println!("encrypted messages that could not be read: {unreadable}, in {troubled} rooms");
    }
    if let Some(halt) = reader.find_halt().await? {
        println!("everything that goes out is halted since {}", halt.since);
    }
    Ok(broken.len() + differences.len())
}
