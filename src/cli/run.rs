//! `relais run`: the service.

use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use tokio::{sync::mpsc, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::{notify, open, settings, signal, start};
use crate::{
    app::{App, events},
    chance::Chance,
    chat::{Event, Platform, Rejected},
    clock::SystemClock,
    config::{Config, Sources},
    run,
    store::Store,
    web,
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
    let (sender, receiver) = events();
    let (platforms, connections) = connect(&config, &store, (&sender, &stop)).await?;
    if platforms.is_empty() {
        tracing::warn!("no chat platform is configured: nothing is posted");
    }
    let parts = (Arc::new(SystemClock) as _, Chance::from_system());
    let app = Arc::new(App::new(store.clone(), settings(&config), parts, platforms).await?);
    let mut router = web::health_router();
    if config.web.public_url.is_some() {
        router = router.merge(web::links_router(Arc::clone(&app)));
    }
    let serving = tokio::spawn(web::serve(listener, router, stop.clone()));
    notify::ready().context("telling systemd that it runs")?;
    let watching = tokio::spawn(watch(connections, stop.clone()));
    let ran = run::run(app, receiver, stop).await;
    // A service manager that is gone does not change how it went.
    let _ = notify::stopping();
    serving.await.context("serving")?.context("serving")?;
    let connected = watching.await.context("watching the platforms")?;
    store.close().await;
    // Events may come until the very end.
    drop(sender);
    ran.and(connected)
}

/// The connections that run beside everything else.
type Connections = JoinSet<anyhow::Result<()>>;

/// Connects to the platforms that are configured, and refuses what this build cannot connect to.
#[cfg_attr(
    not(feature = "matrix"),
    expect(clippy::unused_async, reason = "with Matrix, connecting waits for it")
)]
#[cfg_attr(
    not(any(feature = "discord", feature = "matrix")),
    expect(
        unused_mut,
        unused_variables,
        reason = "without a platform there is nothing to connect"
    )
)]
async fn connect(
    config: &Config,
    store: &Store,
    (events, stop): (&mpsc::Sender<Event>, &CancellationToken),
) -> anyhow::Result<(Vec<Arc<dyn Platform>>, Connections)> {
    let (mut platforms, mut connections) = (Vec::new(), Connections::new());
    #[cfg(feature = "matrix")]
    {
        let meant_since = store.read().await?.find_alive_at().await?;
        if let Some((platform, connection)) = super::matrix::connect(config, events.clone()).await? {
            platforms.push(Arc::new(platform) as Arc<dyn Platform>);
            let connection = connection.meant_since(meant_since);
            connections.spawn(connection.run(stop.clone()));
        }
    }
    #[cfg(feature = "discord")]
    if let Some((platform, connection)) = super::discord::connect(config, events)? {
        platforms.push(platform as Arc<dyn Platform>);
        connections.spawn(connection.run(stop.clone()));
    }
    anyhow::ensure!(
        cfg!(feature = "matrix") || config.matrix.account.is_none(),
        "the configuration names a Matrix account, and this Relais was built without Matrix"
    );
    anyhow::ensure!(
        cfg!(feature = "discord") || config.discord.token().is_none(),
        "the configuration names a Discord token, and this Relais was built without Discord"
    );
    Ok((platforms, connections))
}

/// Watches the connections to the platforms. One that ends before it is told to is a failure and stops everything, but for a platform that
/// will not have the bot while others do: whoever runs it is told what to do, and the others go on.
async fn watch(mut connections: Connections, stop: CancellationToken) -> anyhow::Result<()> {
    let mut outcome = Ok(());
    while let Some(ended) = connections.join_next().await {
        let ended = ended.context("a connection broke off")?;
        if let Err(error) = ended {
            tracing::error!(error = &*error as &dyn std::error::Error, "a platform is lost");
            if error.is::<Rejected>() && !connections.is_empty() {
                continue;
            }
            outcome = Err(error);
            stop.cancel();
        }
    }
    outcome
}
