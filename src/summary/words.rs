//! A week's numbers as a card: in one language, or in both with one picture.

mod best;
pub(super) mod counts;

use jiff::{Timestamp, tz::TimeZone};

use super::{
    chart,
    numbers::{
        Comparison, WeekNumbers,
        groups::{Count, GroupNumbers},
    },
};
use crate::{
    chat::{Block, Card, Picture},
    domain::{day::Week, language::Language},
    i18n::{Voice, Voices},
};

/// The most goals on a card, and the most groups: a summary is read on a phone.
const GOALS_MAX: usize = 5;
const GROUPS_MAX: usize = 8;
/// From this many per cent on, a change is one.
const NOTICEABLE: i64 = 1;

/// For whom a week is put in words, and how much of it is known.
pub(crate) struct Edition<'a> {
    /// The words.
    pub voices: &'a Voices,
    /// The languages, in order. Several make one message.
    pub languages: &'a [Language],
    /// The organisation's zone, whose days are counted.
    pub zone: &'a TimeZone,
    /// Up to when the numbers are complete.
    pub complete_until: Timestamp,
}

/// A week in words, without its picture.
pub(crate) fn card(edition: &Edition, numbers: &WeekNumbers) -> Card {
    let mut card = Card::default();
    for (index, language) in edition.languages.iter().enumerate() {
        let voice = edition.voices.of(*language);
        let title = title(edition, voice, numbers.week);
        if index == 0 {
            card.title = Some(title);
        } else {
            card.blocks.push(Block::Rule);
            card.blocks.push(Block::Heading { text: title });
        }
        add_section(edition, voice, numbers, &mut card.blocks);
    }
    card
}

/// The picture of a week, with what it shows in each language. Drawing takes a while: not on a thread that others wait for.
pub(crate) fn picture(
    voices: &Voices,
    languages: &[Language],
    numbers: &WeekNumbers,
) -> anyhow::Result<Picture> {
    let chart = numbers.chart();
    let voices: Vec<&Voice> = languages.iter().map(|language| voices.of(*language)).collect();
    let alts: Vec<String> = voices.iter().map(|voice| chart::alt(voice, &chart)).collect();
    Ok(Picture {
        name: format!("relais-{}.png", numbers.week.name()),
        media_type: "image/png".to_owned(),
        alt: alts.join(" / "),
        bytes: chart::draw(&voices, &chart)?.into(),
    })
}

/// The end of a week in a zone; none at the end of time.
fn end(week: Week, zone: &TimeZone) -> Option<Timestamp> {
    let monday = week.sunday().date().tomorrow().ok()?;
    Some(monday.to_zoned(zone.clone()).ok()?.timestamp())
}

impl Edition<'_> {
    /// Up to when the numbers of a week are complete: its end at the latest.
    pub(super) fn complete_until(&self, week: Week) -> Timestamp {
        end(week, self.zone).map_or(self.complete_until, |end| end.min(self.complete_until))
    }

    fn is_whole(&self, week: Week) -> bool {
        end(week, self.zone).is_some_and(|end| end <= self.complete_until)
    }
}

fn title(edition: &Edition, voice: &Voice, week: Week) -> String {
    let until = edition.complete_until(week);
    let is_in_week = end(week.before(), edition.zone).is_some_and(|start| until > start);
    if is_in_week {
        voice.summary_title(voice.week(week), voice.time_of_week(until, edition.zone))
    } else {
        let since = until.to_zoned(edition.zone.clone()).datetime();
        voice.summary_title_unread(voice.week(week), voice.on_day_and_time(since))
    }
}

fn add_section(edition: &Edition, voice: &Voice, numbers: &WeekNumbers, blocks: &mut Vec<Block>) {
    let lines = [
        Some(headline(edition, voice, numbers)),
        counts::kinds(voice, &numbers.done),
        Some(asked(voice, numbers)),
    ];
    push_lines(blocks, &lines.into_iter().flatten().collect::<Vec<_>>());
    best::add(voice, &numbers.best, blocks);
    let shown = &numbers.goals[..numbers.goals.len().min(GOALS_MAX)];
    let mut goals = counts::goals(voice, shown, numbers.week.sunday());
    if numbers.goals.len() > GOALS_MAX {
        let (more, shown) = counts::counted(voice, numbers.goals.len() - GOALS_MAX);
        goals.push(voice.summary_goals_more(more, shown));
    }
    push_lines(blocks, &goals);
    if !numbers.groups.is_empty() {
        push_lines(blocks, &[voice.summary_groups()]);
        blocks.push(Block::List {
            items: groups(voice, &numbers.groups),
        });
    }
}

fn push_lines(blocks: &mut Vec<Block>, lines: &[String]) {
    if !lines.is_empty() {
        blocks.push(Block::Paragraph {
            text: lines.join("\n"),
        });
    }
}

/// How much was done, by how many, and how that compares.
fn headline(edition: &Edition, voice: &Voice, numbers: &WeekNumbers) -> String {
    let comparison = comparison(edition, voice, numbers);
    if numbers.confirmations == 0 {
        return voice.summary_headline_nothing(comparison);
    }
    let actions = counts::actions(voice, numbers.confirmations);
    let people = counts::people(voice, numbers.people.active);
    match numbers.people {
        own if own.active == 0 => voice.summary_headline_nobody(actions, comparison),
        // In the first week all are new, which says nothing.
        _ if numbers.before.is_none() => voice.summary_headline_first(actions, people, comparison),
        own if own.new == 0 => voice.summary_headline_returning(own.active, actions, people, comparison),
        own if own.returning == 0 => voice.summary_headline_new(own.active, actions, people, comparison),
        own => voice.summary_headline(
            actions,
            people,
            comparison,
            voice.number(own.new),
            voice.number(own.returning),
        ),
    }
}

/// A part of a week is not measured against a whole one.
fn comparison(edition: &Edition, voice: &Voice, numbers: &WeekNumbers) -> String {
    match numbers.comparison() {
        Comparison::First => voice.summary_compared_first(),
        Comparison::NothingBefore => voice.summary_compared_nothing(),
        Comparison::Change(percent) if numbers.confirmations > 0 && edition.is_whole(numbers.week) => {
            if percent.abs() < NOTICEABLE {
                voice.summary_compared_same()
            } else {
                voice.summary_compared_change(voice.change(percent))
            }
        }
        Comparison::Change(_) => {
            let before = numbers.before.map_or(0, |before| before.confirmations);
            voice.summary_compared_whole(voice.number(before))
        }
    }
}

fn asked(voice: &Voice, numbers: &WeekNumbers) -> String {
    if numbers.asked.is_empty() {
        return voice.summary_asked_nothing();
    }
    let kinds = numbers
        .asked
        .iter()
        .map(|asked| voice.summary_asked_kind(asked.kind.code(), voice.number(asked.asks)));
    voice.summary_asked(voice.list(kinds))
}

fn groups(voice: &Voice, groups: &[GroupNumbers]) -> Vec<String> {
    let mut items: Vec<String> = groups
        .iter()
        .take(GROUPS_MAX)
        .map(|group| {
            let name = group.group.clone().unwrap_or_else(|| voice.summary_group_none());
            match group.count {
                Count::FewerThanFive => voice.summary_group_few(name),
                Count::Withheld => voice.summary_group_withheld(name),
                Count::Counted {
                    confirmations,
                    people,
                } => voice.summary_group(
                    name,
                    counts::actions(voice, confirmations),
                    counts::people(voice, people),
                ),
            }
        })
        .collect();
    if groups.len() > GROUPS_MAX {
        let (more, shown) = counts::counted(voice, groups.len() - GROUPS_MAX);
        items.push(voice.summary_groups_more(more, shown));
    }
    items
}

#[cfg(test)]
mod tests;
