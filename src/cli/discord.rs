//! Discord, as the configuration has it.

use std::sync::Arc;

use anyhow::Context;
use tokio::sync::mpsc;

use crate::{
    chat::{
        Event,
        discord::{self, Access, Connection, Discord},
    },
    clock::SystemClock,
    config::Config,
};

/// How Discord is reached; none where the configuration names no token.
pub fn access(config: &Config) -> anyhow::Result<Option<Access>> {
    let Some(token) = config.discord.token() else {
        return Ok(None);
    };
    let proxy = config.discord.rest_proxy.as_ref();
    let access = Access::new(token.clone(), proxy.map(|proxy| proxy.as_str().to_owned()));
    access.context("preparing to reach Discord").map(Some)
}

/// The bot and its connection; none where the configuration names no token.
pub fn connect(
    config: &Config,
    events: &mpsc::Sender<Event>,
) -> anyhow::Result<Option<(Arc<Discord>, Connection)>> {
    let access = access(config)?;
    Ok(access.map(|access| discord::connect(access, events.clone(), Arc::new(SystemClock))))
}
