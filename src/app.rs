//! What the whole of Relais shares: the database, the words, the clock, chance, the platforms and the organisation's settings.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{
    Timestamp,
    civil::{Time, Weekday},
    tz::TimeZone,
};
use tokio::sync::watch;

use crate::{
    chance::Chance,
    chat::{Event, Message, Platform},
    clock::Clock,
    domain::{
        language::Language,
        room::{Room, RoomAddress},
    },
    i18n::{Voice, Voices},
    prompt::Pages,
    rooms::ChangedRooms,
    store::{self, Store},
};

/// What an operator sets once.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The organisation's name.
    pub organisation: String,
    /// The zone whose civil days are counted.
    pub time_zone: TimeZone,
    /// The language of those whose own is not known.
    pub language: Language,
    /// Accounts that are admins whatever the database says: (platform, the platform's id).
    pub admins: Vec<(String, String)>,
    /// The day of the weekly summary.
    pub summary_day: Weekday,
    /// Its time of day, in each room's zone.
    pub summary_time: Time,
    /// The Mastodon server that share links open, instead of a chooser.
    pub mastodon_server: Option<String>,
    /// Where the HTTP listener is reached from outside, without a slash at its end.
    pub public_url: Option<String>,
}

/// What the whole of Relais shares.
pub struct App {
    /// The database.
    pub store: Store,
    /// What the operator set.
    pub settings: Settings,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Chance,
    pub(crate) voices: Arc<Voices>,
    pages: Option<Pages>,
    platforms: BTreeMap<&'static str, Arc<dyn Platform>>,
    /// Of each platform, since when something may have been missed; none once all of it has been read again.
    gaps: watch::Sender<BTreeMap<&'static str, Option<Timestamp>>>,
    /// Moves when prompts were recorded as posted.
    posted: watch::Sender<()>,
    /// Moves when a prompt was found standing that may have been answered before anybody knew of it.
    found: watch::Sender<()>,
    /// The rooms that are to be looked at again.
    changed_rooms: watch::Sender<ChangedRooms>,
}

/// The most events that wait for the router; a platform that sends more waits itself.
pub const EVENTS_WAITING: usize = 1024;

/// How long somebody who undoes waits for their platform to be read again. Discord takes an answer within three seconds.
const READING_PATIENCE: Duration = Duration::from_secs(2);

/// Both ends of the way in: adapters keep the first, [`crate::run`] takes the second.
pub fn events() -> (
    tokio::sync::mpsc::Sender<Event>,
    tokio::sync::mpsc::Receiver<Event>,
) {
    tokio::sync::mpsc::channel(EVENTS_WAITING)
}

impl App {
    /// Puts it together. What may have been missed is unknown since the last bot on this database was alive.
    pub async fn new(
        store: Store,
        settings: Settings,
        (clock, chance): (Arc<dyn Clock>, Chance),
        platforms: Vec<Arc<dyn Platform>>,
    ) -> store::Result<Self> {
        let now = clock.now();
        let mut writer = store.write().await?;
        writer.establish(&chance.bytes::<32>(), now).await?;
        let alive_at = writer.find_alive_at().await?;
        let seal_key = writer.load_seal_key().await?;
        writer.commit().await?;
        let gaps = platforms
            .iter()
            .map(|platform| (platform.name(), alive_at))
            .collect();
        let public_url = settings.public_url.clone();
        Ok(Self {
            store,
            pages: public_url.map(|public_url| Pages { public_url, seal_key }),
            settings,
            clock,
            chance,
            voices: Arc::new(Voices::load()),
            platforms: platforms
                .into_iter()
                .map(|platform| (platform.name(), platform))
                .collect(),
            gaps: watch::Sender::new(gaps),
            posted: watch::Sender::new(()),
            found: watch::Sender::new(()),
            changed_rooms: watch::Sender::default(),
        })
    }

    /// The pages that lead to links, where they can be reached.
    pub(crate) const fn pages(&self) -> Option<&Pages> {
        self.pages.as_ref()
    }

    /// The platform of this name.
    pub fn platform(&self, name: &str) -> Option<&Arc<dyn Platform>> {
        self.platforms.get(name)
    }

    /// Every platform.
    pub fn platforms(&self) -> impl Iterator<Item = &Arc<dyn Platform>> {
        self.platforms.values()
    }

    /// Says that prompts were recorded as posted.
    pub(crate) fn note_posted(&self) {
        self.posted.send_replace(());
    }

    /// Says that a prompt was found standing: what people answered to it since is to be read.
    pub(crate) fn note_found(&self) {
        self.found.send_replace(());
    }

    /// Moves when a prompt was found standing.
    pub(crate) fn found(&self) -> watch::Receiver<()> {
        self.found.subscribe()
    }

    /// Moves when prompts were recorded as posted.
    pub(crate) fn posted(&self) -> watch::Receiver<()> {
        self.posted.subscribe()
    }

    /// The rooms that are to be looked at again.
    pub(crate) const fn changed_rooms(&self) -> &watch::Sender<ChangedRooms> {
        &self.changed_rooms
    }

    /// Where a browser finds a message in a room.
    pub fn message_link(&self, room: &RoomAddress, message: &Message) -> Option<String> {
        self.platform(&room.platform)?.message_link(room, message)
    }

    /// Says that something of a platform may have been missed, so that it is read again.
    pub fn open_gap(&self, platform: &str, since: Timestamp) {
        self.gaps.send_modify(|gaps| {
            if let Some(gap) = gaps.get_mut(platform) {
                *gap = Some(gap.map_or(since, |earlier| earlier.min(since)));
            }
        });
    }

    /// Says that all of a platform has been read again.
    pub fn close_gap(&self, platform: &str) {
        self.gaps.send_modify(|gaps| {
            if let Some(gap) = gaps.get_mut(platform) {
                *gap = None;
            }
        });
    }

    /// Whether something of a platform may have been missed. A platform that is not there is one big gap.
    pub fn has_gap(&self, platform: &str) -> bool {
        self.gaps.borrow().get(platform).is_none_or(Option::is_some)
    }

    /// Up to when the numbers are complete: now, or since when something may have been missed.
    pub fn complete_until(&self, now: Timestamp) -> Timestamp {
        self.gaps
            .borrow()
            .values()
            .flatten()
            .min()
            .copied()
            .map_or(now, |since| since.min(now))
    }

    /// Waits for a little while until nothing may have been missed: who undoes right after a restart undoes what is about to be read
    /// again.
    pub(crate) async fn wait_for_reading(&self) {
        // Whoever waits is answered all the same.
        let _ = tokio::time::timeout(READING_PATIENCE, self.wait_until_complete()).await;
    }

    /// Waits until nothing may have been missed.
    pub async fn wait_until_complete(&self) {
        // The sender lives as long as this does, so waiting cannot fail.
        let _ = self
            .gaps
            .subscribe()
            .wait_for(|gaps| gaps.values().all(Option::is_none))
            .await;
    }

    pub(crate) fn voice(&self, language: Language) -> &Voice {
        self.voices.of(language)
    }

    /// The zone of a room, or the organisation's where the room's is not known to this machine.
    pub fn zone_of(&self, room: &Room) -> TimeZone {
        self.zone(&room.time_zone)
    }

    /// A zone by its name, or the organisation's where that is not known to this machine.
    pub fn zone(&self, name: &str) -> TimeZone {
        TimeZone::get(name).unwrap_or_else(|_| self.settings.time_zone.clone())
    }
}
