//! `kill -9` at more than fifty moments of a story on Matrix, and a homeserver that stops in the middle of it: nothing is said twice,
//! nothing that people did is lost, nothing is done twice, and the books are equal to a recount.
//!
//! Each thing is done once, by people who do not know that anything is wrong, and what comes of it is waited for: an answer may be lost
//! with the process, what was asked for may not.

mod deeds;
mod tale;

use std::time::Duration;

use rand::{Rng, rngs::StdRng};

use super::homeserver::{Homeserver, Limits};
use crate::kill::chance;
use deeds::{Deed, deeds};
use tale::Tale;

/// The least number of kills.
const KILLS_MIN: usize = 50;
/// The longest that something goes on before it is cut off.
const DELAY_MAX_MS: u64 = 400;
/// The same, where it is the start of the process.
const START_MAX_MS: u64 = 1500;
/// Every how many deeds the homeserver stops.
const STOPS_EVERY: usize = 6;

/// Something goes on for a while: there is nothing to wait for but the moment at which it is cut off.
async fn goes_on(chance: &mut StdRng, most_ms: u64) -> Duration {
    let delay = Duration::from_millis(chance.random_range(0..=most_ms));
    tokio::time::sleep(delay).await;
    delay
}

/// Something is done, and the bot is killed about then. Returns how often.
async fn kill_about(tale: &mut Tale, deed: &Deed, chance: &mut StdRng) -> usize {
    let is_done_while_dead = chance.random_ratio(1, 3);
    if is_done_while_dead {
        tale.organisation.bot.kill().await;
        tale.carry_out(deed).await;
        println!("killed before “{deed}”");
    } else {
        tale.carry_out(deed).await;
        let delay = goes_on(chance, DELAY_MAX_MS).await;
        tale.organisation.bot.kill().await;
        println!("killed {delay:?} into “{deed}”");
    }
    tale.organisation.bot.start_again();
    let mut kills = 1;
    while chance.random_ratio(1, 3) {
        let delay = goes_on(chance, START_MAX_MS).await;
        tale.organisation.bot.kill().await;
        println!("killed {delay:?} into the start after “{deed}”");
        tale.organisation.bot.start_again();
        kills += 1;
    }
    kills
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_moments_it_does_everything_once() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut chance = chance();
    let mut tale = Tale::begin(&homeserver).await;
    let mut kills = 0;
    for deed in deeds() {
        kills += kill_about(&mut tale, &deed, &mut chance).await;
        tale.comes_true(&deed).await;
    }
    assert!(kills >= KILLS_MIN, "{kills}");
    tale.check().await;
    // Nor does another start do anything again.
    tale.organisation.bot.kill().await;
    tale.organisation.bot.start_again();
    tale.check().await;
    println!("{kills} kills");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_homeserver_that_stops_loses_nothing() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut chance = chance();
    let mut tale = Tale::begin(&homeserver).await;
    for (number, deed) in deeds().iter().enumerate() {
        tale.carry_out(deed).await;
        if number % STOPS_EVERY == 0 || deed.posts() {
            let delay = goes_on(&mut chance, DELAY_MAX_MS).await;
            homeserver.stop().await;
            println!("stopped {delay:?} into “{deed}”");
            homeserver.start_again().await;
        }
        tale.comes_true(deed).await;
    }
    tale.check().await;
}
