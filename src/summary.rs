//! The weekly summary and the statistics: numbers turned into words and a picture. It must not know where the numbers come from,
//! nor where the words go.

mod chart;
pub mod numbers;
pub mod report;
#[cfg(test)]
mod sample;
mod stats;
mod words;

use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;

use crate::{
    app::App,
    chat::Card,
    domain::{day::Week, language::Language},
};
use numbers::WeekNumbers;
use words::Edition;

/// A week's summary as it stands now, in one language or in both, with its picture.
pub(crate) async fn compose(
    app: &Arc<App>,
    week: Week,
    languages: &[Language],
    now: Timestamp,
) -> anyhow::Result<Card> {
    // Read before the numbers, so that these are at least as complete as is said.
    let complete_until = app.complete_until(now);
    let mut reader = app.store.read().await.context("begin to read")?;
    let numbers = WeekNumbers::load(&mut reader, week, &|room, message| {
        app.message_link(room, message)
    })
    .await
    .context("load the numbers of a week")?;
    drop(reader);
    let (shared, languages) = (Arc::clone(app), languages.to_vec());
    tokio::task::spawn_blocking(move || {
        let edition = Edition {
            voices: &shared.voices,
            languages: &languages,
            zone: &shared.settings.time_zone,
            complete_until,
        };
        let mut card = words::card(&edition, &numbers);
        if numbers.is_worth_a_picture() {
            card.picture = Some(words::picture(edition.voices, edition.languages, &numbers)?);
        }
        Ok(card)
    })
    .await
    .context("draw a week")?
}

#[cfg(test)]
mod tests;
