//! An organisation that loses a channel, a right or the whole of Discord.

use std::time::Duration;

use relais::{
    chat::{Card, discord::NAME},
    domain::room::Purpose,
    store::{DeliveryKind, DeliveryState, Destination, NewDelivery, Store},
};
use serde_json::Value;
use tokio::time::timeout;

use super::{
    model::{Id, Model, Server, permission},
    organisation::{Organisation, link},
};
use crate::database::{self, Database};

const PATIENCE: Duration = Duration::from_mins(1);

/// A Relais in this process, with two linked channels.
struct Linked {
    organisation: Organisation,
    database: Database,
    guild: Server,
    coordination: Id,
    quartier: Id,
}

impl Linked {
    async fn found(model: &Model) -> Self {
        let database = database::sqlite().await;
        let guild = model.guild("Logement");
        let (coordination, quartier) = (guild.channel("coordination"), guild.channel("quartier"));
        link(
            &database.store,
            coordination,
            "coordination",
            Purpose::Coordination,
        )
        .await;
        link(&database.store, quartier, "quartier", Purpose::Volunteers).await;
        let organisation = Organisation::start(model, &database.store, &guild.owner).await;
        Self {
            organisation,
            database,
            guild,
            coordination,
            quartier,
        }
    }

    fn store(&self) -> &Store {
        &self.database.store
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
        let mut changes = self.store().changes();
        let mut writer = self.store().write().await.unwrap();
        let counted = async |state| {
            self.store()
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
}

fn text(message: &Value) -> String {
    let embeds = message["embeds"].as_array().unwrap().iter();
    embeds.filter_map(|embed| embed["description"].as_str()).collect()
}

#[tokio::test]
async fn a_lost_right_and_a_deleted_channel_are_each_told_once() {
    let model = Model::start().await;
    let linked = Linked::found(&model).await;
    let (guild, told) = (&linked.guild, linked.coordination);
    guild.deny(linked.quartier, permission::SEND_MESSAGES);
    model.posted(told, "may no longer do its work in quartier").await;
    // Connecting anew tells nothing again, and what is told next comes after it.
    model.refuse_resume();
    model.cut_gateway();
    model.connected(1).await;
    guild.delete_channel(linked.quartier);
    model.posted(told, "quartier was deleted").await;
    assert_eq!(Linked::count(&model, told, "may no longer do its work"), 1);
    assert_eq!(Linked::count(&model, told, "was deleted"), 1);
    linked.organisation.stop().await;
}

#[tokio::test]
async fn a_lost_server_is_told_once_and_goes_on_when_it_is_back() {
    let model = Model::start().await;
    let linked = Linked::found(&model).await;
    let other = model.guild("Verdun");
    for name in ["parc", "rivière", "canal"] {
        let channel = other.channel(name);
        link(linked.store(), channel, name, Purpose::Volunteers).await;
    }
    let absent = async |wanted: usize| {
        let mut changes = linked.store().changes();
        let found = async {
            loop {
                changes.mark_unchanged();
                let mut reader = linked.store().read().await.unwrap();
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
    let told = linked.coordination;
    let at = model.posted(told, "can no longer work in").await;
    let words = text(&model.message(at).unwrap());
    for name in ["parc", "rivière", "canal"] {
        assert!(words.contains(name), "{words}");
    }
    absent(3).await;
    other.invite_bot();
    absent(0).await;
    assert_eq!(Linked::count(&model, told, "no longer"), 1);
    linked.organisation.stop().await;
}

#[tokio::test]
async fn a_closed_door_is_left_alone() {
    let model = Model::start().await;
    let linked = Linked::found(&model).await;
    let marie = model.user("Marie", "fr");
    linked.guild.admit(&[&marie]);
    assert_eq!(linked.tells(marie.id, "one").await, DeliveryState::Sent);
    marie.close_door();
    assert_eq!(linked.tells(marie.id, "two").await, DeliveryState::Refused);
    linked.organisation.stop().await;
}
