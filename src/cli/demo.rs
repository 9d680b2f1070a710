//! `relais demo`: an imaginary organisation in the browser.

mod clock;
mod crowd;
mod driver;
mod history;
mod organisation;
mod panel;
mod seed;

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use clap::Args;
use jiff::{
    Timestamp,
    civil::{DateTime, Time, Weekday},
    tz::TimeZone,
};
use tokio::sync::watch;

use super::signal;
use crate::{
    app::{App, Settings, events},
    chance::Chance,
    chat::embedded::{Embedded, NAME},
    clock::{Clock, SystemClock},
    config::Log,
    domain::language::Language,
    i18n::Voices,
    run,
    store::Store,
    web::{self, Gate, Page, Token},
};
use crowd::Crowd;
use driver::Driver;
pub use history::StoredHistory;
use organisation::Organisation;
use panel::Panel;

pub use clock::AdjustableClock;

/// How `relais demo` is used, beneath its help.
pub const AFTER_HELP: &str = "\
The page is served to this machine alone. Nothing is sent anywhere.

Examples:
  relais demo
  relais demo --at 2026-11-23T08:59 --crowd 200
  relais demo --fresh --data /tmp/relais.db --port 9000";

/// Show an imaginary organisation's day in the browser.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The date and time on the organisation's clock, which then goes on from there; now where none is given.
    #[arg(long, value_name = "DATE-TIME")]
    pub at: Option<DateTime>,
    /// How many invented people answer as the hours pass.
    #[arg(long, value_name = "NUMBER", default_value_t = 40)]
    pub crowd: usize,
    /// The file that keeps the demo between two runs.
    #[arg(long, value_name = "FILE", default_value = "relais-demo.db")]
    pub data: PathBuf,
    /// Forget what that file holds and start anew.
    #[arg(long)]
    pub fresh: bool,
    /// The port of the page on 127.0.0.1; 0 for any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    pub port: u16,
}

impl Arguments {
    /// Serves the demo until it is told to stop.
    pub async fn execute(&self) -> anyhow::Result<()> {
        super::log::start(&Log::default()).context("starting the log")?;
        let stop = signal::stop_on_signal().context("listening for signals")?;
        if self.fresh {
            remove(&self.data)?;
        }
        let store = Store::open(&format!("sqlite://{}", self.data.display())).await?;
        let organisation = Organisation::load()?;
        let settings = settings(&organisation)?;
        let clock = Arc::new(AdjustableClock::starting_at(
            self.start(&store, &settings.time_zone).await?,
        ));
        let (sender, receiver) = events();
        let history = Arc::new(StoredHistory(store.clone()));
        let chat = Arc::new(Embedded::open(history, Arc::clone(&clock) as _, sender).await?);
        let parts = (Arc::clone(&clock) as Arc<dyn Clock>, Chance::from_system());
        let app = Arc::new(App::new(store.clone(), settings, parts, vec![Arc::clone(&chat) as _]).await?);

        let running = tokio::spawn(run::run(Arc::clone(&app), receiver, stop.clone()));
        seed::seed(&app, &chat, &organisation)
            .await
            .context("setting up the imaginary organisation")?;
        let crowd = Crowd::gather(Arc::clone(&chat), &organisation, self.crowd, clock.now()).await;
        let crowd = crowd.context("bringing the crowd in")?;
        chat.connect().await?;
        let (destination, destination_seen) = watch::channel(clock.now());
        let driver = Driver {
            app: Arc::clone(&app),
            clock: Arc::clone(&clock),
            crowd,
            destination: destination_seen,
        };
        let driving = tokio::spawn(driver.run(stop.clone()));
        let listener = web::bind(self.port)
            .await
            .with_context(|| format!("listening on port {}", self.port))?;
        let gate = Gate::new(
            listener.local_addr()?.port(),
            Token::new(app.chance.bytes::<32>()),
        );
        println!("Relais demo: {}", gate.url());
        let page = Page {
            chat,
            clock: Arc::new(Panel {
                app: Arc::clone(&app),
                clock,
                destination,
            }),
            voices: Arc::new(Voices::load()),
            gate,
            stop: stop.clone(),
        };
        let served = web::serve(listener, page.router(), stop.clone()).await;
        stop.cancel();
        driving.await.context("driving the clock")?;
        let ran = running.await.context("running")?;
        store.close().await;
        served.context("serving the page")?;
        ran
    }

    /// What the clock shows first: what was asked for, or when the last demo on this file ended, or now.
    async fn start(&self, store: &Store, zone: &TimeZone) -> anyhow::Result<Timestamp> {
        if let Some(at) = self.at {
            return Ok(at.to_zoned(zone.clone())?.timestamp());
        }
        let last = store.read().await?.find_alive_at().await?;
        Ok(last.unwrap_or_else(|| SystemClock.now()))
    }
}

/// What the operator of the imaginary organisation set.
fn settings(organisation: &Organisation) -> anyhow::Result<Settings> {
    Ok(Settings {
        organisation: organisation.name.clone(),
        time_zone: TimeZone::get(&organisation.time_zone)?,
        language: Language::French,
        admins: vec![(NAME.to_owned(), organisation.admin()?.id.clone())],
        summary_day: Weekday::Monday,
        summary_time: Time::constant(9, 0, 0, 0),
        mastodon_server: None,
    })
}

/// Removes a demo's file with what SQLite keeps beside it.
fn remove(data: &Path) -> anyhow::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = data.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("removing {}", Path::new(&name).display()));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use jiff::civil::date;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn the_clock_is_set_to_the_minute() {
        let demo = Command::try_parse_from(["demo", "--at", "2026-11-23T08:59", "--crowd", "200"]);
        let demo = demo.unwrap().arguments;
        assert_eq!(demo.at, Some(date(2026, 11, 23).at(8, 59, 0, 0)));
        assert_eq!((demo.crowd, demo.port), (200, 8787));
        assert!(Command::try_parse_from(["demo", "--at", "2026-11-31T08:59"]).is_err());
    }
}
