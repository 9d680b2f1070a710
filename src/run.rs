//! Everything that runs while Relais runs: each task, started together and stopped in order.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use anyhow::Context;
use jiff::SignedDuration;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    chat::Event,
    command, delivery,
    intake::{self, Intake},
    registration, rooms,
    router::Router,
    schedule,
};

/// How long what is in hand may take once everything is told to stop.
const GRACE: Duration = Duration::from_secs(4);
/// How long what was carried out is remembered, counted back from when nothing may have been missed: a platform that tells of it again
/// does so once it is there again.
const HEARD_FOR: SignedDuration = SignedDuration::from_hours(48);
/// How often a running bot writes down that it was there.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// Runs until told to stop: nothing more is taken in, what is in hand is committed, and it is over within five seconds. A task
/// that ends before is a failure, and stops all the others.
pub async fn run(
    app: Arc<App>,
    events: mpsc::Receiver<Event>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let unsure = delivery::recover(&app)
        .await
        .context("looking for what was being sent")?;
    if unsure > 0 {
        tracing::warn!(
            deliveries = unsure,
            "deliveries were cut off; each is looked for before it is sent again"
        );
    }
    command::enqueue_offers(&app, app.clock.now())
        .await
        .context("telling the rooms' clients what may be typed")?;
    let mut tasks = JoinSet::new();
    // Intake stops last: what the others bring while they finish is still recorded.
    let intake_stop = CancellationToken::new();
    let (intake, brought) = Intake::new();
    let mut connections = BTreeMap::new();
    for platform in app.platforms() {
        let (connected, receiver) = watch::channel(0);
        tasks.spawn(rooms::run(
            Arc::clone(&app),
            Arc::clone(platform),
            connected.clone(),
            stop.clone(),
        ));
        tasks.spawn(registration::run(
            Arc::clone(platform),
            command::shapes(&app.voices),
            connected.subscribe(),
            stop.clone(),
        ));
        connections.insert(platform.name().to_owned(), connected);
        tasks.spawn(delivery::run(
            Arc::clone(&app),
            Arc::clone(platform),
            stop.clone(),
        ));
        tasks.spawn(intake::keep_reading(
            Arc::clone(&app),
            Arc::clone(platform),
            intake.clone(),
            receiver,
            stop.clone(),
        ));
    }
    tasks.spawn(delivery::keep_fresh(Arc::clone(&app), stop.clone()));
    tasks.spawn(schedule::run(Arc::clone(&app), stop.clone()));
    tasks.spawn(keep_alive(Arc::clone(&app), stop.clone()));
    let router = Router {
        app: Arc::clone(&app),
        intake,
        connections: Arc::new(connections),
    };
    tasks.spawn(router.run(events, stop.clone()));
    let recording = tokio::spawn(intake::run(Arc::clone(&app), brought, intake_stop.clone()));

    let ended_early = tokio::select! {
        // Asked first: once told to stop, tasks end too.
        biased;
        () = stop.cancelled() => None,
        ended = tasks.join_next() => ended,
    };
    stop.cancel();
    let finish = async {
        while tasks.join_next().await.is_some() {}
        intake_stop.cancel();
        let _ = recording.await;
    };
    if tokio::time::timeout(GRACE, finish).await.is_err() {
        tracing::warn!("not everything in hand was finished in time; it is taken up at the next start");
    }
    match ended_early {
        Some(Err(error)) => Err(error).context("a task broke off"),
        Some(Ok(())) => anyhow::bail!("a task ended although nobody told it to"),
        None => Ok(()),
    }
}

/// Writes down from time to time, and at the end, that the bot was there, so that the next one knows since when something may have
/// been missed.
async fn keep_alive(app: Arc<App>, stop: CancellationToken) {
    loop {
        let is_last = stop.is_cancelled();
        let marked = async {
            let mut writer = app.store.write().await?;
            let complete = app.complete_until(app.clock.now());
            writer.mark_alive(complete).await?;
            writer.forget_heard(complete - HEARD_FOR).await?;
            writer.commit_quietly().await
        };
        if let Err(error) = marked.await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the database cannot be written"
            );
        }
        if is_last {
            return;
        }
        // Whichever comes first, it is written down once more.
        let _ = stop.run_until_cancelled(tokio::time::sleep(HEARTBEAT)).await;
    }
}
