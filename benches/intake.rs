//! Confirmations a second through intake, as a ratio to the raw inserts of their signals in the same run.
//!
//! Raw is the least that any program could do: the same rows into the same table on the same disk, with the same pragmas, a
//! prepared statement, 500 rows a transaction, one thread, no rule and no tally. Intake takes as many gestures a transaction as it
//! does in a storm. The two take turns, and the medians count.

mod common;
mod national;

use std::{
    collections::HashSet,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Context;
use common::judge;
use jiff::{ToSpan, civil::Date};
use national::{
    CONFIRMATIONS_A_DAY, Deed, National, PostedAsk, Said, confirmations, deeds, first_day, median,
    per_second, room_of,
};
use relais::{domain::day::Day, intake::BATCH_MAX, store::Store};
use rusqlite::Connection;

/// How many confirmations before the other one has its turn.
const TURN: usize = 5 * BATCH_MAX;
/// How many raw inserts make a transaction.
const RAW_BATCH: usize = 500;
/// The least that intake may do of what raw inserts do.
const RATIO: f64 = 0.4;

fn main() -> ExitCode {
    common::run(bench())
}

async fn bench() -> anyhow::Result<bool> {
    let folder = tempfile::tempdir().context("making a folder")?;
    let national = National::establish(&folder.path().join("relais.db")).await?;
    let raw_file = folder.path().join("raw.db");
    Store::open(&format!("sqlite://{}", raw_file.display()))
        .await?
        .close()
        .await;
    let mut raw = open_raw(&raw_file)?;

    let first = first_day();
    let mut known = HashSet::new();
    let (met, again): (Vec<Deed>, Vec<Deed>) = deeds(first)?
        .into_iter()
        .partition(|deed| known.insert(deed.volunteer));
    let asks = national.post(first).await?;
    let speeds = take_turns(&national, &mut raw, &asks, &met).await?;
    println!("the first day, every account new: {}", speeds.tell());
    national.take(&asks, &again).await?;

    let mut speeds = Speeds::default();
    let days = confirmations(3 * CONFIRMATIONS_A_DAY)?.div_ceil(CONFIRMATIONS_A_DAY);
    for day in 1..=days {
        let day: Date = first + (6 + i64::try_from(day)?).days();
        let asks = national.post(day).await?;
        let of_day = take_turns(&national, &mut raw, &asks, &deeds(day)?).await?;
        speeds.intake.extend(of_day.intake);
        speeds.raw.extend(of_day.raw);
    }
    println!("an ordinary day, every account known: {}", speeds.tell());
    national.app.store.close().await;
    let ratio = format!("{:.2}", speeds.ratio());
    let wanted = format!("at least {RATIO}");
    Ok(judge(
        "intake ÷ raw inserts",
        speeds.ratio() >= RATIO,
        &ratio,
        &wanted,
    ))
}

/// Rows a second, of each turn.
#[derive(Default)]
struct Speeds {
    intake: Vec<f64>,
    raw: Vec<f64>,
}

impl Speeds {
    fn ratio(&self) -> f64 {
        median(&self.intake) / median(&self.raw)
    }

    fn tell(&self) -> String {
        format!(
            "intake {:.0} confirmations/s, raw {:.0} rows/s, ratio {:.2} (medians of {} turns)",
            median(&self.intake),
            median(&self.raw),
            self.ratio(),
            self.raw.len()
        )
    }
}

async fn take_turns(
    national: &National,
    raw: &mut Connection,
    asks: &[PostedAsk],
    deeds: &[Deed],
) -> anyhow::Result<Speeds> {
    let mut speeds = Speeds::default();
    for turn in deeds.chunks(TURN) {
        let (confirmed, took) = national.take(asks, turn).await?;
        let rows = rows(asks, turn);
        let raw_took = insert(raw, &rows)?;
        // What is left at the end of a day is no full turn.
        if turn.len() == TURN {
            speeds.intake.push(per_second(confirmed, took));
            speeds.raw.push(per_second(rows.len(), raw_took));
        }
        if let Some(deed) = turn.last() {
            national.refresh(deed.at).await?;
        }
    }
    Ok(speeds)
}

/// A row of `signal`, as intake writes it.
struct Row {
    keys: [i64; 5],
    codes: [String; 3],
    at: i64,
}

/// The signals that deeds show. The volunteers' numbers stand in for the ids of their people and accounts.
fn rows(asks: &[PostedAsk], deeds: &[Deed]) -> Vec<Row> {
    let row = |deed: &Deed| {
        let Said::Confirmed {
            source,
            outcome,
            detail,
        } = &deed.said
        else {
            return None;
        };
        let ask = &asks[deed.ask];
        let volunteer = i64::try_from(deed.volunteer).ok()?;
        let prompt = ask.prompts[room_of(deed.volunteer, deed.ask)];
        Some(Row {
            keys: [
                ask.id.0,
                Day::from(ask.day).number(),
                volunteer,
                prompt.0,
                volunteer,
            ],
            codes: [
                source.code().into(),
                outcome.code().into(),
                detail.as_str().into(),
            ],
            at: deed.at.as_millisecond(),
        })
    };
    deeds.iter().filter_map(row).collect()
}

/// Opens a database as the store's writer does.
fn open_raw(file: &Path) -> anyhow::Result<Connection> {
    let raw = Connection::open(file)?;
    raw.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(raw)
}

/// Inserts rows. Returns how long it took.
fn insert(raw: &mut Connection, rows: &[Row]) -> rusqlite::Result<Duration> {
    let start = Instant::now();
    for batch in rows.chunks(RAW_BATCH) {
        let transaction = raw.transaction()?;
        let mut statement = transaction.prepare_cached(
            "INSERT INTO signal (ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail, state, at, day) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'present', ?9, ?2)",
        )?;
        for Row { keys, codes, at } in batch {
            let [ask, occasion, person, prompt, account] = keys;
            let [source, outcome, detail] = codes;
            statement.execute((
                ask, occasion, person, prompt, account, source, outcome, detail, at,
            ))?;
        }
        drop(statement);
        transaction.commit()?;
    }
    Ok(start.elapsed())
}
