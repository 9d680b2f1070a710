//! The numbers that reports are made of, each from a tally: none scans what people did.

mod asked;
mod crowd;

use sqlx::{any::AnyRow, query};

pub use asked::{CampaignAsk, PostedAt, Turnout};
pub use crowd::{ACTIVE_WEEKS, Crowd, People};

use super::{Session, batch::Batch, row::Columns};
use crate::domain::{
    ask::AskKind,
    day::Day,
    id::{AskId, CampaignId, RoomId},
    outcome::Outcome,
};

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

    /// Confirmations between two days, by room.
    pub async fn list_room_counts(&mut self, first: Day, last: Day) -> sqlx::Result<Vec<(RoomId, i64)>> {
        // The rows of each day lie by room, so what is sorted in the end is a row a day and room.
        let rows = query(
            "SELECT room_id, CAST(SUM(confirmations) AS BIGINT) AS confirmations FROM \
             (SELECT day, room_id, SUM(confirmations) AS confirmations FROM tally WHERE day BETWEEN $1 AND $2 \
             GROUP BY day, room_id) AS of_day GROUP BY room_id HAVING SUM(confirmations) <> 0",
        )
        .bind(first.number())
        .bind(last.number())
        .fetch_all(self.connection())
        .await?;
        let count = |row: &AnyRow| Ok((RoomId(row.integer("room_id")?), row.integer("confirmations")?));
        rows.iter().map(count).collect()
    }

    /// How many people confirmed anything on a day.
    pub async fn count_people_on(&mut self, day: Day) -> sqlx::Result<i64> {
        query(
            "SELECT count(*) AS people FROM (SELECT 1 AS one FROM activity WHERE day = $1 AND confirmations > 0 \
             GROUP BY person_id) AS each_once",
        )
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
