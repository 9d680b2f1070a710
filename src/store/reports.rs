//! The numbers that reports are made of, each from a tally: none scans what people did.

mod asked;

use sqlx::{any::AnyRow, query};

pub use asked::{CampaignAsk, PostedAt, Turnout};

use super::{Session, batch::Batch, row::Columns};
use crate::domain::{
    ask::AskKind,
    day::{Day, Week},
    id::{AskId, CampaignId, GroupId},
    outcome::Outcome,
};

/// Weeks over which people are taken for active: the 28 days up to the end of a week.
pub const ACTIVE_WEEKS: i64 = 4;

/// Confirmations of one day, kind and outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// The civil day.
    pub day: Day,
    /// The kind of the asks.
    pub kind: AskKind,
    /// What came of them.
    pub outcome: Outcome,
    /// How many.
    pub confirmations: i64,
}

/// What came of one ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskCount {
    /// The ask.
    pub ask: AskId,
    /// How many confirmations.
    pub confirmations: i64,
    /// By how many people, each once an occasion.
    pub people: i64,
}

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

/// A group's week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupCount {
    /// The group; none for the rooms of no group.
    pub group: Option<GroupId>,
    /// How many confirmations.
    pub confirmations: i64,
    /// By how many people.
    pub people: i64,
}

/// SQL for « active in one of the weeks from `$2` to `$1` », as 0 or 1, over a row of `presence q`. `$3` is a mask of as many
/// bits as there are weeks.
macro_rules! active_between {
    ($first:literal, $last:literal, $mask:literal) => {
        concat!(
            "CASE WHEN q.last_week < ",
            $first,
            " THEN 0 WHEN q.last_week <= ",
            $last,
            " THEN 1 \
             WHEN q.last_week - ",
            $last,
            " >= 62 THEN 0 \
             WHEN (q.weeks >> CAST(q.last_week - ",
            $last,
            " AS INTEGER)) & ",
            $mask,
            " > 0 THEN 1 ELSE 0 END"
        )
    };
}

fn ask_count(row: &AnyRow) -> sqlx::Result<AskCount> {
    Ok(AskCount {
        ask: AskId(row.integer("ask_id")?),
        confirmations: row.integer("confirmations")?,
        people: row.integer("people")?,
    })
}

impl Session {
    /// Confirmations between two days, by day, kind and outcome.
    pub async fn list_day_counts(&mut self, first: Day, last: Day) -> sqlx::Result<Vec<DayCount>> {
        let rows = query(
            "SELECT t.day, a.kind, t.outcome, CAST(SUM(t.confirmations) AS BIGINT) AS confirmations \
             FROM ask_tally t JOIN ask a ON a.id = t.ask_id WHERE t.day BETWEEN $1 AND $2 \
             GROUP BY t.day, a.kind, t.outcome HAVING SUM(t.confirmations) <> 0 ORDER BY t.day, a.kind, t.outcome",
        )
        .bind(first.number())
        .bind(last.number())
        .fetch_all(self.connection())
        .await?;
        let count = |row: &AnyRow| {
            Ok(DayCount {
                day: row.day("day")?,
                kind: row.code("kind")?,
                outcome: row.code("outcome")?,
                confirmations: row.integer("confirmations")?,
            })
        };
        rows.iter().map(count).collect()
    }

    /// What came of each ask between two days.
    pub async fn list_ask_counts(&mut self, first: Day, last: Day) -> sqlx::Result<Vec<AskCount>> {
        let rows = query(
            "SELECT ask_id, CAST(SUM(confirmations) AS BIGINT) AS confirmations, CAST(SUM(people) AS BIGINT) AS people \
             FROM ask_tally WHERE day BETWEEN $1 AND $2 GROUP BY ask_id HAVING SUM(confirmations) <> 0 ORDER BY ask_id",
        )
        .bind(first.number())
        .bind(last.number())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(ask_count).collect()
    }

    /// What came of one ask over all its occasions.
    pub async fn load_ask_count(&mut self, ask: AskId) -> sqlx::Result<AskCount> {
        let row = query(
            "SELECT CAST($1 AS BIGINT) AS ask_id, CAST(coalesce(SUM(confirmations), 0) AS BIGINT) AS confirmations, \
             CAST(coalesce(SUM(people), 0) AS BIGINT) AS people FROM ask_tally WHERE ask_id = $1",
        )
        .bind(ask.0)
        .fetch_one(self.connection())
        .await?;
        ask_count(&row)
    }

    /// What came of one ask, by outcome, on one occasion or on all of them.
    pub async fn list_outcome_counts(
        &mut self,
        ask: AskId,
        occasion: Option<Day>,
    ) -> sqlx::Result<Vec<(Outcome, i64)>> {
        let rows = query(
            "SELECT outcome, CAST(SUM(confirmations) AS BIGINT) AS confirmations FROM ask_tally \
             WHERE ask_id = $1 AND occasion BETWEEN $2 AND $3 GROUP BY outcome HAVING SUM(confirmations) <> 0 ORDER BY outcome",
        )
        .bind(ask.0)
        .bind(occasion.map_or(0, Day::number))
        .bind(occasion.map_or(i64::MAX, Day::number))
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| Ok((row.code("outcome")?, row.integer("confirmations")?)))
            .collect()
    }

    /// By how many people an ask's occasion was confirmed.
    pub async fn count_people_of(&mut self, ask: AskId, occasion: Day) -> sqlx::Result<i64> {
        query(
            "SELECT CAST(coalesce(SUM(people), 0) AS BIGINT) AS people FROM ask_tally WHERE ask_id = $1 AND occasion = $2",
        )
        .bind(ask.0)
        .bind(occasion.number())
        .fetch_one(self.connection())
        .await?
        .integer("people")
    }

    /// Confirmations of a campaign's asks up to a day, of one kind or of all.
    pub async fn count_campaign(
        &mut self,
        campaign: CampaignId,
        kind: Option<AskKind>,
        last: Day,
    ) -> sqlx::Result<i64> {
        query(
            "SELECT CAST(coalesce(SUM(t.confirmations), 0) AS BIGINT) AS confirmations \
             FROM ask a JOIN ask_tally t ON t.ask_id = a.id \
             WHERE a.campaign_id = $1 AND (a.kind = $2 OR $2 = '') AND t.day <= $3",
        )
        .bind(campaign.0)
        .bind(kind.map_or("", AskKind::code))
        .bind(last.number())
        .fetch_one(self.connection())
        .await?
        .integer("confirmations")
    }

    /// Confirmations and people of a week, by group.
    pub async fn list_group_counts(&mut self, week: Week) -> sqlx::Result<Vec<GroupCount>> {
        let rows = query(concat!(
            "SELECT counts.group_id, counts.confirmations, coalesce(active.people, 0) AS people FROM \
             (SELECT coalesce(r.group_id, 0) AS group_id, CAST(SUM(t.confirmations) AS BIGINT) AS confirmations \
              FROM tally t JOIN room r ON r.id = t.room_id WHERE t.day BETWEEN $1 AND $2 \
              GROUP BY coalesce(r.group_id, 0)) AS counts LEFT JOIN \
             (SELECT group_id, count(*) AS people FROM (SELECT coalesce(w.group_id, 0) AS group_id FROM presence q \
              JOIN room w ON w.id = q.room_id WHERE 1 = ",
            active_between!("$3", "$3", "1"),
            " GROUP BY coalesce(w.group_id, 0), q.person_id) AS each_once GROUP BY group_id) AS active \
             ON active.group_id = counts.group_id WHERE counts.confirmations <> 0 ORDER BY counts.group_id"
        ))
        .bind(week.monday().number())
        .bind(week.sunday().number())
        .bind(week.0)
        .fetch_all(self.connection())
        .await?;
        let count = |row: &AnyRow| {
            Ok(GroupCount {
                group: Some(row.integer("group_id")?)
                    .filter(|group| *group != 0)
                    .map(GroupId),
                confirmations: row.integer("confirmations")?,
                people: row.integer("people")?,
            })
        };
        rows.iter().map(count).collect()
    }

    /// How many people in a week, everywhere.
    pub async fn count_people(&mut self, week: Week) -> sqlx::Result<People> {
        let row = query(concat!(
            "SELECT CAST(coalesce(SUM(active), 0) AS BIGINT) AS active, \
             CAST(coalesce(SUM(CASE WHEN active = 1 AND first_week = $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS new, \
             CAST(coalesce(SUM(recent), 0) AS BIGINT) AS recent FROM (SELECT min(q.first_week) AS first_week, max(",
            active_between!("$1", "$1", "1"),
            ") AS active, max(",
            active_between!("$2", "$1", "15"),
            ") AS recent FROM presence q GROUP BY q.person_id) AS person"
        ))
        .bind(week.0)
        .bind(week.0 + 1 - ACTIVE_WEEKS)
        .fetch_one(self.connection())
        .await?;
        Ok(People {
            active: row.integer("active")?,
            new: row.integer("new")?,
            recent: row.integer("recent")?,
        })
    }

    /// How many people were active, in the four weeks that end with `week`, in the rooms where an ask stood.
    pub async fn count_people_in_rooms_of(&mut self, ask: AskId, week: Week) -> sqlx::Result<i64> {
        query(concat!(
            "SELECT count(*) AS people FROM (SELECT 1 AS one FROM presence q \
             WHERE q.room_id IN (SELECT p.room_id FROM prompt p WHERE p.ask_id = $3) AND 1 = ",
            active_between!("$2", "$1", "15"),
            " GROUP BY q.person_id) AS active"
        ))
        .bind(week.0)
        .bind(week.0 + 1 - ACTIVE_WEEKS)
        .bind(ask.0)
        .fetch_one(self.connection())
        .await?
        .integer("people")
    }

    /// How many people confirmed anything on a day.
    pub async fn count_people_on(&mut self, day: Day) -> sqlx::Result<i64> {
        query("SELECT count(DISTINCT person_id) AS people FROM activity WHERE day = $1 AND confirmations > 0")
            .bind(day.number())
            .fetch_one(self.connection())
            .await?
            .integer("people")
    }

    /// Whether anybody confirmed anything before a day.
    pub async fn has_confirmations_before(&mut self, day: Day) -> sqlx::Result<bool> {
        let row = query("SELECT count(*) AS found FROM (SELECT 1 AS one FROM ask_tally WHERE day < $1 LIMIT 1) AS earlier")
            .bind(day.number())
            .fetch_one(self.connection())
            .await?;
        Ok(row.integer("found")? > 0)
    }
}
