//! A week by group, without what would point at somebody.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::FEW;
use crate::{
    domain::{
        day::Week,
        id::{GroupId, RoomId},
        text,
    },
    store::{self, Crowd, Session},
};

/// A group's week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupNumbers {
    /// The group's name; none for the rooms of no group.
    pub group: Option<String>,
    /// Its numbers, where they may be shown.
    #[serde(flatten)]
    pub count: Count,
}

/// Numbers that may be shown, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "shown")]
pub enum Count {
    /// They may.
    Counted {
        /// How many confirmations.
        confirmations: i64,
        /// By how many people.
        people: i64,
    },
    /// Of fewer than five people.
    FewerThanFive,
    /// Those of others could be worked out from them and the total.
    Withheld,
}

/// A group's week as it is.
#[derive(Debug, Clone, Copy)]
struct GroupCount {
    /// None for the rooms of no group.
    group: Option<GroupId>,
    confirmations: i64,
    people: i64,
}

/// The groups of a week by name, the rooms of no group last. None where there is but one: its numbers are the total.
pub(super) async fn load(
    session: &mut Session,
    week: Week,
    crowd: &Crowd,
) -> store::Result<Vec<GroupNumbers>> {
    let counts = load_counts(session, week, crowd).await?;
    if counts.len() < 2 {
        return Ok(Vec::new());
    }
    let names: HashMap<GroupId, String> = session.list_groups().await?.into_iter().collect();
    let mut groups: Vec<GroupNumbers> = counts
        .iter()
        .zip(protected(&counts))
        .map(|(count, shown)| GroupNumbers {
            group: count.group.and_then(|id| names.get(&id).cloned()),
            count: shown,
        })
        .collect();
    groups.sort_by_key(|group| (group.group.is_none(), group.group.as_deref().map(text::folded)));
    Ok(groups)
}

/// The groups in whose rooms anything was confirmed in a week, and the rooms of no group.
async fn load_counts(session: &mut Session, week: Week, crowd: &Crowd) -> store::Result<Vec<GroupCount>> {
    let groups: HashMap<RoomId, GroupId> = session.list_groups_of_rooms().await?.into_iter().collect();
    let mut counts: BTreeMap<Option<GroupId>, (i64, HashSet<RoomId>)> = BTreeMap::new();
    for (room, confirmations) in session.list_room_counts(week.monday(), week.sunday()).await? {
        let (sum, rooms) = counts.entry(groups.get(&room).copied()).or_default();
        *sum += confirmations;
        rooms.insert(room);
    }
    let count = |(group, (confirmations, rooms))| GroupCount {
        group,
        confirmations,
        people: crowd.active_in(&rooms),
    };
    Ok(counts.into_iter().map(count).collect())
}

/// What may be shown of each group beside the total: the hidden ones together must be several, and at least five people.
fn protected(counts: &[GroupCount]) -> Vec<Count> {
    let mut hidden: Vec<bool> = counts.iter().map(|count| count.people < FEW).collect();
    let mut by_size: Vec<usize> = (0..counts.len()).collect();
    by_size.sort_by_key(|index| (counts[*index].people, counts[*index].confirmations));
    // The smallest come first, so the hidden ones are always the head of this order.
    let mut next = hidden.iter().filter(|hidden| **hidden).count();
    while next > 0 && next < counts.len() && tells(counts, &by_size[..next]) {
        hidden[by_size[next]] = true;
        next += 1;
    }
    let shown = |(count, hidden): (&GroupCount, bool)| match hidden {
        true if count.people < FEW => Count::FewerThanFive,
        true => Count::Withheld,
        false => Count::Counted {
            confirmations: count.confirmations,
            people: count.people,
        },
    };
    counts.iter().zip(hidden).map(shown).collect()
}

/// Whether the sum of the hidden ones, which the total tells, points at somebody.
fn tells(counts: &[GroupCount], hidden: &[usize]) -> bool {
    hidden.len() < 2 || hidden.iter().map(|index| counts[*index].people).sum::<i64>() < FEW
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The people of each group, and what is shown: the number, `-` for few, `x` for withheld.
    fn shown(people: &[i64]) -> String {
        let counts: Vec<GroupCount> = people
            .iter()
            .map(|people| GroupCount {
                group: None,
                confirmations: people * 2,
                people: *people,
            })
            .collect();
        let words = protected(&counts).into_iter().map(|count| match count {
            Count::Counted { people, .. } => people.to_string(),
            Count::FewerThanFive => "-".to_owned(),
            Count::Withheld => "x".to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn no_group_can_be_worked_out_from_the_others_and_the_total() {
        for (people, expected) in [
            (&[][..], ""),
            (&[12, 30, 5], "12 30 5"),
            (&[12, 30, 4], "x 30 -"),
            (&[12, 3, 30, 4], "12 - 30 -"),
            (&[12, 1, 30, 1], "x - 30 -"),
            (&[4], "-"),
            (&[1, 1], "- -"),
            (&[9, 4], "x -"),
            (&[0, 7, 8], "- x 8"),
        ] {
            assert_eq!(shown(people), expected, "{people:?}");
        }
    }
}
