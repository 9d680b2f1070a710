//! An organisation that loses a channel, a right or the whole of Discord.

use std::{sync::Arc, time::Duration};

use jiff::{civil::Time, civil::Weekday, tz::TimeZone};
use relais::{
    app::{App, Settings, events},
    chance::Chance,
    chat::{
        Card, Platform,
        discord::{self, NAME},
    },
    clock::Clock,
    domain::{
        id::RoomId,
        language::{Language, RoomLanguage},
        room::{Purpose, Room},
    },
    run,
    store::{DeliveryKind, DeliveryState, Destination, NewDelivery, Store},
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::{task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{
    adapter::{access, room},
    model::{Id, Model, Server, permission},
};

const PATIENCE: Duration = Duration::from_mins(1);

/// A Relais in this process, with two linked channels.
struct Organisation {
    store: Store,
    guild: Server,
    coordination: Id,
    quartier: Id,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
    connection: JoinHandle<anyhow::Result<()>>,
    _folder: TempDir,
}

impl Organisation {
    async fn found(model: &Model) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("relais.db").display());
        let store = Store::open(&url).await.unwrap();
        let guild = model.guild("Logement");
        let (coordination, quartier) = (guild.channel("coordination"), guild.channel("quartier"));
        link(&store, coordination, "coordination", Purpose::Coordination).await;
        link(&store, quartier, "quartier", Purpose::Volunteers).await;
        let (sender, receiver) = events();
        let clock = Arc::clone(model.clock()) as Arc<dyn Clock>;
        let access = access(model, Duration::from_secs(20));
        let (platform, connection) = discord::connect(access, sender, Arc::clone(&clock));
        let settings = Settings {
            organisation: "Comité logement".into(),
            time_zone: TimeZone::get("America/Montreal").unwrap(),
            language: Language::English,
            admins: vec![(NAME.into(), guild.owner.id.0.to_string())],
            summary_day: Weekday::Monday,
            summary_time: Time::constant(9, 0, 0, 0),
            mastodon_server: None,
            public_url: None,
        };
        let platforms = vec![platform as Arc<dyn Platform>];
        let parts = (clock, Chance::from_system());
        let app = App::new(store.clone(), settings, parts, platforms).await.unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(run::run(Arc::new(app), receiver, stop.clone()));
        let connection = tokio::spawn(connection.run(stop.clone()));
        model.connected(1).await;
        Self {
            store,
            guild,
            coordination,
            quartier,
            stop,
            running,
            connection,
            _folder: folder,
        }
    }

    /// How often these words stand in a channel.
    fn count(model: &Model, channel: Id, words: &str) -> usize {
        let stands = model.messages(channel);
        stands
            .iter()
            .filter(|message| text(message).contains(words))
            .count()
    }

    /// Puts something for somebody alone in the outbox, and says what became of it.
    async fn tells(&self, account: Id, key: &str) -> DeliveryState {
        let delivery = NewDelivery {
            key: key.to_owned(),
            kind: DeliveryKind::Direct,
            to: Destination::Account {
                platform: NAME.to_owned(),
                account: account.0.to_string(),
            },
            subject: None,
            card: Some(Card::paragraph("Bonjour").to_json()),
            deadline: None,
        };
        let mut changes = self.store.changes();
        let mut writer = self.store.write().await.unwrap();
        let counted = async |state| {
            self.store
                .read()
                .await
                .unwrap()
                .count_deliveries(state)
                .await
                .unwrap()
        };
        let before = (
            counted(DeliveryState::Sent).await,
            counted(DeliveryState::Refused).await,
        );
        writer
            .enqueue(&delivery, "2026-01-01T12:00:00Z".parse().unwrap())
            .await
            .unwrap();
        writer.commit().await.unwrap();
        let settled = async {
            loop {
                changes.mark_unchanged();
                if counted(DeliveryState::Sent).await > before.0 {
                    return DeliveryState::Sent;
                }
                if counted(DeliveryState::Refused).await > before.1 {
                    return DeliveryState::Refused;
                }
                let _ = changes.changed().await;
            }
        };
        timeout(PATIENCE, settled).await.unwrap()
    }

    /// Everything stops, and nothing went wrong.
    async fn ends(self) {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
        self.connection.await.unwrap().unwrap();
    }
}

async fn link(store: &Store, channel: Id, name: &str, purpose: Purpose) {
    let mut writer = store.write().await.unwrap();
    let linked = Room {
        id: RoomId(0),
        address: room(channel),
        name: name.to_owned(),
        purpose,
        language: RoomLanguage::English,
        time_zone: "America/Montreal".to_owned(),
        group: None,
    };
    writer.link_room(&linked).await.unwrap();
    writer.commit().await.unwrap();
}

fn text(message: &Value) -> String {
    let embeds = message["embeds"].as_array().unwrap().iter();
    embeds.filter_map(|embed| embed["description"].as_str()).collect()
}

#[tokio::test]
async fn a_lost_right_and_a_deleted_channel_are_each_told_once() {
    let model = Model::start().await;
    let organisation = Organisation::found(&model).await;
    let (guild, told) = (&organisation.guild, organisation.coordination);
    guild.deny(organisation.quartier, permission::SEND_MESSAGES);
    model.posted(told, "may no longer do its work in quartier").await;
    // Connecting anew tells nothing again, and what is told next comes after it.
    model.refuse_resume();
    model.cut_gateway();
    model.connected(1).await;
    guild.delete_channel(organisation.quartier);
    model.posted(told, "quartier was deleted").await;
    assert_eq!(Organisation::count(&model, told, "may no longer do its work"), 1);
    assert_eq!(Organisation::count(&model, told, "was deleted"), 1);
    organisation.ends().await;
}

#[tokio::test]
async fn a_lost_server_is_told_once_and_goes_on_when_it_is_back() {
    let model = Model::start().await;
    let organisation = Organisation::found(&model).await;
    let other = model.guild("Verdun");
    for name in ["parc", "rivière", "canal"] {
        let channel = other.channel(name);
        link(&organisation.store, channel, name, Purpose::Volunteers).await;
    }
    let absent = async |wanted: usize| {
        let mut changes = organisation.store.changes();
        let found = async {
            loop {
                changes.mark_unchanged();
                let mut reader = organisation.store.read().await.unwrap();
                if reader.list_absences().await.unwrap().len() == wanted {
                    return;
                }
                drop(reader);
                let _ = changes.changed().await;
            }
        };
        timeout(PATIENCE, found).await.unwrap();
    };
    other.remove_bot();
    let told = organisation.coordination;
    let at = model.posted(told, "can no longer work in").await;
    let words = text(&model.message(at).unwrap());
    for name in ["parc", "rivière", "canal"] {
        assert!(words.contains(name), "{words}");
    }
    absent(3).await;
    other.invite_bot();
    absent(0).await;
    assert_eq!(Organisation::count(&model, told, "no longer"), 1);
    organisation.ends().await;
}

#[tokio::test]
async fn a_closed_door_is_left_alone() {
    let model = Model::start().await;
    let organisation = Organisation::found(&model).await;
    let marie = model.user("Marie", "fr");
    organisation.guild.admit(&[&marie]);
    assert_eq!(organisation.tells(marie.id, "one").await, DeliveryState::Sent);
    marie.close_door();
    assert_eq!(organisation.tells(marie.id, "two").await, DeliveryState::Refused);
    organisation.ends().await;
}
