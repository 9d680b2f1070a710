//! The adapter alone: what it sends, finds again and tells of, with nobody behind it but the test.

use std::{sync::Arc, time::Duration};

use relais::{
    chat::{
        Block, Button, Card, Event, Message, Platform,
        discord::{self, Access, Discord},
    },
    clock::Clock,
    domain::room::RoomAddress,
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use super::model::{At, Id, Model};

/// How long anything may take on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// An adapter that is connected to a model.
pub struct Adapter {
    pub discord: Arc<Discord>,
    pub events: mpsc::Receiver<Event>,
    stop: CancellationToken,
    pub running: JoinHandle<anyhow::Result<()>>,
}

impl Adapter {
    /// Connects to a model, behind a proxy's address, and is there once all that is there was told.
    pub async fn start(model: &Model) -> Self {
        let mut adapter = Self::begin(model, access(model, Duration::from_secs(20)));
        adapter.connected().await;
        adapter
    }

    /// Begins to connect.
    pub fn begin(model: &Model, access: Access) -> Self {
        let (sender, events) = relais::app::events();
        let clock = Arc::clone(model.clock()) as Arc<dyn Clock>;
        let (discord, connection) = discord::connect(access, sender, clock);
        let stop = CancellationToken::new();
        let running = tokio::spawn(connection.run(stop.clone()));
        Self {
            discord,
            events,
            stop,
            running,
        }
    }

    /// The next event that is one of those.
    pub async fn next<T>(&mut self, what: &str, mut wanted: impl FnMut(Event) -> Option<T>) -> T {
        let found = async {
            loop {
                let event = self.events.recv().await.unwrap();
                if let Some(found) = wanted(event) {
                    return found;
                }
            }
        };
        let found = timeout(PATIENCE, found).await;
        found.unwrap_or_else(|_| panic!("never: {what}"))
    }

    pub async fn connected(&mut self) {
        self.next("it is connected", |event| {
            matches!(event, Event::Connected { .. }).then_some(())
        })
        .await;
    }

    /// Waits until it is told that a channel changed. The threads in it do with it.
    pub async fn changes(&mut self, channel: Id) {
        self.next("a room changed", |event| match event {
            Event::RoomChanged { address } => (address == room(channel)).then_some(()),
            _ => None,
        })
        .await;
    }

    /// The next reaction: whose, which, and whether it was given.
    pub async fn reacted(&mut self) -> (String, String, bool) {
        self.next("somebody reacts", |event| match event {
            Event::Reacted {
                sender, key, given, ..
            } => Some((sender.account, key, given)),
            _ => None,
        })
        .await
    }

    /// Sends a card and returns where it stands.
    pub async fn sends(&self, channel: Id, card: &Card, key: &str) -> At {
        let sent = self.discord.send(&room(channel), card, key).await.unwrap();
        (channel, Id(sent.0.parse().unwrap()))
    }
}

impl Drop for Adapter {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// How to reach a model, where an answer is waited for so long.
pub fn access(model: &Model, patience: Duration) -> Access {
    Access {
        token: model.token().into(),
        proxy: Some(model.url()),
        client: reqwest::Client::builder().timeout(patience).build().unwrap(),
    }
}

pub fn room(channel: Id) -> RoomAddress {
    RoomAddress {
        platform: discord::NAME.to_owned(),
        room: channel.0.to_string(),
    }
}

pub fn message(at: At) -> Message {
    Message(at.1.0.to_string())
}

/// A card with a text to copy and something to press.
pub fn prompt() -> Card {
    Card {
        title: Some("Partager jusqu’à 18 h".into()),
        blocks: vec![
            Block::Paragraph {
                text: "Demandez le registre. @everyone <@&1>".into(),
            },
            Block::Copy {
                label: "À copier".into(),
                text: "Demandez le registre des loyers. #Logement".into(),
            },
        ],
        buttons: vec![Button {
            id: "1.c.4.done.".into(),
            label: "C’est fait".into(),
            emoji: Some("✅".into()),
            ..Button::default()
        }],
        footer: Some("12 personnes".into()),
        ..Card::default()
    }
}
