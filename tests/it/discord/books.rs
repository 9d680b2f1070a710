//! What the database says beside what stands on Discord.

use std::{collections::BTreeSet, time::Duration};

use jiff::Timestamp;
use relais::{
    domain::outcome::Outcome,
    store::{DeliveryState, PromptState, Store},
};
use tokio::time::{interval, timeout};

use super::{
    PATIENCE,
    model::{At, Id, Model, shown::words_of},
};

/// How often something is looked at that another process writes: nobody tells of its commits.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Waits until something holds.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let mut looks = interval(LOOK_EVERY);
    let waiting = async {
        while !holds().await {
            looks.tick().await;
        }
    };
    let waited = timeout(PATIENCE, waiting).await;
    assert!(waited.is_ok(), "never: {what}");
}

/// Waits until a message says this.
pub async fn says(model: &Model, at: At, words: &str) {
    let what = format!("{words:?} in a message");
    model
        .until(&what, |state| {
            let message = state.message(at.0, at.1).ok()?;
            words_of(&message.object).contains(words).then_some(())
        })
        .await;
}

/// So many confirmations are counted, and the books agree with a recount.
pub async fn books_are_right(store: &Store, confirmations: i64) {
    let (counted, differences) = store.read().await.unwrap().recount().await.unwrap();
    assert_eq!((counted, differences), (confirmations, vec![]));
}

/// Waits until nothing is on its way to Discord any more. Of running totals there may always be a newer one.
pub async fn is_settled(store: &Store) {
    until("everything is brought out", async || under_way(store).await == 0).await;
}

async fn under_way(store: &Store) -> i64 {
    let mut reader = store.read().await.unwrap();
    let mut rows = 0;
    for state in [
        DeliveryState::Pending,
        DeliveryState::Sending,
        DeliveryState::Unsure,
    ] {
        rows += reader.count_deliveries(state).await.unwrap();
    }
    let totals = reader.list_refreshes(Timestamp::MAX).await.unwrap().len();
    rows - i64::try_from(totals).unwrap()
}

/// The messages that stand as prompts, as the database knows them.
pub async fn prompts(store: &Store) -> Vec<At> {
    let mut reader = store.read().await.unwrap();
    let mut prompts = Vec::new();
    for prompt in reader.list_prompts(PromptState::Posted).await.unwrap() {
        let room = reader.load_prompt_address(prompt.id).await.unwrap().room;
        let message = prompt.message.unwrap();
        prompts.push((room.parse().unwrap(), message.parse().unwrap()));
    }
    prompts
}

/// Waits until the reactions that are stored of each prompt are those that stand on it, no fewer and no more.
pub async fn reactions_are_those_that_stand(model: &Model, store: &Store) {
    until("the reactions are those that stand", async || {
        differences(model, store).await.is_empty()
    })
    .await;
}

/// The prompts of which other reactions are stored than stand there: where, what is stored and what stands.
async fn differences(model: &Model, store: &Store) -> Vec<(At, BTreeSet<Id>, BTreeSet<Id>)> {
    let mut reader = store.read().await.unwrap();
    let mut differences = Vec::new();
    for prompt in reader.list_prompts(PromptState::Posted).await.unwrap() {
        let room = reader.load_prompt_address(prompt.id).await.unwrap().room;
        let at = (
            room.parse().unwrap(),
            prompt.message.clone().unwrap().parse().unwrap(),
        );
        let stored = reader.list_reactions_on(&prompt).await.unwrap().into_iter();
        let stored = stored.filter(|(_, outcome)| *outcome == Outcome::Done);
        let stored: BTreeSet<Id> = stored.map(|(account, _)| account.parse().unwrap()).collect();
        let stands: BTreeSet<Id> = model.reactions(at, "✅").into_iter().collect();
        if stored != stands {
            differences.push((at, stored, stands));
        }
    }
    differences
}
