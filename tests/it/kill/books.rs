//! What the database says once a process is dead, or beside one that lives.

use std::{path::Path, time::Duration};

use relais::{
    domain::{
        confirmation::{Confirmation, confirmations},
        id::AskId,
    },
    store::{DeliveryState, Store},
};

use crate::demo::{PATIENCE, database};

/// The database of a story.
pub struct Books(pub Store);

impl Books {
    pub async fn open(data: &Path) -> Self {
        Self(Store::open(&database(data)).await.unwrap())
    }

    /// How many rows of the outbox stand where, in words.
    pub async fn outbox(&self) -> String {
        let mut counts = Vec::new();
        for state in DeliveryState::ALL {
            match self.count(*state).await {
                0 => {}
                count => counts.push(format!("{count} {state}")),
            }
        }
        if counts.is_empty() {
            "empty outbox".to_owned()
        } else {
            format!("outbox: {}", counts.join(", "))
        }
    }

    pub async fn count(&self, state: DeliveryState) -> i64 {
        self.0
            .read()
            .await
            .unwrap()
            .count_deliveries(state)
            .await
            .unwrap()
    }

    /// How many rows are on their way, at one moment.
    pub async fn under_way(&self) -> i64 {
        let mut reader = self.0.read().await.unwrap();
        let mut rows = 0;
        for state in [
            DeliveryState::Pending,
            DeliveryState::Sending,
            DeliveryState::Unsure,
        ] {
            rows += reader.count_deliveries(state).await.unwrap();
        }
        rows
    }

    /// Waits until another process has brought everything out. Nobody tells us of its commits, so it is looked at.
    pub async fn settle(&self) {
        let mut looks = tokio::time::interval(Duration::from_millis(100));
        let settled = async {
            while self.under_way().await > 0 {
                looks.tick().await;
            }
        };
        let settled = tokio::time::timeout(PATIENCE, settled).await;
        assert!(
            settled.is_ok(),
            "not all was brought out: {}",
            self.outbox().await
        );
    }

    /// Nothing is on its way, nothing was refused, and the books are equal to a recount.
    pub async fn check(&self) {
        let mut reader = self.0.read().await.unwrap();
        let (confirmations, differences) = reader.recount().await.unwrap();
        assert!(confirmations > 0, "nobody confirmed anything");
        assert!(differences.is_empty(), "{differences:?}");
        drop(reader);
        assert_eq!(self.under_way().await, 0, "{}", self.outbox().await);
        assert_eq!(
            self.count(DeliveryState::Refused).await,
            0,
            "{}",
            self.outbox().await
        );
        assert_eq!(self.0.check_integrity().await.unwrap(), [""; 0]);
    }

    /// The ask with this reference.
    pub async fn ask(&self, reference: &str) -> AskId {
        let mut reader = self.0.read().await.unwrap();
        reader.find_ask_by_reference(reference).await.unwrap().unwrap().id
    }

    /// What stands of somebody's confirmations of an ask.
    pub async fn confirmed(&self, who: &str, ask: AskId) -> Vec<Confirmation> {
        let mut reader = self.0.read().await.unwrap();
        let Some(account) = reader.find_account("embedded", who).await.unwrap() else {
            return Vec::new();
        };
        let signals = reader.list_signals_of(account.person).await.unwrap();
        let own = signals.iter().filter(|written| written.standing.ask == ask);
        confirmations(own.map(|written| &written.signal))
    }
}
