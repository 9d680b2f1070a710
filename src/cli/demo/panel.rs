//! The clock as the page's panel sees and moves it.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::AdjustableClock;
use crate::{app::App, clock::Clock, schedule, web::DemoClock};

/// The demo's clock, with what is planned on it.
pub(super) struct Panel {
    pub app: Arc<App>,
    pub clock: Arc<AdjustableClock>,
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

    fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    fn next_event(&self) -> BoxFuture<'_, anyhow::Result<Option<Timestamp>>> {
        Box::pin(async move {
            let now = self.now();
            let next = schedule::tick(&self.app, now).await?;
            Ok(next.filter(|next| *next > now))
        })
    }
}
