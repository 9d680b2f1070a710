//! What was asked and how each ask did: in a week, for the summary, or over a campaign.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use sqlx::{any::AnyRow, query};

use super::{Batch, Columns, Session};
use crate::domain::{
    ask::{AskKind, AskState},
    day::{Day, Week},
    id::{AskId, CampaignId, RoomId},
    outcome::Outcome,
    room::RoomAddress,
};

/// What came of one ask between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// The ask.
    pub ask: AskId,
    /// Its kind.
    pub kind: AskKind,
    /// How many confirmations.
    pub confirmations: i64,
    /// By how many people, each once an occasion.
    pub people: i64,
    /// On how many of its occasions.
    pub occasions: i64,
}

/// What came of one of a campaign's asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignAsk {
    /// The ask.
    pub ask: AskId,
    /// Where it stands.
    pub state: AskState,
    /// How many confirmations.
    pub confirmations: i64,
}

/// A message in a room that showed an ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedAt {
    /// What people call the room.
    pub room: String,
    /// Where it is.
    pub address: RoomAddress,
    /// The platform's id of the message.
    pub message: String,
}

fn turnout(row: &AnyRow) -> sqlx::Result<Turnout> {
    Ok(Turnout {
        ask: AskId(row.integer("ask_id")?),
        kind: row.code("kind")?,
        confirmations: row.integer("confirmations")?,
        people: row.integer("people")?,
        occasions: row.integer("occasions")?,
    })
}

impl Session {
    /// How many asks of each kind were in a room on a day of the week, by the days of their slots.
    pub async fn list_asked(&mut self, week: Week) -> sqlx::Result<Vec<(AskKind, i64)>> {
        // Each ask is looked up in the index of its prompts: there are far fewer asks than prompts.
        let rows = query(
            "SELECT a.kind, count(*) AS asks FROM ask a WHERE EXISTS (SELECT 1 FROM prompt p WHERE p.ask_id = a.id \
             AND p.occasion BETWEEN $1 AND $2 AND p.posted_at IS NOT NULL) GROUP BY a.kind ORDER BY a.kind",
        )
        .bind(week.monday().number())
        .bind(week.sunday().number())
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| Ok((row.code("kind")?, row.integer("asks")?)))
            .collect()
    }

    /// The asks with the most answers an occasion, between two days.
    pub async fn list_turnouts(&mut self, first: Day, last: Day, most: i64) -> sqlx::Result<Vec<Turnout>> {
        let rows = query(
            "SELECT t.ask_id, a.kind, CAST(SUM(t.confirmations) AS BIGINT) AS confirmations, \
             CAST(SUM(t.people) AS BIGINT) AS people, count(DISTINCT t.occasion) AS occasions \
             FROM ask_tally t JOIN ask a ON a.id = t.ask_id WHERE t.day BETWEEN $1 AND $2 AND t.confirmations > 0 \
             GROUP BY t.ask_id, a.kind ORDER BY CAST(SUM(t.people) AS BIGINT) / count(DISTINCT t.occasion) DESC, t.ask_id LIMIT $3",
        )
        .bind(first.number())
        .bind(last.number())
        .bind(most)
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(turnout).collect()
    }

    /// What came of one ask up to now; none where nothing did.
    pub async fn find_turnout(&mut self, ask: AskId) -> sqlx::Result<Option<Turnout>> {
        let row = query(
            "SELECT t.ask_id, a.kind, CAST(SUM(t.confirmations) AS BIGINT) AS confirmations, \
             CAST(SUM(t.people) AS BIGINT) AS people, count(DISTINCT t.occasion) AS occasions \
             FROM ask_tally t JOIN ask a ON a.id = t.ask_id WHERE t.ask_id = $1 AND t.confirmations > 0 \
             GROUP BY t.ask_id, a.kind",
        )
        .bind(ask.0)
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(turnout).transpose()
    }

    /// When the newest occasion of an ask ends in the last of its rooms; none where it never stood in one.
    pub async fn find_end_of(&mut self, ask: AskId) -> sqlx::Result<Option<Timestamp>> {
        query(
            "SELECT max(p.ends_at) AS ends_at FROM prompt p WHERE p.ask_id = $1 \
             AND p.occasion = (SELECT max(o.occasion) FROM prompt o WHERE o.ask_id = $1)",
        )
        .bind(ask.0)
        .fetch_one(self.connection())
        .await?
        .optional_instant("ends_at")
    }

    /// The rooms of each ask's newest occasion up to a day. An ask that stood nowhere is left out.
    pub async fn list_rooms_of(
        &mut self,
        asks: &[AskId],
        last: Day,
    ) -> sqlx::Result<HashMap<AskId, HashSet<RoomId>>> {
        let wanted = asks.iter().map(|ask| [ask.0.into(), last.number().into()]);
        let found: Vec<(AskId, RoomId)> = self
            .gather(
                "p.ask_id, p.room_id",
                "FROM {batch} CROSS JOIN prompt p WHERE p.ask_id = batch.ask_id AND p.occasion = \
                 (SELECT max(o.occasion) FROM prompt o WHERE o.ask_id = batch.ask_id AND o.occasion <= batch.last)",
                &Batch::new(["ask_id", "last"], wanted),
            )
            .await?;
        let mut rooms: HashMap<AskId, HashSet<RoomId>> = HashMap::new();
        for (ask, room) in found {
            rooms.entry(ask).or_default().insert(room);
        }
        Ok(rooms)
    }

    /// Messages that showed an ask on the newest of its occasions up to a day.
    pub async fn list_messages_of(
        &mut self,
        ask: AskId,
        last: Day,
        most: i64,
    ) -> sqlx::Result<Vec<PostedAt>> {
        let rows = query(
            "SELECT r.name, r.platform, coalesce(p.stands_in, r.external_id) AS room, p.external_id AS message \
             FROM prompt p JOIN room r ON r.id = p.room_id WHERE p.ask_id = $1 AND p.external_id IS NOT NULL \
             AND p.occasion = (SELECT max(o.occasion) FROM prompt o WHERE o.ask_id = $1 AND o.occasion <= $2) \
             ORDER BY p.room_id LIMIT $3",
        )
        .bind(ask.0)
        .bind(last.number())
        .bind(most)
        .fetch_all(self.connection())
        .await?;
        let posted = |row: &AnyRow| {
            Ok(PostedAt {
                room: row.text("name")?,
                address: RoomAddress {
                    platform: row.text("platform")?,
                    room: row.text("room")?,
                },
                message: row.text("message")?,
            })
        };
        rows.iter().map(posted).collect()
    }

    /// What came of a campaign's asks, by kind and outcome.
    pub async fn list_campaign_counts(
        &mut self,
        campaign: CampaignId,
    ) -> sqlx::Result<Vec<(AskKind, Outcome, i64)>> {
        let rows = query(
            "SELECT a.kind, t.outcome, CAST(SUM(t.confirmations) AS BIGINT) AS confirmations \
             FROM ask a JOIN ask_tally t ON t.ask_id = a.id WHERE a.campaign_id = $1 \
             GROUP BY a.kind, t.outcome HAVING SUM(t.confirmations) <> 0 ORDER BY a.kind, t.outcome",
        )
        .bind(campaign.0)
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.code("kind")?,
                    row.code("outcome")?,
                    row.integer("confirmations")?,
                ))
            })
            .collect()
    }

    /// A campaign's asks that volunteers have seen, the newest first.
    pub async fn list_campaign_asks(&mut self, campaign: CampaignId) -> sqlx::Result<Vec<CampaignAsk>> {
        let rows = query(
            "SELECT a.id, a.state, CAST(coalesce(SUM(t.confirmations), 0) AS BIGINT) AS confirmations \
             FROM ask a LEFT JOIN ask_tally t ON t.ask_id = a.id WHERE a.campaign_id = $1 AND EXISTS \
             (SELECT 1 FROM prompt p WHERE p.ask_id = a.id AND p.posted_at IS NOT NULL) \
             GROUP BY a.id, a.state ORDER BY a.id DESC",
        )
        .bind(campaign.0)
        .fetch_all(self.connection())
        .await?;
        let ask = |row: &AnyRow| {
            Ok(CampaignAsk {
                ask: AskId(row.integer("id")?),
                state: row.code("state")?,
                confirmations: row.integer("confirmations")?,
            })
        };
        rows.iter().map(ask).collect()
    }
}
