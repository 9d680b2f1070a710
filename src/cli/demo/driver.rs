//! Moves the demo's clock to where the panel wants it, in steps short enough that everything happens at its own time: what is due
//! by the schedule, what goes out, and what the crowd does. While nobody moves the clock, it has the crowd act as time flows.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{AdjustableClock, crowd::Crowd};
use crate::{app::App, clock::Clock, schedule};

/// The longest step.
const STRIDE: SignedDuration = SignedDuration::from_mins(30);
/// What the crowd does within this time may be done together.
const GRAIN: SignedDuration = SignedDuration::from_mins(5);
/// How long before something is due the crowd's last answers come.
const NOTICE: SignedDuration = SignedDuration::from_secs(1);
/// How often the crowd looks whether something was posted, while time flows.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(10);
/// How long a step waits for everything to be done, and how often it looks.
const SETTLE_MAX: Duration = Duration::from_secs(5);
const SETTLE_LOOK: Duration = Duration::from_millis(20);

/// Moves the clock and the crowd.
pub(super) struct Driver {
    pub app: Arc<App>,
    pub clock: Arc<AdjustableClock>,
    pub crowd: Crowd,
    /// Where the panel wants the clock.
    pub destination: watch::Receiver<Timestamp>,
}

impl Driver {
    /// Drives until told to stop.
    pub async fn run(mut self, stop: CancellationToken) {
        while let Some(driven) = stop.run_until_cancelled(self.go_on()).await {
            if let Err(error) = driven {
                tracing::error!(
                    error = &*error as &dyn std::error::Error,
                    "the demo's clock or crowd stumbled"
                );
                let _stopped = stop.run_until_cancelled(tokio::time::sleep(SETTLE_MAX)).await;
            }
        }
    }

    /// Lets the crowd act, and then takes one step or waits until there is something to do.
    async fn go_on(&mut self) -> anyhow::Result<()> {
        self.crowd.look().await?;
        self.crowd.act(self.clock.now()).await;
        let now = self.clock.now();
        let destination = *self.destination.borrow_and_update();
        if destination > now {
            let next = self.next_stop(now, destination).await?;
            self.clock.advance_to(next);
            return self.settle().await;
        }
        let look = now + LOOK_EVERY;
        let next = self.crowd.next().map_or(look, |next| next.min(look));
        tokio::select! {
            _ = self.destination.changed() => {}
            () = self.clock.until(next) => {}
        }
        Ok(())
    }

    /// How far the clock may go without passing anything.
    async fn next_stop(&self, now: Timestamp, destination: Timestamp) -> anyhow::Result<Timestamp> {
        let agenda = schedule::look_ahead(&self.app, now).await?;
        let due = agenda.next.filter(|next| *next > now);
        let stop = destination.min(now.saturating_add(STRIDE)?);
        let stop = due.map_or(stop, |due| due.min(stop));
        Ok(match self.crowd.next() {
            Some(next) if next < stop => next.max((now + GRAIN).min(stop - NOTICE)),
            _ => stop,
        })
    }

    /// Waits until what is due is done and has gone out; not for ever, since sending may be halted or fail.
    async fn settle(&self) -> anyhow::Result<()> {
        let mut changes = self.app.store.changes();
        let settled = async {
            loop {
                changes.mark_unchanged();
                if self.is_settled().await? {
                    return anyhow::Ok(());
                }
                let _changed = tokio::time::timeout(SETTLE_LOOK, changes.changed()).await;
            }
        };
        if let Ok(settled) = tokio::time::timeout(SETTLE_MAX, settled).await {
            settled?;
        }
        // The next demo on this file goes on from here.
        let mut writer = self.app.store.write().await?;
        writer
            .mark_alive(self.app.complete_until(self.clock.now()))
            .await?;
        Ok(writer.commit_quietly().await?)
    }

    async fn is_settled(&self) -> anyhow::Result<bool> {
        let now = self.clock.now();
        if schedule::look_ahead(&self.app, now).await?.is_due {
            return Ok(false);
        }
        let mut reader = self.app.store.read().await?;
        Ok(reader.find_halt().await?.is_some() || reader.count_going_out(now).await? == 0)
    }
}
