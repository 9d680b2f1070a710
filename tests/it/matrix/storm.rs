//! Five thousand reactions while the bot is away.

use std::collections::BTreeSet;

use super::{
    bot::Bot,
    crowd::{Crowd, PEOPLE, PROMPTS, Prompt, prepare, settings, stored},
    homeserver::{Homeserver, Limits},
    people::People,
    until,
};

/// What it logs when all that stands on the prompts was read and recorded.
const READ: &str = "the open prompts were read again";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_reactions_given_while_it_was_away_are_counted_exactly() {
    let Some(homeserver) = Homeserver::start_with(Limits::Raised, settings()).await else {
        return;
    };
    let people = People::start(&homeserver);
    let marie = people.person("marie").await;
    let mut bot = Bot::install(&homeserver, marie.id()).await;
    let crowd = Crowd::gather(&homeserver, &people, &bot).await;
    prepare(&bot, &crowd.rooms).await;
    bot.start_again();
    let prompts = crowd.is_asked(&bot).await;
    assert_eq!(prompts.len() * PEOPLE, 5_000);
    bot.kill().await;

    let standing = crowd.reacts(&prompts).await;
    let readings = bot.log().matches(READ).count();
    bot.start_again();
    bot.logs(READ, readings + 1).await;
    let store = bot.store().await;
    assert_eq!(stored(&store).await, standing);
    let (counted, wrong) = store.read().await.unwrap().recount().await.unwrap();
    store.close().await;
    let expected: usize = standing.values().map(BTreeSet::len).sum();
    assert_eq!((counted, wrong), (i64::try_from(expected).unwrap(), vec![]));

    let mut posted = 0;
    for room in &crowd.rooms {
        marie.joins(room).await;
        let messages = marie.history(room).await.into_iter();
        posted += messages
            .filter(|message| message.sender == bot.account.id)
            .count();
    }
    assert_eq!(posted, PROMPTS, "a prompt twice");
    let Prompt { room, message, .. } = &prompts[0];
    let total = format!("{} people", standing[message].len());
    until("the total is shown", async || {
        let messages = marie.history(room).await;
        messages
            .iter()
            .any(|shown| shown.id == *message && shown.body.contains(&total))
    })
    .await;
}
