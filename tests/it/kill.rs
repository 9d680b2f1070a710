//! `kill -9` at fifty moments: no prompt twice, no acknowledged confirmation missing, and the books equal to a recount.
//!
//! Most kills hit the real binary at random moments of an organisation's week, driven as its page drives it. The others hit each
//! step of the outbox on purpose: there a process of this test binary runs the library with a platform that stands still at the
//! step.

mod books;
mod standing;
mod steps;
mod week;

use jiff::civil::date;
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::time::Duration;

use crate::demo::{self, Demo, organisation::is_calendar_there};
use books::Books;
use week::{Week, check_rooms, deeds};

/// How many random kills; with those of [`steps`] they are more than fifty.
const KILLS: usize = 42;
/// The longest that something goes on before it is cut off.
const DELAY_MAX_MS: u64 = 30;
/// The same, where it is the start of the process.
const START_MAX_MS: u64 = 150;

/// Chance, from a seed that is said aloud.
pub fn chance() -> StdRng {
    let seed: u64 = std::env::var("RELAIS_TEST_SEED").map_or(20_261_123, |seed| seed.parse().unwrap());
    println!("RELAIS_TEST_SEED={seed}");
    StdRng::seed_from_u64(seed)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_random_moments() {
    if !is_calendar_there() {
        return;
    }
    let mut chance = chance();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("week.db");
    let mut demo = Demo::fresh(&data, date(2026, 11, 23).at(8, 0, 0, 0)).await;
    let (mut week, deeds) = (Week::default(), deeds());
    let moments: Vec<usize> = (0..KILLS).map(|_| chance.random_range(0..deeds.len())).collect();
    let mut killed = 0;
    for (number, deed) in deeds.into_iter().enumerate() {
        for _ in moments.iter().filter(|moment| **moment == number) {
            killed += 1;
            if chance.random_ratio(1, 6) {
                let now = demo.now();
                demo.kill().await;
                let delay = Duration::from_millis(chance.random_range(0..=START_MAX_MS));
                demo::cut_short(&data, now, delay).await;
                println!(
                    "killed {killed}: {delay:?} into its start; {}",
                    Books::open(&data).await.outbox().await
                );
                demo = Demo::again(&data, now).await;
            } else {
                let delay = Duration::from_millis(chance.random_range(0..=DELAY_MAX_MS));
                // What became of it is known only where it was answered in time, and then it must last.
                let answered = tokio::time::timeout(delay, week.carry_out(&mut demo, deed))
                    .await
                    .is_ok();
                let now = demo.now();
                demo.kill().await;
                let when = if answered {
                    "after its answer"
                } else {
                    "without an answer"
                };
                let outbox = Books::open(&data).await.outbox().await;
                println!("killed {killed}: {delay:?} into “{deed}”, {when}; {outbox}");
                demo = Demo::again(&data, now).await;
            }
        }
        week.carry_out(&mut demo, deed).await.unwrap_or_else(|error| {
            panic!("{deed}: {error:#}\n{}", demo::log(&data));
        });
    }
    assert_eq!(killed, KILLS);
    Books::open(&data).await.settle().await;
    check_rooms(&demo).await;
    demo.kill().await;
    let books = Books::open(&data).await;
    books.check().await;
    week.check(&books).await;
    let log = demo::log(&data);
    assert!(!log.contains(" ERROR "), "{log}");
}
