//! A hundred people in two rooms, fifty prompts, and five thousand reactions that come while the bot is away.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt, stream};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use relais::{
    chance::Chance,
    clock::{Clock, SystemClock},
    domain::{
        ask::{AskContent, AskKind, AskState, Wording},
        day::Day,
        id::RoomId,
        language::{Language, RoomLanguage},
        network::Network,
        room::{Purpose, Room, RoomAddress},
    },
    store::{DeliveryKind, Destination, NewDelivery, PromptState, Store},
};

use serde_json::{Value, json};

use super::{
    bot::Bot,
    homeserver::Homeserver,
    people::{NewRoom, People, Person},
    until,
};

/// How many they are.
pub const PEOPLE: usize = 100;
/// How many prompts there are, each of an ask of its own; they stand in the two rooms in turns.
pub const PROMPTS: usize = 50;
/// How many act at the same time; a homeserver that is asked more at once is slower for it.
const AT_ONCE: usize = 10;
/// Whoever's number and the prompt's come to a multiple of this takes their reaction back; of these every second one gives it again.
const TAKEN_BACK: usize = 20;

/// Who has reacted to what, as it stands in the end: accounts, by the message.
pub type Standing = BTreeMap<String, BTreeSet<String>>;

/// A prompt as it stands in its room.
pub struct Prompt {
    /// The room.
    pub room: String,
    /// The message.
    pub message: String,
    /// The reaction that Omar gave while the bot was there.
    early: String,
}

/// The people in their rooms.
pub struct Crowd {
    people: Vec<Person>,
    /// Who reacts while the bot is there.
    omar: Person,
    /// One that is plain and one that is encrypted.
    pub rooms: Vec<String>,
}

/// What a homeserver does not need to do for them: nobody is notified, and what they say stays in memory.
pub fn settings() -> Value {
    json!({
        "push": { "enabled": false },
        "stats": { "enabled": false },
        "event_cache_size": "50K",
        "caches": { "global_factor": 4.0 },
    })
}

impl Crowd {
    /// They meet in two rooms, and the bot, which does not run yet, is in both.
    pub async fn gather(homeserver: &Homeserver, people: &People, bot: &Bot) -> Self {
        let omar = people.passer_by("omar").await;
        let mut rooms = Vec::new();
        for room in [NewRoom::plain("plain"), NewRoom::encrypted("encrypted")] {
            rooms.push(omar.creates(room.public()).await);
        }
        for room in &rooms {
            comes(homeserver, bot, room).await;
        }
        let come = |number| {
            let rooms = &rooms;
            async move {
                let person = people.passer_by(&format!("person{number}")).await;
                for room in rooms {
                    person.joins(room).await;
                }
                person
            }
        };
        let come: Vec<_> = (0..PEOPLE).map(come).collect();
        let people = stream::iter(come).buffered(AT_ONCE).collect().await;
        Self { people, omar, rooms }
    }

    /// The bot, which runs, posts every prompt. Omar reacts to each, and that is recorded.
    pub async fn is_asked(&self, bot: &Bot) -> Vec<Prompt> {
        let store = bot.store().await;
        until("every prompt is posted", async || {
            stored(&store).await.len() == PROMPTS
        })
        .await;
        let mut prompts = Vec::new();
        let mut reader = store.read().await.unwrap();
        for prompt in reader.list_prompts(PromptState::Posted).await.unwrap() {
            let room = reader.load_prompt_address(prompt.id).await.unwrap().room;
            let message = prompt.message.unwrap();
            let early = self.omar.reacts(&room, &message, "✅").await;
            prompts.push(Prompt { room, message, early });
        }
        drop(reader);
        until("Omar is counted everywhere", async || {
            stored(&store).await.values().all(|by| by.len() == 1)
        })
        .await;
        store.close().await;
        prompts
    }

    /// Everybody reacts to every prompt. Some take it back, Omar among them, and some of those give it again.
    pub async fn reacts(&self, prompts: &[Prompt]) -> Standing {
        let mut standing = Standing::new();
        let mut acts = Vec::new();
        for (place, prompt) in prompts.iter().enumerate() {
            let by = standing.entry(prompt.message.clone()).or_default();
            if place.is_multiple_of(2) {
                by.insert(self.omar.id().to_owned());
            } else {
                self.omar.redacts(&prompt.room, &prompt.early).await;
            }
            for (number, person) in self.people.iter().enumerate() {
                let is_taken_back = (place + number).is_multiple_of(TAKEN_BACK);
                let is_given_again = (place + number).is_multiple_of(2 * TAKEN_BACK);
                if !is_taken_back || is_given_again {
                    by.insert(person.id().to_owned());
                }
                acts.push(async move {
                    // Some clients ask for the coloured form of an emoji.
                    let key = if number % 3 == 0 { "✅\u{FE0F}" } else { "✅" };
                    let given = person.reacts(&prompt.room, &prompt.message, key).await;
                    if is_taken_back {
                        person.redacts(&prompt.room, &given).await;
                    }
                    if is_given_again {
                        person.reacts(&prompt.room, &prompt.message, key).await;
                    }
                });
            }
        }
        let mut acts = stream::iter(acts).buffer_unordered(AT_ONCE);
        while acts.next().await.is_some() {}
        standing
    }
}

/// A bot that does not run comes into a room that anybody may join.
pub async fn comes(homeserver: &Homeserver, bot: &Bot, room: &str) {
    let path = format!("/_matrix/client/v3/join/{room}");
    let (status, answer) = homeserver
        .request("POST", &path, Some(&bot.account.token), Some(json!({})))
        .await;
    assert_eq!(status, 200, "{answer}");
}

/// Who has reacted to what, as a bot has stored it.
pub async fn stored(store: &Store) -> Standing {
    let mut reader = store.read().await.unwrap();
    let mut standing = Standing::new();
    for prompt in reader.list_prompts(PromptState::Posted).await.unwrap() {
        let by = reader.list_reactions_on(&prompt).await.unwrap();
        let by = by.into_iter().map(|(account, _)| account);
        standing.insert(prompt.message.unwrap(), by.collect());
    }
    standing
}

/// Links rooms in a bot's database. The first two of them get the prompts as soon as it runs.
pub async fn prepare(bot: &Bot, rooms: &[String]) {
    let store = bot.store().await;
    let mut writer = store.write().await.unwrap();
    let mut linked = Vec::new();
    for room in rooms {
        let room = room_at(room);
        linked.push((writer.link_room(&room).await.unwrap(), room.address));
    }
    let (now, zone) = (SystemClock.now(), TimeZone::get("America/Montreal").unwrap());
    let chance = Chance::from_system();
    for (ask, (room, address)) in (0..PROMPTS).zip(linked[..2].iter().cycle()) {
        let ends_at = now + 48.hours();
        let content = content(ask, ends_at);
        let ask = writer.add_ask(None, None, &content, now).await.unwrap();
        let occasion = Day::of(now, &zone);
        let prompt = writer.add_prompt(ask, occasion, *room, ends_at).await.unwrap();
        let delivery = NewDelivery {
            key: chance.key(),
            kind: DeliveryKind::Prompt,
            to: Destination::Room(address.clone()),
            subject: Some(prompt.unwrap().0),
            card: None,
            deadline: Some(ends_at),
        };
        writer.enqueue(&delivery, now).await.unwrap();
        writer.set_ask_state(ask, AskState::Open).await.unwrap();
    }
    writer.commit().await.unwrap();
    store.close().await;
}

fn words(ask: usize) -> String {
    format!("The petition of house {ask}.")
}

fn content(ask: usize, closes_at: Timestamp) -> AskContent {
    let wording = Wording {
        text: words(ask),
        ..Wording::default()
    };
    let (kind, networks) = match ask % 2 {
        0 => (AskKind::Share, vec![Network::Mastodon]),
        _ => (AskKind::Sign, Vec::new()),
    };
    AskContent {
        kind,
        campaign: None,
        wordings: vec![(Language::English, wording)],
        link: Some("https://example.org/petition".into()),
        hashtags: Vec::new(),
        networks,
        picture: None,
        targets: Vec::new(),
        groups: Vec::new(),
        slot: None,
        closes_at: Some(closes_at),
    }
}

fn room_at(id: &str) -> Room {
    Room {
        id: RoomId(0),
        address: RoomAddress {
            platform: "matrix".into(),
            room: id.to_owned(),
        },
        name: "a room".into(),
        purpose: Purpose::Volunteers,
        language: RoomLanguage::English,
        time_zone: "America/Montreal".into(),
        group: None,
    }
}
