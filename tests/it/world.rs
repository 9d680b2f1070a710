//! An organisation on the embedded chat, run by the real thing through the library: its people come in by the chat's own door,
//! and its clock is moved by the test.

use std::{sync::Arc, time::Duration};

use jiff::{Timestamp, civil::Time, civil::Weekday, tz::TimeZone};
use relais::{
    app::{App, Settings, events},
    chance::Chance,
    chat::{
        Answer, Attachment, Block, Card, Event, Message, Platform,
        embedded::{Cast, Content, Embedded, Gesture, Person, PostId, Room, Standing},
    },
    cli::demo::{AdjustableClock, StoredHistory},
    clock::Clock,
    domain::language::Language,
    run,
    store::{DeliveryState, Store},
};
use tokio::{sync::mpsc, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// How long anything may take to happen before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running organisation.
pub struct World {
    pub app: Arc<App>,
    pub chat: Arc<Embedded>,
    pub clock: Arc<AdjustableClock>,
    pub store: Store,
    /// The way in of the bot, for what the chat’s own door does not bring.
    pub events: mpsc::Sender<Event>,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
}

/// The organisation's settings.
pub fn settings() -> Settings {
    Settings {
        organisation: "Comité logement".into(),
        time_zone: TimeZone::get("America/Montreal").unwrap(),
        language: Language::French,
        admins: vec![("embedded".into(), "nadia".into())],
        summary_day: Weekday::Monday,
        summary_time: Time::constant(9, 0, 0, 0),
        mastodon_server: None,
        public_url: None,
    }
}

impl World {
    /// Starts on a database, at an instant, with whatever stands there.
    pub async fn start(store: &Store, at: &str) -> Self {
        Self::start_on(store, at, |chat| chat).await
    }

    /// The same, where the bot's platform is what `wrap` makes of the chat.
    pub async fn start_on(
        store: &Store,
        at: &str,
        wrap: impl FnOnce(Arc<Embedded>) -> Arc<dyn Platform>,
    ) -> Self {
        crate::log::listen();
        let clock = Arc::new(AdjustableClock::starting_at(at.parse().unwrap()));
        let (sender, receiver) = events();
        let history = Arc::new(StoredHistory(store.clone()));
        let chat = Arc::new(
            Embedded::open(history, Arc::clone(&clock) as _, sender.clone())
                .await
                .unwrap(),
        );
        let parts = (Arc::clone(&clock) as Arc<dyn Clock>, Chance::from_system());
        let platforms = vec![wrap(Arc::clone(&chat))];
        let app = Arc::new(
            App::new(store.clone(), settings(), parts, platforms)
                .await
                .unwrap(),
        );
        let stop = CancellationToken::new();
        let running = tokio::spawn(run::run(Arc::clone(&app), receiver, stop.clone()));
        chat.connect().await.unwrap();
        Self {
            app,
            chat,
            clock,
            store: store.clone(),
            events: sender,
            stop,
            running,
        }
    }

    /// The people and rooms of the stories: Nadia is admin, Marc and Claire coordinate, Lou, Sam and Inès are volunteers.
    pub async fn found(store: &Store, at: &str) -> Self {
        let world = Self::start(store, at).await;
        let room = |id: &str| Room {
            id: id.into(),
            name: id.into(),
            topic: String::new(),
            labels: vec![],
        };
        let rooms = ["quartier", "downtown", "laval", "coordination", "direction"];
        world.chat.add_rooms(rooms.map(room)).await.unwrap();
        let person = |(id, locale): (&str, &str)| Person {
            id: id.into(),
            name: id.into(),
            locale: locale.into(),
            about: String::new(),
            cast: Cast::Lead,
        };
        let people = [
            ("nadia", "fr-CA"),
            ("marc", "fr-CA"),
            ("claire", "en-CA"),
            ("lou", "fr-CA"),
            ("sam", "en-CA"),
            ("ines", "fr"),
        ];
        world.chat.add_people(people.map(person)).await.unwrap();
        for group in ["montreal", "laval", "partenaires"] {
            world
                .says("nadia", "coordination", &format!("group add {group}"))
                .await;
        }
        for (room, rest) in [
            ("quartier", "bénévoles fr montreal"),
            ("downtown", "volunteers en montreal"),
            ("laval", "volunteers both laval"),
            ("coordination", "coordination both"),
            ("direction", "direction both"),
        ] {
            world.says("nadia", room, &format!("room add {rest}")).await;
        }
        for who in ["marc", "claire"] {
            world.says(who, "coordination", "me").await;
            world
                .says("nadia", "coordination", &format!("role grant {who} coordinator"))
                .await;
        }
        world
    }

    /// What somebody is answered who types a command in a room.
    pub async fn answered(&self, who: &str, room: &str, text: &str) -> Answer {
        self.chat
            .visit(who, room)
            .unwrap()
            .say(&format!("/{text}"))
            .await
            .unwrap()
            .unwrap()
    }

    /// The words that somebody is answered who types a command in a room.
    pub async fn says(&self, who: &str, room: &str, text: &str) -> String {
        words(&self.answered(who, room, text).await)
    }

    /// What somebody is answered who presses a button that they see, by its id.
    pub async fn presses(&self, who: &str, room: &str, button: &str) -> Answer {
        self.chat
            .visit(who, room)
            .unwrap()
            .press(button)
            .await
            .unwrap()
            .unwrap()
    }

    /// Somebody reacts, or takes the reaction back.
    #[expect(
        clippy::too_many_arguments,
        reason = "who, where, to what, with what, and whether they give it"
    )]
    pub async fn reacts(&self, who: &str, room: &str, post: &PostId, key: &str, gesture: Gesture) {
        let message = Message(post.as_str().to_owned());
        self.chat
            .visit(who, room)
            .unwrap()
            .react(&message, key, gesture)
            .await
            .unwrap();
    }

    /// What somebody is answered who drops files in a room.
    pub async fn drops(&self, who: &str, room: &str, files: Vec<(&str, Vec<u8>)>) -> String {
        let files = files.into_iter().map(|(name, bytes)| Attachment {
            name: name.into(),
            bytes: bytes.into(),
        });
        words(
            &self
                .chat
                .visit(who, room)
                .unwrap()
                .drop_files(files.collect())
                .await
                .unwrap()
                .unwrap(),
        )
    }

    /// Moves the clock to an instant.
    pub fn clock_shows(&self, at: &str) {
        self.clock.advance_to(at.parse::<Timestamp>().unwrap());
    }

    /// The messages of a room, the oldest first.
    pub async fn messages(&self, room: &str) -> Vec<Standing> {
        self.chat.passage(room, None, 200).await.unwrap().standing
    }

    /// The bot's cards in a room, the oldest first.
    pub async fn cards(&self, room: &str) -> Vec<(PostId, Card)> {
        let messages = self.messages(room).await;
        let card = |one: Standing| match one.post.content {
            Content::Card { card, .. } => Some((one.post.id, *card)),
            Content::Text(_) | Content::Files(_) | Content::Withdrawn => None,
        };
        messages.into_iter().filter_map(card).collect()
    }

    /// Waits for a card in a room of which all is text that holds a text.
    pub async fn sees(&self, room: &str, text: &str) -> (PostId, Card) {
        let mut updates = self.chat.subscribe();
        let seen = async {
            loop {
                let cards = self.cards(room).await;
                if let Some(found) = cards
                    .into_iter()
                    .rev()
                    .find(|(_, card)| card_words(card).contains(text))
                {
                    return found;
                }
                // A page that lags looks again all the same.
                let _ = updates.recv().await;
            }
        };
        let seen = tokio::time::timeout(PATIENCE, seen).await;
        let Ok(seen) = seen else {
            eprintln!("running ended: {}", self.running.is_finished());
            panic!(
                "« {text} » was never seen in {room}: {:#?}",
                self.cards(room).await
            )
        };
        seen
    }

    /// Waits until nothing is on its way to a platform.
    pub async fn is_settled(&self) {
        let mut changes = self.store.changes();
        let settled = async {
            loop {
                let mut reader = self.store.read().await.unwrap();
                let mut left = 0;
                for state in [
                    DeliveryState::Pending,
                    DeliveryState::Sending,
                    DeliveryState::Unsure,
                ] {
                    left += reader.count_deliveries(state).await.unwrap();
                }
                left -= i64::try_from(reader.list_refreshes(Timestamp::MAX).await.unwrap().len()).unwrap();
                drop(reader);
                if left == 0 {
                    return;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, settled).await.unwrap();
    }

    /// Everything is stopped, as by a signal.
    pub async fn stop(self) {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
    }

    /// The books are right and nothing is left undone.
    pub async fn is_in_order(&self) -> i64 {
        let (confirmations, differences) = self.store.read().await.unwrap().recount().await.unwrap();
        assert_eq!(differences, [], "the books agree with a recount");
        confirmations
    }
}

/// Everything that an answer says, a line a piece.
pub fn words(answer: &Answer) -> String {
    match answer {
        Answer::Card(card, _) | Answer::Refused(card) | Answer::File(card, _) => card_words(card),
        Answer::Form(form) => {
            let mut lines = vec![form.title.clone()];
            lines.extend(form.mistakes.clone());
            lines.join("\n")
        }
    }
}

/// Everything that a card says, a line a piece.
pub fn card_words(card: &Card) -> String {
    let mut lines: Vec<String> = card.title.iter().cloned().collect();
    for block in &card.blocks {
        match block {
            Block::Heading { text } | Block::Paragraph { text } | Block::Quote { text } => {
                lines.push(text.clone());
            }
            Block::Copy { label, text } => lines.extend([label.clone(), text.clone()]),
            Block::List { items } => lines.extend(items.clone()),
            Block::Links { links } => {
                lines.extend(links.iter().map(|link| format!("{} → {}", link.label, link.url)));
            }
            Block::Rule => lines.push("—".into()),
        }
    }
    lines.extend(card.buttons.iter().map(|button| format!("[{}]", button.label)));
    lines.extend(card.footer.clone());
    lines.join("\n")
}

/// The id of a card's button, by a part of what it says.
pub fn button(card: &Card, label: &str) -> String {
    let found = card.buttons.iter().find(|button| button.label.contains(label));
    found
        .unwrap_or_else(|| panic!("no button « {label} » on {card:#?}"))
        .id
        .clone()
}

/// The card of an answer.
pub fn card_of(answer: Answer) -> Card {
    match answer {
        Answer::Card(card, _) | Answer::Refused(card) | Answer::File(card, _) => card,
        Answer::Form(form) => panic!("a form: {form:#?}"),
    }
}
