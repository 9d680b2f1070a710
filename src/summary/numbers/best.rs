//! The asks that did best in a week: by the part of the people around them that did them, where enough people did.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::Serialize;

use super::{FEW, Linker, percent};
use crate::{
    chat::Message,
    domain::{
        ask::{Ask, AskKind},
        day::Week,
        id::AskId,
        language::Language,
        text,
    },
    store::{self, Crowd, Session, Turnout},
};

/// How many asks are named.
const NAMED: usize = 3;
/// How many asks are looked at: those with the most answers. Beyond these, each would cost a look at every active person.
const LOOKED_AT: i64 = 20;
/// The most messages of one ask that are pointed to.
const PLACES_MAX: i64 = 3;
/// The longest title of an ask, in graphemes.
const TITLE_MAX: usize = 60;

/// An ask that did well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BestAsk {
    /// The ask.
    pub ask: AskId,
    /// Its kind.
    pub kind: AskKind,
    /// Its first words in each language that it has.
    pub titles: BTreeMap<Language, String>,
    /// How many confirmations.
    pub confirmations: i64,
    /// By how many people, each once an occasion.
    pub people: i64,
    /// On how many occasions it was confirmed.
    pub occasions: i64,
    /// How many of the people around it did it; none where too few did for that to mean something.
    pub rate: Option<Rate>,
    /// In how many rooms it last stood.
    pub rooms: usize,
    /// Some of the messages in which it stood.
    pub places: Vec<PlaceSeen>,
}

/// Of the people who were active in an ask's rooms in the 28 days up to the week's end, those who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// How many were active.
    pub active: i64,
    /// How many of them did it on an occasion, on average, in whole per cent.
    pub percent: i64,
}

/// A message in which an ask stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceSeen {
    /// The room.
    pub room: String,
    /// Where a browser finds the message, where it can be found.
    pub link: Option<String>,
}

impl Rate {
    /// The rate of an ask with so many people around it; none where too few did it.
    pub(crate) fn of(turnout: &Turnout, active: i64) -> Option<Self> {
        let chances = active.saturating_mul(turnout.occasions);
        (turnout.people >= FEW && chances > 0).then(|| Self {
            active,
            percent: percent(turnout.people, chances),
        })
    }
}

/// An ask with the people around it.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    turnout: Turnout,
    active: i64,
    rooms: usize,
}

impl Candidate {
    fn rate(&self) -> Option<Rate> {
        Rate::of(&self.turnout, self.active)
    }

    /// The better one first: a rate before none, then the higher rate, then more people, then the older ask.
    fn order(&self, other: &Self) -> Ordering {
        // People out of chances, compared across so that nothing is rounded.
        let across = |people: &Self, chances: &Self| {
            let chances = chances.active.saturating_mul(chances.turnout.occasions);
            i128::from(people.turnout.people) * i128::from(chances)
        };
        let by_rate = match (self.rate(), other.rate()) {
            (Some(_), Some(_)) => across(other, self).cmp(&across(self, other)),
            (own, others) => others.is_some().cmp(&own.is_some()),
        };
        by_rate
            .then_with(|| other.turnout.people.cmp(&self.turnout.people))
            .then_with(|| self.turnout.ask.cmp(&other.turnout.ask))
    }
}

/// The best of the candidates.
fn ranked(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(Candidate::order);
    candidates.truncate(NAMED);
    candidates
}

/// The asks that did best in a week.
pub(super) async fn load(
    session: &mut Session,
    week: Week,
    crowd: &Crowd,
    linker: Linker<'_>,
) -> store::Result<Vec<BestAsk>> {
    let mut best = Vec::with_capacity(NAMED);
    for candidate in ranked(load_candidates(session, week, crowd).await?) {
        let Turnout { ask: id, .. } = candidate.turnout;
        let Some(ask) = session.find_ask(id).await? else {
            continue;
        };
        let places = load_places(session, id, week, linker).await?;
        best.push(BestAsk {
            ask: id,
            kind: ask.content.kind,
            titles: titles(&ask),
            confirmations: candidate.turnout.confirmations,
            people: candidate.turnout.people,
            occasions: candidate.turnout.occasions,
            rate: candidate.rate(),
            rooms: candidate.rooms,
            places,
        });
    }
    Ok(best)
}

/// Asks that stood in the same rooms have the same people around them: these are counted once.
async fn load_candidates(session: &mut Session, week: Week, crowd: &Crowd) -> store::Result<Vec<Candidate>> {
    let turnouts = session
        .list_turnouts(week.monday(), week.sunday(), LOOKED_AT)
        .await?;
    let asks: Vec<AskId> = turnouts.iter().map(|turnout| turnout.ask).collect();
    let mut rooms = session.list_rooms_of(&asks, week.sunday()).await?;
    let candidate = |turnout: Turnout| {
        let rooms = rooms.remove(&turnout.ask).unwrap_or_default();
        Candidate {
            turnout,
            active: crowd.recent_in(&rooms),
            rooms: rooms.len(),
        }
    };
    Ok(turnouts.into_iter().map(candidate).collect())
}

async fn load_places(
    session: &mut Session,
    ask: AskId,
    week: Week,
    linker: Linker<'_>,
) -> store::Result<Vec<PlaceSeen>> {
    let messages = session.list_messages_of(ask, week.sunday(), PLACES_MAX).await?;
    let place = |posted: crate::store::PostedAt| PlaceSeen {
        link: linker(&posted.address, &Message(posted.message)),
        room: posted.room,
    };
    Ok(messages.into_iter().map(place).collect())
}

/// What an ask is called where it is one of several: its first words.
pub(crate) fn titles(ask: &Ask) -> BTreeMap<Language, String> {
    let title = |text: &str| {
        let title = text::title_of(text);
        text::shortened(title.strip_suffix('.').unwrap_or(&title), TITLE_MAX)
    };
    ask.content
        .wordings
        .iter()
        .map(|(language, wording)| (*language, title(&wording.text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(ask: i64, people: i64, occasions: i64, active: i64) -> Candidate {
        Candidate {
            turnout: Turnout {
                ask: AskId(ask),
                kind: AskKind::Share,
                confirmations: people,
                people,
                occasions,
            },
            active,
            rooms: 1,
        }
    }

    fn names(candidates: Vec<Candidate>) -> Vec<(i64, Option<i64>)> {
        let named =
            |candidate: Candidate| (candidate.turnout.ask.0, candidate.rate().map(|rate| rate.percent));
        ranked(candidates).into_iter().map(named).collect()
    }

    #[test]
    fn the_best_by_rate_come_first_then_the_best_by_count() {
        for (candidates, expected) in [
            (vec![], vec![]),
            (
                vec![
                    candidate(1, 34, 1, 83),
                    candidate(2, 40, 1, 200),
                    candidate(3, 4, 1, 4),
                    candidate(4, 9, 1, 10),
                ],
                vec![(4, Some(90)), (1, Some(41)), (2, Some(20))],
            ),
            // Few people make no rate, however few there are around.
            (
                vec![
                    candidate(1, 2, 1, 2),
                    candidate(2, 3, 1, 80),
                    candidate(3, 5, 1, 100),
                ],
                vec![(3, Some(5)), (2, None), (1, None)],
            ),
            // An ask of every weekday has as many chances as days.
            (
                vec![candidate(1, 100, 5, 50), candidate(2, 25, 1, 50)],
                vec![(2, Some(50)), (1, Some(40))],
            ),
            // Nobody is active any more where all had themselves forgotten.
            (
                vec![candidate(1, 30, 1, 0), candidate(2, 6, 1, 5)],
                vec![(2, Some(100)), (1, None)],
            ),
            (
                vec![candidate(2, 10, 1, 20), candidate(1, 10, 1, 20)],
                vec![(1, Some(50)), (2, Some(50))],
            ),
        ] {
            assert_eq!(names(candidates), expected);
        }
    }
}
