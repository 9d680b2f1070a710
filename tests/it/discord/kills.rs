//! `kill -9` of the real program in the middle of posting to many channels: each has its prompt once, and what people did stands.

use std::{collections::BTreeSet, time::Duration};

use rand::Rng;
use relais::clock::Clock;

use super::{
    books::{books_are_right, prompts, reactions_are_those_that_stand, until},
    fan::Fan,
    model::{Id, Model},
    program::Program,
};
use crate::kill::chance;

/// How many channels there are.
const CHANNELS: usize = 200;
/// How often it is killed.
const KILLS: usize = 8;
/// How long an answer of Discord takes: some are always on their way.
const LATENCY: Duration = Duration::from_millis(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_of_posting_it_posts_everything_once() {
    let mut chance = chance();
    let model = Model::start().await;
    // What keeps to the limits is the proxy.
    model.switch_limits_off();
    model.slow_down(LATENCY);
    model.set_identify_spacing(Duration::ZERO);
    let server = model.guild("Logement");
    let fan = Fan::open(&server, CHANNELS);
    let people: Vec<_> = (0..KILLS)
        .map(|number| model.user(&format!("P{number}"), "fr"))
        .collect();
    server.admit(&people.iter().collect::<Vec<_>>());
    let mut program = Program::install(&model, &server.owner);
    let store = program.store().await;
    fan.is_due(&store, model.clock().now()).await;

    let mut moments: Vec<usize> = (0..KILLS).map(|_| chance.random_range(1..fan.whole())).collect();
    moments.sort_unstable();
    for (number, (moment, person)) in moments.iter().zip(&people).enumerate() {
        program.start();
        model
            .until("so many messages stand", |state| {
                (fan.standing(state) >= *moment).then_some(())
            })
            .await;
        program.kill().await;
        let (stand, known) = (
            model.look(|state| fan.standing(state)),
            prompts(&store).await.len(),
        );
        println!("killed with {stand} messages, of which it knows {known} prompts");
        // Nobody is there when they react to what stands, known or not.
        for at in fan.prompts(&model) {
            if chance.random_ratio(1, 20) {
                person.react(at, "✅");
            }
        }
        // Minutes later, a nonce is a new one.
        if number % 2 == 1 {
            model.forget_nonces();
        }
    }
    program.start();
    until("all is posted", async || prompts(&store).await.len() == CHANNELS).await;
    reactions_are_those_that_stand(&model, &store).await;
    fan.stands_once(&model);
    let reacted: BTreeSet<Id> = fan
        .prompts(&model)
        .into_iter()
        .flat_map(|at| model.reactions(at, "✅"))
        .collect();
    books_are_right(&store, i64::try_from(reacted.len()).unwrap()).await;
    program.kill().await;
}
