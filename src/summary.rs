//! The weekly summary and the statistics: numbers turned into words and a picture. It must not know where the words go.

mod chart;
pub mod numbers;
pub mod report;
pub mod stats;
mod words;

use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;

use crate::{
    app::App,
    chat::{Card, Picture},
    domain::{day::Week, language::Language},
    store::Session,
};
use numbers::WeekNumbers;
use words::Edition;

/// A week's summary as it stands now, in one language or in both, with its picture.
pub(crate) async fn compose(
    app: &App,
    session: &mut Session,
    week: Week,
    languages: &[Language],
    now: Timestamp,
) -> anyhow::Result<Card> {
    // Asked before the numbers, so that these are at least as complete as is said.
    let complete_until = app.complete_until(now);
    let linker = |room: &_, message: &_| app.message_link(room, message);
    let numbers = WeekNumbers::load(session, week, &linker)
        .await
        .context("load the numbers of a week")?;
    let edition = Edition {
        voices: &app.voices,
        languages,
        zone: &app.settings.time_zone,
        complete_until,
    };
    let card = words::card(&edition, &numbers);
    Ok(Card {
        picture: draw(app, languages, numbers).await?,
        ..card
    })
}

/// The picture of a week, drawn where nobody waits for the thread; none where there is nothing to draw.
async fn draw(app: &App, languages: &[Language], numbers: WeekNumbers) -> anyhow::Result<Option<Picture>> {
    if !numbers.is_worth_a_picture() {
        return Ok(None);
    }
    let (voices, languages) = (Arc::clone(&app.voices), languages.to_vec());
    tokio::task::spawn_blocking(move || words::picture(&voices, &languages, &numbers))
        .await
        .context("draw a week")?
        .map(Some)
}

#[cfg(test)]
mod tests;
