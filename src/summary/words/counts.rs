//! How counts are said, in the summary and in the statistics alike.

use std::collections::BTreeMap;

use crate::{
    domain::{ask::AskKind, day::Day, id::AskId, language::Language, outcome::Outcome},
    i18n::Voice,
    summary::numbers::{Done, goals::GoalNumbers},
};

/// What stands between counts on one line.
const BETWEEN: &str = " · ";
/// The squares of a bar.
const TENTHS: usize = 10;

/// A count as a plural takes it and as it is shown.
pub(crate) fn counted(voice: &Voice, count: usize) -> (i64, String) {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (count, voice.number(count))
}

/// « 318 gestes ».
pub(crate) fn actions(voice: &Voice, count: i64) -> String {
    voice.summary_actions(count, voice.number(count))
}

/// « 84 personnes ».
pub(crate) fn people(voice: &Voice, count: i64) -> String {
    voice.summary_people(count, voice.number(count))
}

/// What was done, by kind: « 📣 201 relais · 📞 97 appels, 31 conversations »; none where nothing was.
pub(crate) fn kinds(voice: &Voice, done: &[Done]) -> Option<String> {
    let mut kinds: BTreeMap<AskKind, i64> = BTreeMap::new();
    for each in done {
        *kinds.entry(each.kind).or_default() += each.confirmations;
    }
    let said: Vec<String> = kinds
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| {
            let count = voice.summary_count(kind.code(), count, voice.number(count));
            format!("{} {}", kind.emoji(), with_outcomes(voice, kind, count, done))
        })
        .collect();
    (!said.is_empty()).then(|| said.join(BETWEEN))
}

/// Only calls have several outcomes.
fn with_outcomes(voice: &Voice, kind: AskKind, count: String, done: &[Done]) -> String {
    done.iter()
        .filter(|each| each.kind == kind && each.outcome != Outcome::Done && each.confirmations > 0)
        .fold(count, |said, each| {
            let outcome = voice.summary_outcome(
                each.outcome.code(),
                each.confirmations,
                voice.number(each.confirmations),
            );
            voice.common_list_middle(said, outcome)
        })
}

/// « nº 13, « Appelez avant le vote » ».
pub(crate) fn ask(voice: &Voice, id: AskId, titles: &BTreeMap<Language, String>) -> String {
    voice.summary_ask(id.to_string(), title(voice, titles))
}

/// The title in a voice's language, or in the other where it has none.
pub(crate) fn title<'a>(voice: &Voice, titles: &'a BTreeMap<Language, String>) -> &'a str {
    titles
        .get(&voice.language())
        .or_else(|| titles.values().next())
        .map_or("", String::as_str)
}

/// Goals and how far they are, a line each; with their campaigns where these are several. `today` is a day of the year that goes
/// without saying.
pub(crate) fn goals(voice: &Voice, goals: &[GoalNumbers], today: Day) -> Vec<String> {
    let several = goals.iter().any(|goal| goal.campaign != goals[0].campaign);
    goals
        .iter()
        .map(|goal| {
            let state = if goal.is_reached() { "reached" } else { "open" };
            let what = what(voice, goal);
            let due = goal.due.date();
            let due = if due.year() == today.date().year() {
                voice.date(due)
            } else {
                voice.date_with_year(due)
            };
            let (bar, reached) = (bar(goal.tenths()), voice.number(goal.reached));
            if several {
                voice.summary_goal_of(state, what, due, title(voice, &goal.titles), bar, reached)
            } else {
                voice.summary_goal(state, what, due, bar, reached)
            }
        })
        .collect()
}

/// « 1 000 relais ».
fn what(voice: &Voice, goal: &GoalNumbers) -> String {
    match goal.kind {
        None => actions(voice, goal.target),
        Some(kind) => voice.summary_count(kind.code(), goal.target, voice.number(goal.target)),
    }
}

fn bar(full: usize) -> String {
    let full = full.min(TENTHS);
    ["▓".repeat(full), "░".repeat(TENTHS - full)].concat()
}
