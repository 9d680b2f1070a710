//! The clock as the page's panel sees and moves it. The panel says how far; the driver moves the clock there, step by step.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use jiff::{Timestamp, tz::TimeZone};
use tokio::sync::watch;

use super::AdjustableClock;
use crate::{app::App, clock::Clock, schedule, web::DemoClock};

/// The demo's clock, with what is planned on it.
pub(super) struct Panel {
    pub app: Arc<App>,
    pub clock: Arc<AdjustableClock>,
    /// Where the driver moves the clock to.
    pub destination: watch::Sender<Timestamp>,
}

impl Clock for Panel {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn until(&self, instant: Timestamp) -> BoxFuture<'_, ()> {
        self.clock.until(instant)
    }
}

impl DemoClock for Panel {
    fn zone(&self) -> TimeZone {
        self.app.settings.time_zone.clone()
    }

    fn destination(&self) -> Timestamp {
        self.now().max(*self.destination.borrow())
    }

    fn advance_to(&self, instant: Timestamp) {
        self.destination.send_if_modified(|destination| {
            let is_further = instant > *destination;
            *destination = instant.max(*destination);
            is_further
        });
    }

    fn next_event(&self) -> BoxFuture<'_, anyhow::Result<Option<Timestamp>>> {
        Box::pin(async move {
            let now = self.now();
            let agenda = schedule::look_ahead(&self.app, now).await?;
            Ok(agenda.next.filter(|next| *next > now))
        })
    }
}
