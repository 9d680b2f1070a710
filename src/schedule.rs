//! What is due by the clock: asks to post, prompts that end, asks that are over, summaries.
//!
//! A tick looks at committed state and the time and does all that is due, in one transaction. It may come late or twice: what was
//! done is not done again, and what is late is not posted.

mod asks;
mod summaries;

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::app::App;

/// How long to sleep at most: rooms, asks and zones may be changed by another process.
const NAP_MAX: SignedDuration = SignedDuration::from_secs(20);
/// How long to wait after a tick that failed.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Ticks when something is due or was changed, until told to stop.
pub(crate) async fn run(app: Arc<App>, stop: CancellationToken) {
    let mut changes = app.store.changes();
    while !stop.is_cancelled() {
        changes.mark_unchanged();
        let now = app.clock.now();
        let next = match tick(&app, now).await {
            Ok(next) => next.unwrap_or(Timestamp::MAX).min(now + NAP_MAX),
            Err(error) => {
                tracing::error!(
                    error = &*error as &dyn std::error::Error,
                    "what is due could not be done; it is tried again"
                );
                tokio::time::sleep(AGAIN_AFTER).await;
                continue;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            _ = changes.changed() => {}
            () = app.clock.until(next) => {}
        }
    }
}

/// What the clock brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agenda {
    /// Whether something is due now and not yet done.
    pub is_due: bool,
    /// When something will be due next, as far as is known now.
    pub next: Option<Timestamp>,
}

/// Looks at what is due, and does none of it.
pub(crate) async fn look_ahead(app: &App, now: Timestamp) -> anyhow::Result<Agenda> {
    let mut reader = app.store.read().await?;
    let plan = asks::Plan::make(app, &mut reader, now).await?;
    let (summaries, next_summary) = summaries::due(app, &mut reader, now).await?;
    Ok(Agenda {
        is_due: !plan.is_empty() || !summaries.is_empty(),
        next: [plan.next, next_summary].into_iter().flatten().min(),
    })
}

/// Does all that is due now. Returns when something will be due next, as far as is known now.
pub async fn tick(app: &App, now: Timestamp) -> anyhow::Result<Option<Timestamp>> {
    let plan = {
        let mut reader = app.store.read().await?;
        asks::Plan::make(app, &mut reader, now).await?
    };
    if !plan.is_empty() {
        let mut writer = app.store.write().await?;
        plan.carry_out(app, &mut writer, now).await?;
        writer.commit().await?;
    }
    let next_summary = summaries::queue_due(app, now).await?;
    Ok([plan.next, next_summary].into_iter().flatten().min())
}
