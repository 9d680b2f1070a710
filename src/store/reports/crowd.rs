//! How many people were active around a week: everywhere, or in some rooms.
//!
//! Most people are active in one room only. These are added up room by room in the database; the few with several rooms come
//! out of it one by one, and are counted once wherever they are counted.

use std::collections::{BTreeMap, HashSet};

use super::Session;
use crate::domain::{
    day::Week,
    id::{PersonId, RoomId},
};

/// Weeks over which people are taken for active: the 28 days up to the end of a week.
pub const ACTIVE_WEEKS: i64 = 4;

/// How many people, and since when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct People {
    /// Active in the week.
    pub active: i64,
    /// Of these, for the first time ever.
    pub new: i64,
    /// Active in the four weeks that end with the week.
    pub recent: i64,
}

/// All who were active around a week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crowd {
    week: i64,
    /// Those of one room, by room.
    at_home: BTreeMap<RoomId, People>,
    /// Those of several rooms.
    elsewhere: BTreeMap<PersonId, Vec<Visit>>,
}

/// Somebody of several rooms, in one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Visit {
    room: RoomId,
    first_week: i64,
    is_active: bool,
    is_recent: bool,
}

impl Crowd {
    /// How many, everywhere.
    pub fn everywhere(&self) -> People {
        let mut people = People::default();
        for room in self.at_home.values() {
            people.active += room.active;
            people.new += room.new;
            people.recent += room.recent;
        }
        for visits in self.elsewhere.values() {
            let is_active = visits.iter().any(|visit| visit.is_active);
            let is_new = is_active && visits.iter().all(|visit| visit.first_week >= self.week);
            people.active += i64::from(is_active);
            people.new += i64::from(is_new);
            people.recent += i64::from(visits.iter().any(|visit| visit.is_recent));
        }
        people
    }

    /// How many were active in the week in some rooms.
    pub fn active_in(&self, rooms: &HashSet<RoomId>) -> i64 {
        self.count_in(rooms, |people| people.active, |visit| visit.is_active)
    }

    /// How many were active in some rooms in the four weeks that end with the week.
    pub fn recent_in(&self, rooms: &HashSet<RoomId>) -> i64 {
        self.count_in(rooms, |people| people.recent, |visit| visit.is_recent)
    }

    fn count_in(
        &self,
        rooms: &HashSet<RoomId>,
        at_home: fn(&People) -> i64,
        counts: fn(&Visit) -> bool,
    ) -> i64 {
        let of_rooms = self.at_home.iter().filter(|(room, _)| rooms.contains(room));
        let is_counted = |visits: &&Vec<Visit>| {
            visits
                .iter()
                .any(|visit| counts(visit) && rooms.contains(&visit.room))
        };
        let elsewhere = self.elsewhere.values().filter(is_counted).count();
        let elsewhere = i64::try_from(elsewhere).unwrap_or(i64::MAX);
        of_rooms.map(|(_, people)| at_home(people)).sum::<i64>() + elsewhere
    }
}

/// SQL for « active in one of the weeks from `first` to `last` », as 0 or 1, over a row of `presence`. `mask` has as many bits as there
/// are weeks. What holds of whoever is active now is asked first.
fn active_between(first: Week, last: Week, mask: i64) -> String {
    let (first, last) = (first.0, last.0);
    format!(
        "CASE WHEN last_week BETWEEN {first} AND {last} OR first_week BETWEEN {first} AND {last} THEN 1 \
         WHEN last_week < {first} OR last_week - {last} >= 62 THEN 0 \
         WHEN (weeks >> CAST(last_week - {last} AS INTEGER)) & {mask} > 0 THEN 1 ELSE 0 END"
    )
}

impl Session {
    /// Who was active around a week.
    pub async fn load_crowd(&mut self, week: Week) -> sqlx::Result<Crowd> {
        let active = active_between(week, week, 1);
        let since = Week(week.0 + 1 - ACTIVE_WEEKS);
        let recent = active_between(since, week, (1 << ACTIVE_WEEKS) - 1);
        let at_home = format!(
            "FROM (SELECT room_id, SUM({active}) AS active, SUM(CASE WHEN first_week = {} THEN 1 ELSE 0 END) AS new, \
             SUM({recent}) AS recent FROM presence WHERE elsewhere = 0 AND last_week >= {} GROUP BY room_id) AS at_home",
            week.0, since.0
        );
        let at_home: Vec<(RoomId, i64, i64, i64)> =
            self.gather_all("room_id, active, new, recent", &at_home).await?;
        let visits = format!(
            "FROM (SELECT person_id, room_id, first_week, {active} AS active, {recent} AS recent \
             FROM presence WHERE elsewhere = 1) AS visit"
        );
        let visits: Vec<(PersonId, RoomId, i64, i64, i64)> = self
            .gather_all("person_id, room_id, first_week, active, recent", &visits)
            .await?;
        let people = |(room, active, new, recent)| (room, People { active, new, recent });
        let mut crowd = Crowd {
            week: week.0,
            at_home: at_home.into_iter().map(people).collect(),
            elsewhere: BTreeMap::new(),
        };
        for (person, room, first_week, active, recent) in visits {
            crowd.elsewhere.entry(person).or_default().push(Visit {
                room,
                first_week,
                is_active: active == 1,
                is_recent: recent == 1,
            });
        }
        Ok(crowd)
    }
}
