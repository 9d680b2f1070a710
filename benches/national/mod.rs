//! The load of the benches that take confirmations in, and how its numbers are summed up.
//!
//! It is the national tier of the design: 50,000 volunteers in 500 rooms of 20 groups, who confirm two of each day's four asks.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Weekday, time},
    tz::TimeZone,
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::index};
use relais::{
    app::{App, Settings},
    chance::Chance,
    clock::SystemClock,
    domain::{
        ask::{AskContent, AskKind, Wording},
        choice::Detail,
        confirmation::{Observation, Source},
        day::Day,
        id::{AskId, CampaignId, GroupId, PromptId, RoomId},
        language::{Language, RoomLanguage},
        network::Network,
        outcome::Outcome,
        room::{Purpose, Room, RoomAddress},
    },
    intake::{self, About, Act, Author, BATCH_MAX, Change, Gesture, Receipt},
    store::Store,
};

pub const ROOMS: usize = 500;
pub const VOLUNTEERS: usize = 50_000;
const GROUPS: usize = 20;
/// What is asked each day, of everybody.
const KINDS: [AskKind; 4] = [AskKind::Share, AskKind::Call, AskKind::Sign, AskKind::Write];
/// How many of them a volunteer confirms.
const CONFIRMED: usize = 2;
pub const CONFIRMATIONS_A_DAY: usize = VOLUNTEERS * CONFIRMED;
const NETWORKS: [Network; 3] = [Network::Mastodon, Network::Bluesky, Network::Facebook];
const CAMPAIGNS: [&str; 5] = ["logement", "transport", "sante", "ecoles", "climat"];
/// Platforms' ids are of about this length.
const SNOWFLAKE: i64 = 1_300_000_000_000_000_000;
/// In a hundred confirmations.
const UNDONE: u32 = 2;
/// In a hundred confirmations: a volunteer reached at last whom they had only left a message.
const CORRECTED: u32 = 2;
const BY_REACTION: u32 = 30;

/// An organisation of the national tier.
pub struct National {
    pub app: App,
    pub campaigns: Vec<CampaignId>,
    rooms: Vec<RoomId>,
}

/// One of a day's asks, as it stands in every room.
pub struct PostedAsk {
    pub id: AskId,
    pub day: Date,
    /// By room.
    pub prompts: Vec<PromptId>,
}

/// What a volunteer does about an ask.
pub struct Deed {
    pub volunteer: usize,
    /// Which of the day's asks.
    pub ask: usize,
    pub at: Timestamp,
    pub said: Said,
}

pub enum Said {
    Confirmed {
        source: Source,
        outcome: Outcome,
        detail: Detail,
    },
    Undid,
}

/// The room in which a volunteer confirms an ask. One in ten is in a second room, of another group.
pub const fn room_of(volunteer: usize, ask: usize) -> usize {
    let is_in_second = volunteer.is_multiple_of(10) && ask % 2 == 1;
    (volunteer + is_in_second as usize) % ROOMS
}

fn number(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

fn account_name(volunteer: usize) -> String {
    (SNOWFLAKE + number(volunteer)).to_string()
}

fn address(room: usize) -> RoomAddress {
    RoomAddress {
        platform: "embedded".into(),
        room: (SNOWFLAKE + number(room)).to_string(),
    }
}

fn message(prompt: PromptId) -> String {
    (SNOWFLAKE + prompt.0).to_string()
}

/// The first day of the load, a Monday.
pub fn first_day() -> Date {
    let monday = jiff::civil::date(2026, 8, 17);
    debug_assert_eq!(monday.weekday(), Weekday::Monday);
    monday
}

impl National {
    /// Makes the organisation in a new database of this URL.
    pub async fn establish(file: &Path) -> anyhow::Result<Self> {
        let store = Store::open(&format!("sqlite://{}", file.display())).await?;
        let settings = Settings {
            organisation: "Banc d’essai".into(),
            time_zone: TimeZone::UTC,
            language: Language::French,
            admins: Vec::new(),
            summary_day: Weekday::Monday,
            summary_time: time(9, 0, 0, 0),
            mastodon_server: None,
            public_url: None,
        };
        let (clock, chance) = (Arc::new(SystemClock), Chance::from_seed(1));
        let app = App::new(store, settings, (clock, chance), Vec::new()).await?;
        let mut writer = app.store.write().await?;
        let mut groups = Vec::new();
        for group in 0..GROUPS {
            groups.extend(writer.add_group(&format!("Région {group}")).await?);
        }
        let mut rooms = Vec::new();
        for room in 0..ROOMS {
            rooms.push(writer.link_room(&new_room(room, groups[room % GROUPS])).await?);
        }
        let start = start_of(first_day())?;
        let mut campaigns = Vec::new();
        for slug in CAMPAIGNS {
            campaigns.extend(writer.add_campaign(slug, slug, slug, start).await?);
        }
        for campaign in &campaigns {
            let due = first_day() + 1.years();
            writer.set_goal(*campaign, None, 5_000_000, due.into()).await?;
        }
        writer.commit().await?;
        Ok(Self {
            app,
            campaigns,
            rooms,
        })
    }

    /// Posts a day's asks in every room.
    pub async fn post(&self, day: Date) -> anyhow::Result<Vec<PostedAsk>> {
        let (starts_at, ends_at) = (start_of(day)?, start_of(day.tomorrow()?)?);
        let mut writer = self.app.store.write().await?;
        let mut asks = Vec::new();
        for (index, kind) in KINDS.into_iter().enumerate() {
            let campaign = self.campaigns[(usize::from(day.day().unsigned_abs()) + index) % CAMPAIGNS.len()];
            let ask = writer
                .add_ask(None, None, &content(kind, campaign), starts_at)
                .await?;
            let mut prompts = Vec::with_capacity(ROOMS);
            for room in &self.rooms {
                let prompt = writer.add_prompt(ask, day.into(), *room, ends_at).await?;
                let prompt = prompt.context("an ask is posted once")?;
                writer.set_posted(prompt, &message(prompt), starts_at).await?;
                prompts.push(prompt);
            }
            asks.push(PostedAsk {
                id: ask,
                day,
                prompts,
            });
        }
        writer.commit().await?;
        Ok(asks)
    }

    /// Takes deeds in, as many a transaction as intake takes at most. Returns how many were counted as new, and how long it took.
    pub async fn take(&self, asks: &[PostedAsk], deeds: &[Deed]) -> anyhow::Result<(usize, Duration)> {
        let gestures: Vec<_> = deeds.iter().map(|deed| deed.gesture(asks)).collect();
        let is_new = |receipt: &&Receipt| {
            matches!(
                receipt,
                Receipt::Noted {
                    change: Change::New,
                    ..
                }
            )
        };
        let mut confirmed = 0;
        let start = Instant::now();
        for batch in gestures.chunks(BATCH_MAX) {
            let mut writer = self.app.store.write().await?;
            let receipts = intake::apply(&self.app, &mut writer, batch).await?;
            writer.commit().await?;
            confirmed += receipts.iter().filter(is_new).count();
        }
        Ok((confirmed, start.elapsed()))
    }

    /// Lets every total that waits to be shown be shown, as deliveries would.
    pub async fn refresh(&self, now: Timestamp) -> anyhow::Result<()> {
        let mut writer = self.app.store.write().await?;
        for (delivery, ..) in writer.list_refreshes(Timestamp::MAX).await? {
            writer.set_sent(delivery, None, now).await?;
        }
        Ok(writer.commit().await?)
    }
}

/// What volunteers do on a day, in the order in which they do it.
pub fn deeds(day: Date) -> anyhow::Result<Vec<Deed>> {
    let start = start_of(day)? + SignedDuration::from_hours(9);
    let mut random = StdRng::seed_from_u64(Day::from(day).number().unsigned_abs());
    let mut deeds = Vec::with_capacity(CONFIRMATIONS_A_DAY * 26 / 25);
    for volunteer in 0..VOLUNTEERS {
        for ask in index::sample(&mut random, KINDS.len(), CONFIRMED) {
            let at = start + SignedDuration::from_millis(random.random_range(0..8 * 3_600_000));
            let said = confirmed(KINDS[ask], &mut random);
            let later = at + SignedDuration::from_secs(random.random_range(5..3_600));
            let is_undone = random.random_ratio(UNDONE, 100);
            let is_call = KINDS[ask] == AskKind::Call;
            let is_corrected = !is_undone && is_call && random.random_ratio(CORRECTED * 4, 100);
            let then = if is_undone {
                Some(Said::Undid)
            } else {
                is_corrected.then(|| corrected(&said))
            };
            let deed = |at, said| Deed {
                volunteer,
                ask,
                at,
                said,
            };
            deeds.push(deed(at, said));
            deeds.extend(then.map(|then| deed(later, then)));
        }
    }
    deeds.sort_by_key(|deed| deed.at);
    Ok(deeds)
}

fn confirmed(kind: AskKind, random: &mut StdRng) -> Said {
    let offered = Outcome::offered(kind);
    let outcome = offered[random.random_range(0..offered.len())];
    if random.random_ratio(BY_REACTION, 100) {
        return Said::Confirmed {
            source: Source::Reaction,
            outcome,
            detail: Detail::default(),
        };
    }
    let network = (kind == AskKind::Share).then(|| NETWORKS[random.random_range(0..NETWORKS.len())]);
    let detail = network.and_then(|network| Detail::new(network.code()));
    Said::Confirmed {
        source: Source::Button,
        outcome,
        detail: detail.unwrap_or_default(),
    }
}

/// The same, with another outcome.
fn corrected(said: &Said) -> Said {
    let reached_before = matches!(
        said,
        Said::Confirmed {
            outcome: Outcome::Reached,
            ..
        }
    );
    let outcome = if reached_before {
        Outcome::Voicemail
    } else {
        Outcome::Reached
    };
    Said::Confirmed {
        source: Source::Button,
        outcome,
        detail: Detail::default(),
    }
}

impl Deed {
    /// How it comes in.
    pub fn gesture(&self, asks: &[PostedAsk]) -> Gesture {
        let room = room_of(self.volunteer, self.ask);
        let prompt = asks[self.ask].prompts[room];
        let (about, act) = match &self.said {
            Said::Undid => (About::Prompt(prompt), Act::Undo),
            Said::Confirmed {
                source: Source::Reaction,
                outcome,
                ..
            } => {
                let act = Act::React {
                    key: outcome.emoji().to_owned(),
                    seen: Observation::Shown,
                };
                (About::Message(address(room), message(prompt)), act)
            }
            Said::Confirmed {
                source,
                outcome,
                detail,
            } => {
                let act = Act::Say {
                    source: *source,
                    outcome: *outcome,
                    detail: detail.clone(),
                };
                (About::Prompt(prompt), act)
            }
        };
        Gesture {
            author: author(self.volunteer),
            about,
            act,
            at: self.at,
        }
    }
}

/// A volunteer, as their platform tells.
pub fn author(volunteer: usize) -> Author {
    Author {
        platform: "embedded".into(),
        account: account_name(volunteer),
        name: format!("Volontaire {volunteer}"),
        language: Some(if volunteer.is_multiple_of(3) {
            Language::English
        } else {
            Language::French
        }),
    }
}

fn new_room(index: usize, group: GroupId) -> Room {
    Room {
        id: RoomId(0),
        address: address(index),
        name: format!("Salon {index}"),
        purpose: Purpose::Volunteers,
        language: RoomLanguage::Both,
        time_zone: "UTC".into(),
        group: Some(group),
    }
}

fn content(kind: AskKind, campaign: CampaignId) -> AskContent {
    let wording = Wording {
        text: "Il est temps d’agir ensemble pour le logement.".into(),
        ..Wording::default()
    };
    AskContent {
        kind,
        campaign: Some(campaign),
        wordings: vec![(Language::French, wording.clone()), (Language::English, wording)],
        link: Some("https://example.org/agir".into()),
        hashtags: vec!["#logement".into()],
        networks: if kind == AskKind::Share {
            NETWORKS.to_vec()
        } else {
            Vec::new()
        },
        picture: None,
        targets: Vec::new(),
        groups: Vec::new(),
        slot: None,
        closes_at: None,
    }
}

fn start_of(day: Date) -> anyhow::Result<Timestamp> {
    Ok(day.to_zoned(TimeZone::UTC)?.timestamp())
}

/// How many confirmations a bench handles: `RELAIS_BENCH_CONFIRMATIONS`, or else as many as the bench is judged by.
pub fn confirmations(judged_by: usize) -> anyhow::Result<usize> {
    match std::env::var("RELAIS_BENCH_CONFIRMATIONS") {
        Ok(text) => text
            .replace('_', "")
            .parse()
            .context("RELAIS_BENCH_CONFIRMATIONS is a number"),
        Err(_) => Ok(judged_by),
    }
}

/// The middle one; of two middle ones the greater.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How many of something were done each second.
#[expect(clippy::cast_precision_loss, reason = "counts of a bench are far below 2^52")]
pub fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}
