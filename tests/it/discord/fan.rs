//! One ask that is due in many channels, half of them in French and half in both languages, and what stands there in the end.

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use relais::{
    chance::Chance,
    domain::{
        ask::{AskContent, AskKind, AskState, Wording},
        day::Day,
        id::RoomId,
        language::{Language, RoomLanguage},
        network::Network,
        room::{Purpose, Room},
    },
    store::{DeliveryKind, Destination, NewDelivery, Store},
};

use serde_json::json;

use super::{
    adapter::room,
    model::{At, Id, Model, Server, State, shown::words_of},
};

/// What is to be copied, in each language.
const FRENCH: &str = "Demandez le registre des loyers.";
const ENGLISH: &str = "Ask for the rent registry.";
/// What only the embed says.
const TITLES: [&str; 2] = ["À relayer avant", "Share before"];

/// The channels, each with the languages in which it is spoken to.
pub struct Fan(Vec<(Id, RoomLanguage)>);

impl Fan {
    pub fn open(server: &Server, channels: usize) -> Self {
        let open = |number: usize| {
            let language = if number.is_multiple_of(2) {
                RoomLanguage::French
            } else {
                RoomLanguage::Both
            };
            (server.channel(&format!("salon-{number}")), language)
        };
        Self((0..channels).map(open).collect())
    }

    /// Links them, and puts a prompt for each into the outbox.
    pub async fn is_due(&self, store: &Store, now: Timestamp) {
        let mut writer = store.write().await.unwrap();
        let ends_at = now + 48.hours();
        let ask = writer.add_ask(None, None, &content(ends_at), now).await.unwrap();
        let occasion = Day::of(now, &TimeZone::get("America/Montreal").unwrap());
        let chance = Chance::from_system();
        for (channel, language) in &self.0 {
            let linked = Room {
                id: RoomId(0),
                address: room(*channel),
                name: channel.to_string(),
                purpose: Purpose::Volunteers,
                language: *language,
                time_zone: "America/Montreal".to_owned(),
                group: None,
            };
            let linked = writer.link_room(&linked).await.unwrap();
            let prompt = writer.add_prompt(ask, occasion, linked, ends_at).await.unwrap();
            let delivery = NewDelivery {
                key: chance.key(),
                kind: DeliveryKind::Prompt,
                to: Destination::Room(room(*channel)),
                subject: Some(prompt.unwrap().0),
                card: None,
                deadline: Some(ends_at),
            };
            writer.enqueue(&delivery, now).await.unwrap();
        }
        writer.set_ask_state(ask, AskState::Open).await.unwrap();
        writer.commit().await.unwrap();
    }

    pub fn channels(&self) -> usize {
        self.0.len()
    }

    /// How many messages stand in all.
    pub fn standing(&self, state: &State) -> usize {
        let messages = self
            .0
            .iter()
            .filter_map(|(channel, _)| state.channels.get(channel));
        messages.map(|channel| channel.messages.len()).sum()
    }

    /// The messages to which people react: a text to copy that stands before one is not.
    pub fn prompts(&self, model: &Model) -> Vec<At> {
        let mut prompts = Vec::new();
        for (channel, _) in &self.0 {
            let messages = model.messages(*channel).into_iter();
            let pressed = messages.filter(|message| message["components"] != json!([]));
            prompts.extend(pressed.filter_map(|message| Some((*channel, Id::of(&message["id"])?))));
        }
        prompts
    }

    /// How many messages there are when each prompt is whole: a text to copy stands apart, and a second one before the prompt.
    pub fn whole(&self) -> usize {
        let messages = self.0.iter().map(|(_, language)| language.languages().len());
        messages.sum()
    }

    /// Each prompt is whole and stands once.
    pub fn stands_once(&self, model: &Model) {
        for (channel, language) in &self.0 {
            let messages = model.messages(*channel);
            let both = *language == RoomLanguage::Both;
            let (one, other) = (1, usize::from(both));
            for (text, title, times) in [(FRENCH, TITLES[0], one), (ENGLISH, TITLES[1], other)] {
                let copied = messages
                    .iter()
                    .filter(|message| message["content"] == text)
                    .count();
                let titled = messages
                    .iter()
                    .filter(|message| words_of(message).contains(title))
                    .count();
                assert_eq!(
                    (copied, titled),
                    (times, times),
                    "{text:?} in {channel}: {messages:#?}"
                );
            }
        }
    }
}

fn content(ends_at: Timestamp) -> AskContent {
    let wording = |text: &str| Wording {
        text: text.to_owned(),
        ..Wording::default()
    };
    AskContent {
        kind: AskKind::Share,
        campaign: None,
        wordings: vec![
            (Language::French, wording(FRENCH)),
            (Language::English, wording(ENGLISH)),
        ],
        link: None,
        hashtags: Vec::new(),
        networks: vec![Network::Mastodon],
        picture: None,
        targets: Vec::new(),
        groups: Vec::new(),
        slot: None,
        closes_at: Some(ends_at),
    }
}
