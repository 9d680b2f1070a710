//! A week as a file, for whoever runs `relais report weekly`: the same numbers as the summary, in words, as data or as a picture.

mod table;

use anyhow::Context;
use jiff::Timestamp;
use serde::Serialize;

use super::{
    numbers::WeekNumbers,
    words::{self, Edition},
};
use crate::{
    app::Settings,
    domain::{code::coded, day::Week, language::Language},
    i18n::Voices,
    store::Store,
};

coded! {
    /// What a week is written as.
    pub enum Format {
        /// The summary as plain text.
        Text = "text",
        /// All the numbers, as JSON.
        Json = "json",
        /// All the numbers, as CSV: a row a number, under `week,section,key,detail,measure,value`.
        Csv = "csv",
        /// The picture.
        Png = "png",
    }
}

/// The numbers with what is known of them.
#[derive(Serialize)]
struct Report<'a> {
    /// Up to when the numbers are complete.
    complete_until: String,
    #[serde(flatten)]
    numbers: &'a WeekNumbers,
}

/// A week as a file, its words in these languages. Without a running bot at hand, the numbers are complete up to when one last
/// said that it was there.
pub async fn weekly(
    store: &Store,
    settings: &Settings,
    week: Week,
    format: Format,
    languages: &[Language],
) -> anyhow::Result<Vec<u8>> {
    let mut reader = store.read().await.context("begin to read")?;
    let alive_at = reader.find_alive_at().await.context("read when a bot last ran")?;
    // Platforms are not connected here, so no message has an address.
    let numbers = WeekNumbers::load(&mut reader, week, &|_, _| None)
        .await
        .context("load the numbers of a week")?;
    drop(reader);
    let voices = Voices::load();
    let edition = Edition {
        voices: &voices,
        languages,
        zone: &settings.time_zone,
        // Where none ever ran, nothing is missing.
        complete_until: alive_at.unwrap_or(Timestamp::MAX),
    };
    match format {
        Format::Text => Ok((words::card(&edition, &numbers).to_plain_text() + "\n").into_bytes()),
        Format::Json => json(&edition, &numbers),
        Format::Csv => table::csv(&numbers),
        Format::Png => Ok(words::picture(&voices, languages, &numbers)?.bytes.to_vec()),
    }
}

fn json(edition: &Edition, numbers: &WeekNumbers) -> anyhow::Result<Vec<u8>> {
    let report = Report {
        complete_until: edition.complete_until(numbers.week).to_string(),
        numbers,
    };
    let mut bytes = serde_json::to_vec_pretty(&report).context("write the numbers as JSON")?;
    bytes.push(b'\n');
    Ok(bytes)
}
