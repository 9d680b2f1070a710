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

use anyhow::{Context, bail, ensure};
use clap::{Args, builder::RangedU64ValueParser};
use jiff::{
    Timestamp,
    civil::{DateTime, Time, Weekday},
    tz::TimeZone,
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
};
use tokio_util::sync::CancellationToken;

use super::signal;
use crate::{
    app::{App, Settings, events},
    chance::Chance,
    chat::{
        Event,
        embedded::{Embedded, NAME},
    },
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

/// The largest crowd.
const CROWD_MAX: u64 = 10_000;

/// How `relais demo` is used, beneath its help.
pub const AFTER_HELP: &str = "\
The page is served to this machine alone. Nothing is sent anywhere. The organisation is the demo's own: --config and --set are \
refused.

Examples:
  relais demo
  relais demo --at 2026-11-23T08:59 --crowd 200
  relais demo --fresh --data /tmp/relais.db --port 9000";

/// Show an imaginary organisation's day in the browser.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The date and time on the organisation's clock, which then goes on from there; now where none is given.
    #[arg(long, value_name = "DATE-TIME", value_parser = start)]
    pub at: Option<DateTime>,
    /// How many invented people answer as the hours pass.
    #[arg(long, value_name = "NUMBER", default_value_t = 40, value_parser = crowd_parser())]
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
        // Before anything is forgotten: a demo may be running here already.
        let listener = web::bind(self.port).await;
        let listener = listener.with_context(|| format!("listening on port {}", self.port))?;
        self.refuse_anothers().await?;
        if self.fresh {
            remove(&self.data)?;
        }
        let organisation = Organisation::load()?;
        let (demo, events) = self.open(&organisation).await?;
        let running = tokio::spawn(run::run(Arc::clone(&demo.app), events, stop.clone()));
        let served = demo.serve(listener, (&organisation, self.crowd), &stop).await;
        stop.cancel();
        let ran = running.await.context("running")?;
        demo.app.store.close().await;
        served?;
        ran
    }

    async fn open(&self, organisation: &Organisation) -> anyhow::Result<(Demo, mpsc::Receiver<Event>)> {
        let store = self.open_store().await?;
        let settings = settings(organisation)?;
        let start = self.start(&store, &settings.time_zone).await?;
        let clock = Arc::new(AdjustableClock::starting_at(start));
        let (sender, receiver) = events();
        let history = Arc::new(StoredHistory(store.clone()));
        let chat = Arc::new(Embedded::open(history, Arc::clone(&clock) as _, sender).await?);
        let parts = (Arc::clone(&clock) as Arc<dyn Clock>, Chance::from_system());
        let app = Arc::new(App::new(store, settings, parts, vec![Arc::clone(&chat) as _]).await?);
        Ok((Demo { app, chat, clock }, receiver))
    }

    /// Refuses a file that something else is kept in: it would be changed, and with `--fresh` gone.
    async fn refuse_anothers(&self) -> anyhow::Result<()> {
        if !fs::metadata(&self.data).is_ok_and(|file| file.len() > 0) {
            return Ok(());
        }
        let file = self.data.display();
        let store = Store::open_as_it_is(&format!("sqlite://{file}"))?;
        let is_anothers = seed::is_anothers(&store).await;
        store.close().await;
        if is_anothers.with_context(|| format!("looking for a demo in {file}"))? {
            bail!("{file} is the database of an organisation, and no demo: name another file with --data");
        }
        Ok(())
    }

    /// The demo's file. What was cut off while it was being set up is set up anew.
    async fn open_store(&self) -> anyhow::Result<Store> {
        let url = format!("sqlite://{}", self.data.display());
        let store = Store::open(&url).await?;
        if !seed::is_half_done(&store).await? {
            return Ok(store);
        }
        tracing::warn!("the imaginary organisation was never set up to its end; it is set up anew");
        store.close().await;
        remove(&self.data)?;
        Ok(Store::open(&url).await?)
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

/// A time for the clock: in the years that asks may be in, with room for goals after it.
fn start(text: &str) -> anyhow::Result<DateTime> {
    let start: DateTime = text.parse()?;
    ensure!(
        (2000..2199).contains(&start.year()),
        "wanted a year from 2000 to 2198"
    );
    Ok(start)
}

/// A demo that runs.
struct Demo {
    app: Arc<App>,
    chat: Arc<Embedded>,
    clock: Arc<AdjustableClock>,
}

impl Demo {
    /// Sets the organisation up and brings the crowd in. What is sent is where the driver moves the clock to.
    async fn prepare(
        &self,
        organisation: &Organisation,
        crowd: usize,
    ) -> anyhow::Result<(watch::Sender<Timestamp>, Driver)> {
        let Self { app, chat, clock } = self;
        let seeded = seed::seed(app, chat, organisation).await;
        seeded.context("setting up the imaginary organisation")?;
        let crowd = Crowd::gather(Arc::clone(chat), organisation, crowd, clock.now()).await;
        let crowd = crowd.context("bringing the crowd in")?;
        chat.connect().await?;
        let (sender, destination) = watch::channel(clock.now());
        let driver = Driver {
            app: Arc::clone(app),
            clock: Arc::clone(clock),
            crowd,
            destination,
        };
        Ok((sender, driver))
    }

    /// Prepares everything and serves the page until told to stop.
    async fn serve(
        &self,
        listener: TcpListener,
        (organisation, crowd): (&Organisation, usize),
        stop: &CancellationToken,
    ) -> anyhow::Result<()> {
        let Self { app, chat, clock } = self;
        let (destination, driver) = self.prepare(organisation, crowd).await?;
        let driving = tokio::spawn(driver.run(stop.clone()));
        let gate = Gate::new(
            listener.local_addr()?.port(),
            Token::new(app.chance.bytes::<32>()),
        );
        println!("Relais demo: {}", gate.url());
        let panel = Panel {
            app: Arc::clone(app),
            clock: Arc::clone(clock),
            destination,
        };
        let page = Page {
            chat: Arc::clone(chat),
            clock: Arc::new(panel),
            voices: Arc::new(Voices::load()),
            gate,
            stop: stop.clone(),
        };
        let served = web::serve(listener, page.router(), stop.clone()).await;
        stop.cancel();
        driving.await.context("driving the clock")?;
        served.context("serving the page")
    }
}

/// Reads how large the crowd is: each of them has names, habits and a place in memory.
fn crowd_parser() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(0..=CROWD_MAX)
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
        public_url: None,
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
    use jiff::{SignedDuration, civil::date};

    use super::*;
    use crate::domain::ask::AskState;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[tokio::test]
    async fn a_day_tells_its_story_whenever_it_begins() {
        let organisation = Organisation::load().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (monday, saturday) = (
            date(2026, 11, 23).at(8, 59, 0, 0),
            date(2026, 11, 28).at(14, 20, 0, 0),
        );
        for (name, at, hours) in [("monday", monday, 6), ("saturday", saturday, 46)] {
            let arguments = Arguments {
                at: Some(at),
                crowd: 12,
                data: folder.path().join(name),
                fresh: false,
                port: 0,
            };
            let (demo, events) = arguments.open(&organisation).await.unwrap();
            let stop = CancellationToken::new();
            let running = tokio::spawn(run::run(Arc::clone(&demo.app), events, stop.clone()));
            let (destination, driver) = demo.prepare(&organisation, arguments.crowd).await.unwrap();
            let driving = tokio::spawn(driver.run(stop.clone()));
            let later = demo.clock.now() + SignedDuration::from_hours(hours);
            destination.send(later).unwrap();
            demo.clock.until(later).await;

            let mut reader = demo.app.store.read().await.unwrap();
            let first = reader
                .find_ask_by_reference("registre-01")
                .await
                .unwrap()
                .unwrap();
            assert_ne!(first.state, AskState::Approved);
            let (confirmations, differences) = reader.recount().await.unwrap();
            assert!(confirmations > 0 && differences.is_empty());
            drop(reader);
            stop.cancel();
            driving.await.unwrap();
            running.await.unwrap().unwrap();
        }
    }

    #[tokio::test]
    async fn a_file_that_is_no_demo_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str, content: &[u8]| {
            let data = folder.path().join(name);
            fs::write(&data, content).unwrap();
            Arguments {
                at: None,
                crowd: 0,
                data,
                fresh: true,
                port: 0,
            }
        };
        let refusal = at("relais.toml", b"[organisation]\n").refuse_anothers().await;
        assert!(refusal.unwrap_err().to_string().contains("no SQLite database"));
        at("empty.db", b"").refuse_anothers().await.unwrap();

        let arguments = at("relais.db", b"");
        let store = arguments.open_store().await.unwrap();
        arguments.refuse_anothers().await.unwrap();
        let mut writer = store.write().await.unwrap();
        let room = crate::domain::room::Room {
            id: crate::domain::id::RoomId(0),
            address: Embedded::address("a"),
            name: "a".into(),
            purpose: crate::domain::room::Purpose::Volunteers,
            language: crate::domain::language::RoomLanguage::French,
            time_zone: "Europe/Paris".into(),
            group: None,
        };
        writer.link_room(&room).await.unwrap();
        writer.commit().await.unwrap();
        let refusal = arguments.refuse_anothers().await;
        assert!(refusal.unwrap_err().to_string().contains("no demo"));
    }

    #[test]
    fn the_clock_is_set_to_the_minute() {
        let demo = Command::try_parse_from(["demo", "--at", "2026-11-23T08:59", "--crowd", "200"]);
        let demo = demo.unwrap().arguments;
        assert_eq!(demo.at, Some(date(2026, 11, 23).at(8, 59, 0, 0)));
        assert_eq!((demo.crowd, demo.port), (200, 8787));
        assert!(Command::try_parse_from(["demo", "--at", "2026-11-31T08:59"]).is_err());
        assert!(Command::try_parse_from(["demo", "--crowd", "1000000000"]).is_err());
    }
}
