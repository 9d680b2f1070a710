//! `relais run`: the service.

use std::sync::Arc;

use anyhow::Context;
use clap::Args;

use super::{notify, open, settings, signal, start};
use crate::{
    app::{App, events},
    chance::Chance,
    clock::SystemClock,
    config::Sources,
    run, web,
};

/// How `relais run` is used, beneath its help.
pub const AFTER_HELP: &str = "\
SIGTERM or Ctrl-C stops it: it takes nothing more in, commits what is in hand and ends within five seconds, with status 0. \
A second signal ends it at once; what was acknowledged is in the database all the same.

Examples:
  relais run --config /etc/relais/relais.toml
  RELAIS_LOG_FORMAT=json relais run";

/// Run the service until it is told to stop.
#[derive(Debug, Clone, Args)]
pub struct Arguments {}

/// Runs the service.
pub async fn execute(sources: &Sources) -> anyhow::Result<()> {
    let config = start(sources)?;
    let stop = signal::stop_on_signal().context("listening for signals")?;
    let store = open(&config).await?;
    let listener = tokio::net::TcpListener::bind(config.web.listen)
        .await
        .with_context(|| format!("listening on {}", config.web.listen))?;
    // The adapters of Matrix and Discord go here.
    let platforms = Vec::new();
    tracing::warn!("no chat platform is configured: nothing is posted");
    let parts = (Arc::new(SystemClock) as _, Chance::from_system());
    let app = Arc::new(App::new(store.clone(), settings(&config), parts, platforms).await?);
    let (_sender, receiver) = events();
    let serving = tokio::spawn(web::serve(listener, web::health_router(), stop.clone()));
    notify::ready().context("telling systemd that it runs")?;
    let ran = run::run(app, receiver, stop).await;
    // A service manager that is gone does not change how it went.
    let _ = notify::stopping();
    serving.await.context("serving")?.context("serving")?;
    store.close().await;
    ran
}
