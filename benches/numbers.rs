//! The numbers of a national organisation after 10,000,000 confirmations: how long leaders wait for them, and whether confirmations
//! are taken in as fast as when there were 10,000.
//!
//! Every confirmation goes through intake, as it does every day. The two databases then take the same deeds in turns.

mod common;
mod national;

use std::{collections::HashSet, process::ExitCode, time::Instant};

use anyhow::Context;
use common::judge;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use national::{
    CONFIRMATIONS_A_DAY, Deed, National, PostedAsk, ROOMS, author, confirmations, deeds, first_day, median,
    per_second,
};
use relais::{
    domain::{
        day::{Day, Week},
        language::Language,
    },
    intake::BATCH_MAX,
    store::Campaign,
    summary::{
        numbers::WeekNumbers,
        stats::{self, Subject},
    },
};

/// How many confirmations the large database holds, and the small one.
const MANY: usize = 10_000_000;
const FEW: usize = 10_000;
/// Of how many volunteers one confirms in both: so many that a day brings the small one its confirmations.
const ONE_IN: usize = CONFIRMATIONS_A_DAY / FEW;
/// On how many days they do.
const DAYS_IN_BOTH: usize = 12;
/// How long anybody may wait for numbers, in milliseconds.
const WAIT: f64 = 50.0;
/// How often each is asked for.
const TIMES: usize = 15;
/// What counts as no slower: a thousand times as many rows make the trees a level or two deeper, and machines are noisy.
const AS_FAST: f64 = 0.85;

fn main() -> ExitCode {
    common::run(bench())
}

async fn bench() -> anyhow::Result<bool> {
    let folder = tempfile::tempdir().context("making a folder")?;
    let large = National::establish(&folder.path().join("large.db")).await?;
    let last = fill(&large, confirmations(MANY)?).await?;
    let is_quick = ask_for_numbers(&large, &last).await?;
    let small = National::establish(&folder.path().join("small.db")).await?;
    let is_as_fast = take_turns(&large, &small, last[0].day).await?;
    large.app.store.close().await;
    small.app.store.close().await;
    Ok(is_quick && is_as_fast)
}

/// Has at least so many confirmations taken in, in whole weeks. Returns the asks of the last day.
async fn fill(national: &National, wanted: usize) -> anyhow::Result<Vec<PostedAsk>> {
    let start = Instant::now();
    let mut confirmed = 0;
    let mut day = first_day();
    loop {
        let asks = national.post(day).await?;
        confirmed += national.take(&asks, &deeds(day)?).await?.0;
        national.refresh(evening(day)?).await?;
        let is_sunday = Day::from(day) == Day::from(day).week().sunday();
        if is_sunday {
            let seconds = start.elapsed().as_secs_f64();
            println!("     {confirmed} confirmations stored after {seconds:.0} s");
        }
        if is_sunday && confirmed >= wanted {
            return Ok(asks);
        }
        day = day.tomorrow()?;
    }
}

fn evening(day: Date) -> anyhow::Result<Timestamp> {
    Ok(day.to_zoned(TimeZone::UTC)?.timestamp() + SignedDuration::from_hours(20))
}

/// What somebody asks for.
enum Wanted<'a> {
    Summary(Week),
    Stats(Subject<'a>),
}

/// Asks for each kind of numbers on the last evening. Returns whether nobody waited too long.
async fn ask_for_numbers(national: &National, asks: &[PostedAsk]) -> anyhow::Result<bool> {
    let PostedAsk { id, day, .. } = asks[0];
    let mut reader = national.app.store.read().await?;
    let campaign: Campaign = reader
        .find_campaign(national.campaigns[0])
        .await?
        .context("campaigns stay")?;
    drop(reader);
    let mut is_quick = true;
    for (what, wanted) in [
        ("the summary's numbers", Wanted::Summary(Day::from(day).week())),
        ("stats of today", Wanted::Stats(Subject::Today)),
        ("stats of the week", Wanted::Stats(Subject::Week)),
        ("stats of an ask", Wanted::Stats(Subject::Ask(id))),
        ("stats of a campaign", Wanted::Stats(Subject::Campaign(&campaign))),
    ] {
        let mut waits = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let start = Instant::now();
            load(national, &wanted, evening(day)?).await?;
            waits.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let wait = median(&waits);
        let wanted = format!("at most {WAIT} ms");
        is_quick &= judge(what, wait <= WAIT, &format!("{wait:.1} ms"), &wanted);
    }
    Ok(is_quick)
}

async fn load(national: &National, wanted: &Wanted<'_>, now: Timestamp) -> anyhow::Result<()> {
    let mut reader = national.app.store.read().await?;
    match wanted {
        Wanted::Summary(week) => {
            let numbers = WeekNumbers::load(&mut reader, *week, &|_, _| None).await?;
            anyhow::ensure!(
                numbers.people.active > 0 && numbers.best.len() == 3,
                "a full week"
            );
        }
        Wanted::Stats(subject) => {
            let told = stats::in_words(&national.app, &mut reader, Language::French, *subject, now).await?;
            anyhow::ensure!(
                told.is_some_and(|card| !card.blocks.is_empty()),
                "there are numbers"
            );
        }
    }
    Ok(())
}

/// Has both take the deeds of the same volunteers, who are known to both and active this week. Returns whether the large one is
/// as fast.
async fn take_turns(large: &National, small: &National, last: Date) -> anyhow::Result<bool> {
    meet_everybody(small).await?;
    let mut day = last.tomorrow()?;
    let deeds = deeds_in_both(day)?;
    large.take(&large.post(day).await?, &deeds).await?;
    let (stored, _) = small.take(&small.post(day).await?, &deeds).await?;
    let (mut by_large, mut by_small, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..DAYS_IN_BOTH {
        day = day.tomorrow()?;
        let (asks_of_large, asks_of_small) = (large.post(day).await?, small.post(day).await?);
        for (turn, deeds) in deeds_in_both(day)?.chunks_exact(BATCH_MAX).enumerate() {
            // Whoever comes second finds the disk as the first has left it.
            let (in_large, in_small) = if turn % 2 == 0 {
                let in_large = speed(large, &asks_of_large, deeds).await?;
                (in_large, speed(small, &asks_of_small, deeds).await?)
            } else {
                let in_small = speed(small, &asks_of_small, deeds).await?;
                (speed(large, &asks_of_large, deeds).await?, in_small)
            };
            by_large.push(in_large);
            by_small.push(in_small);
            ratios.push(in_large / in_small);
        }
        for national in [large, small] {
            national.refresh(evening(day)?).await?;
        }
    }
    let ratio = median(&ratios);
    println!(
        "     {:.0} confirmations/s into the large database, {:.0} into one that began with {stored} (medians of {} turns)",
        median(&by_large),
        median(&by_small),
        by_large.len()
    );
    let wanted = format!("at least {AS_FAST}");
    let ratio_told = format!("{ratio:.2}");
    Ok(judge(
        "intake into the large ÷ into the small",
        ratio >= AS_FAST,
        &ratio_told,
        &wanted,
    ))
}

async fn speed(national: &National, asks: &[PostedAsk], deeds: &[Deed]) -> anyhow::Result<f64> {
    let (confirmed, took) = national.take(asks, deeds).await?;
    Ok(per_second(confirmed, took))
}

/// Has the volunteers known in the order in which they were met in the large one.
async fn meet_everybody(national: &National) -> anyhow::Result<()> {
    let mut writer = national.app.store.write().await?;
    let mut known = HashSet::new();
    for deed in deeds(first_day())? {
        if known.insert(deed.volunteer) {
            let author = author(deed.volunteer);
            let name = (author.platform.as_str(), author.account.as_str());
            writer.meet(name, &author.name, author.language, deed.at).await?;
        }
    }
    Ok(writer.commit().await?)
}

fn deeds_in_both(day: Date) -> anyhow::Result<Vec<Deed>> {
    let mut deeds = deeds(day)?;
    deeds.retain(|deed| (deed.volunteer / ROOMS).is_multiple_of(ONE_IN));
    Ok(deeds)
}
