//! Asks with their wordings, groups and approvals.

use jiff::{Timestamp, civil::DateTime};
use sqlx::{any::AnyRow, query};

use super::{
    Session, Writer, millis,
    row::{Columns, unreadable},
};
use crate::domain::{
    ask::{Ask, AskContent, AskState, Wording},
    id::{AskId, CampaignId, GroupId, PersonId, PictureId},
    language::Language,
    slot::Slot,
};

/// A coordinator's yes to the exact bytes of one language of an ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The language approved.
    pub language: Language,
    /// The seal of the bytes approved.
    pub seal: String,
    /// Who said yes.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

macro_rules! select_ask {
    ($rest:literal) => {
        concat!(
            "SELECT id, reference, state, author_id, kind, campaign_id, link, hashtags, networks, targets, picture_id, \
             slot, slot_set_at, closes_at, approved_at FROM ask ",
            $rest
        )
    };
}

/// A slot as the database keeps it.
fn slot_text(slot: Slot) -> String {
    match slot {
        Slot::Once(when) => format!("once {when}"),
        Slot::Weekdays { from, at } => format!("weekdays {}", from.to_datetime(at)),
        Slot::Now(instant) => format!("now {}", instant.as_millisecond()),
    }
}

fn slot_of(text: &str) -> Option<Slot> {
    let (kind, when) = text.split_once(' ')?;
    let civil = || when.parse::<DateTime>().ok();
    match kind {
        "once" => civil().map(Slot::Once),
        "weekdays" => civil().map(|when| Slot::Weekdays {
            from: when.date(),
            at: when.time(),
        }),
        "now" => Timestamp::from_millisecond(when.parse().ok()?)
            .ok()
            .map(Slot::Now),
        _ => None,
    }
}

/// A row without its wordings and groups.
fn ask(row: &AnyRow) -> sqlx::Result<Ask> {
    let slot = row.optional_text("slot")?;
    let slot = slot
        .map(|text| slot_of(&text).ok_or_else(|| unreadable("slot", "no slot")))
        .transpose()?;
    Ok(Ask {
        id: AskId(row.integer("id")?),
        reference: row.optional_text("reference")?,
        state: row.code("state")?,
        author: row.optional_integer("author_id")?.map(PersonId),
        approved_at: row.optional_instant("approved_at")?,
        slot_set_at: row.optional_instant("slot_set_at")?,
        content: AskContent {
            kind: row.code("kind")?,
            campaign: row.optional_integer("campaign_id")?.map(CampaignId),
            wordings: Vec::new(),
            link: row.optional_text("link")?,
            hashtags: row.json("hashtags")?,
            networks: row.json("networks")?,
            picture: row.optional_integer("picture_id")?.map(PictureId),
            targets: row.json("targets")?,
            groups: Vec::new(),
            slot,
            closes_at: row.optional_instant("closes_at")?,
        },
    })
}

impl Session {
    /// The ask of this number.
    pub async fn find_ask(&mut self, id: AskId) -> sqlx::Result<Option<Ask>> {
        let row = query(select_ask!("WHERE id = $1"))
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        self.completed(ask(&row)?).await.map(Some)
    }

    /// The ask that a calendar knows by this name.
    pub async fn find_ask_by_reference(&mut self, reference: &str) -> sqlx::Result<Option<Ask>> {
        let row = query(select_ask!("WHERE reference = $1"))
            .bind(reference.to_owned())
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        self.completed(ask(&row)?).await.map(Some)
    }

    /// The ask that was written in this form.
    pub async fn find_ask_by_form(&mut self, key: &str) -> sqlx::Result<Option<Ask>> {
        let row = query(select_ask!("WHERE form_key = $1"))
            .bind(key.to_owned())
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        self.completed(ask(&row)?).await.map(Some)
    }

    /// The asks in a state, the oldest first.
    pub async fn list_asks(&mut self, state: AskState) -> sqlx::Result<Vec<Ask>> {
        let rows = query(select_ask!("WHERE state = $1 ORDER BY id"))
            .bind(state.code())
            .fetch_all(self.connection())
            .await?;
        let mut asks = Vec::with_capacity(rows.len());
        for row in &rows {
            asks.push(self.completed(ask(row)?).await?);
        }
        Ok(asks)
    }

    /// The newest asks, whatever their state.
    pub async fn list_newest_asks(&mut self, most: i64) -> sqlx::Result<Vec<Ask>> {
        let rows = query(select_ask!("ORDER BY id DESC LIMIT $1"))
            .bind(most)
            .fetch_all(self.connection())
            .await?;
        let mut asks = Vec::with_capacity(rows.len());
        for row in &rows {
            asks.push(self.completed(ask(row)?).await?);
        }
        Ok(asks)
    }

    /// The asks that a picture goes with.
    pub async fn list_asks_with_picture(&mut self, picture: PictureId) -> sqlx::Result<Vec<Ask>> {
        let rows = query(select_ask!("WHERE picture_id = $1 ORDER BY id"))
            .bind(picture.0)
            .fetch_all(self.connection())
            .await?;
        let mut asks = Vec::with_capacity(rows.len());
        for row in &rows {
            asks.push(self.completed(ask(row)?).await?);
        }
        Ok(asks)
    }

    /// When an ask is posted and when it ends as the calendar last had it, whatever coordinators made of it since.
    pub async fn load_calendar_times(
        &mut self,
        id: AskId,
    ) -> sqlx::Result<(Option<Slot>, Option<Timestamp>)> {
        let row = query("SELECT calendar_slot, calendar_closes_at FROM ask WHERE id = $1")
            .bind(id.0)
            .fetch_one(self.connection())
            .await?;
        let slot = row.optional_text("calendar_slot")?;
        let slot = slot
            .map(|text| slot_of(&text).ok_or_else(|| unreadable("calendar_slot", "no slot")))
            .transpose()?;
        Ok((slot, row.optional_instant("calendar_closes_at")?))
    }

    async fn completed(&mut self, mut ask: Ask) -> sqlx::Result<Ask> {
        let rows =
            query("SELECT language, text, script, alt FROM wording WHERE ask_id = $1 ORDER BY language DESC")
                .bind(ask.id.0)
                .fetch_all(self.connection())
                .await?;
        for row in &rows {
            let wording = Wording {
                text: row.text("text")?,
                script: row.optional_text("script")?,
                alt: row.optional_text("alt")?,
            };
            ask.content.wordings.push((row.code("language")?, wording));
        }
        let rows = query("SELECT group_id FROM ask_group WHERE ask_id = $1 ORDER BY group_id")
            .bind(ask.id.0)
            .fetch_all(self.connection())
            .await?;
        for row in &rows {
            ask.content.groups.push(GroupId(row.integer("group_id")?));
        }
        Ok(ask)
    }

    /// The approvals of an ask, void ones included.
    pub async fn list_approvals(&mut self, ask: AskId) -> sqlx::Result<Vec<Approval>> {
        let rows = query("SELECT language, seal, person_id, approved_at FROM approval WHERE ask_id = $1 ORDER BY language DESC")
            .bind(ask.0)
            .fetch_all(self.connection())
            .await?;
        let approval = |row: &AnyRow| {
            Ok(Approval {
                language: row.code("language")?,
                seal: row.text("seal")?,
                by: row.optional_integer("person_id")?.map(PersonId),
                at: row.instant("approved_at")?,
            })
        };
        rows.iter().map(approval).collect()
    }
}

impl Writer {
    /// Keeps a new ask and gives it its number.
    pub async fn add_ask(
        &mut self,
        reference: Option<&str>,
        author: Option<PersonId>,
        content: &AskContent,
        now: Timestamp,
    ) -> sqlx::Result<AskId> {
        let row = query(
            "INSERT INTO ask (reference, state, author_id, kind, hashtags, networks, targets, created_at) \
             VALUES ($1, 'draft', $2, $3, '[]', '[]', '[]', $4) RETURNING id",
        )
        .bind(reference.map(str::to_owned))
        .bind(author.map(|author| author.0))
        .bind(content.kind.code())
        .bind(millis(now))
        .fetch_one(self.connection())
        .await?;
        let id = AskId(row.integer("id")?);
        self.set_ask_content(id, content, now).await?;
        Ok(id)
    }

    /// Notes in which form an ask was written.
    pub async fn set_ask_form(&mut self, id: AskId, key: &str) -> sqlx::Result<()> {
        query("UPDATE ask SET form_key = $2 WHERE id = $1")
            .bind(id.0)
            .bind(key.to_owned())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Replaces all that the coordinators wrote of an ask. Approvals stay; their seals tell whether they still hold.
    pub async fn set_ask_content(
        &mut self,
        id: AskId,
        content: &AskContent,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        let json =
            |value: serde_json::Result<String>| value.map_err(|error| sqlx::Error::Encode(error.into()));
        query(
            "UPDATE ask SET kind = $2, campaign_id = $3, link = $4, hashtags = $5, networks = $6, targets = $7, \
             picture_id = $8, slot = $9, slot_set_at = CASE WHEN slot = $9 THEN slot_set_at ELSE $11 END, closes_at = $10 \
             WHERE id = $1",
        )
        .bind(id.0)
        .bind(content.kind.code())
        .bind(content.campaign.map(|campaign| campaign.0))
        .bind(content.link.clone())
        .bind(json(serde_json::to_string(&content.hashtags))?)
        .bind(json(serde_json::to_string(&content.networks))?)
        .bind(json(serde_json::to_string(&content.targets))?)
        .bind(content.picture.map(|picture| picture.0))
        .bind(content.slot.map(slot_text))
        .bind(content.closes_at.map(millis))
        .bind(millis(now))
        .execute(self.connection())
        .await?;
        query("DELETE FROM wording WHERE ask_id = $1")
            .bind(id.0)
            .execute(self.connection())
            .await?;
        for (language, wording) in &content.wordings {
            query("INSERT INTO wording (ask_id, language, text, script, alt) VALUES ($1, $2, $3, $4, $5)")
                .bind(id.0)
                .bind(language.code())
                .bind(wording.text.clone())
                .bind(wording.script.clone())
                .bind(wording.alt.clone())
                .execute(self.connection())
                .await?;
        }
        query("DELETE FROM ask_group WHERE ask_id = $1")
            .bind(id.0)
            .execute(self.connection())
            .await?;
        for group in &content.groups {
            query("INSERT INTO ask_group (ask_id, group_id) VALUES ($1, $2)")
                .bind(id.0)
                .bind(group.0)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// Says where an ask stands.
    pub async fn set_ask_state(&mut self, id: AskId, state: AskState) -> sqlx::Result<()> {
        query("UPDATE ask SET state = $1 WHERE id = $2")
            .bind(state.code())
            .bind(id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says that an ask is over, unless it was before. Returns whether it is so only now: of two who say it at the same time, one.
    pub async fn end_ask(&mut self, id: AskId, state: AskState) -> sqlx::Result<bool> {
        let done = query(
            "UPDATE ask SET state = $1 WHERE id = $2 AND state NOT IN ('closed', 'expired', 'withdrawn')",
        )
        .bind(state.code())
        .bind(id.0)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Says when the last language that an ask needs was approved, or that one is wanting.
    pub async fn set_approved_at(&mut self, id: AskId, at: Option<Timestamp>) -> sqlx::Result<()> {
        query("UPDATE ask SET approved_at = $1 WHERE id = $2")
            .bind(at.map(millis))
            .bind(id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says who answers for an ask's words: whoever wrote them last; nobody where the operator did.
    pub async fn set_author(&mut self, id: AskId, author: Option<PersonId>) -> sqlx::Result<()> {
        query("UPDATE ask SET author_id = $1 WHERE id = $2")
            .bind(author.map(|author| author.0))
            .bind(id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says when an ask is posted.
    pub async fn set_slot(&mut self, id: AskId, slot: Slot, now: Timestamp) -> sqlx::Result<()> {
        query("UPDATE ask SET slot = $2, slot_set_at = $3 WHERE id = $1")
            .bind(id.0)
            .bind(slot_text(slot))
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Remembers when an ask is posted and when it ends as the calendar has it.
    pub async fn set_calendar_times(
        &mut self,
        id: AskId,
        (slot, closes_at): (Option<Slot>, Option<Timestamp>),
    ) -> sqlx::Result<()> {
        query("UPDATE ask SET calendar_slot = $2, calendar_closes_at = $3 WHERE id = $1")
            .bind(id.0)
            .bind(slot.map(slot_text))
            .bind(closes_at.map(millis))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Keeps an approval, in place of an earlier one of the same language.
    pub async fn approve(&mut self, ask: AskId, approval: &Approval) -> sqlx::Result<()> {
        query(
            "INSERT INTO approval (ask_id, language, seal, person_id, approved_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (ask_id, language) DO UPDATE SET seal = excluded.seal, person_id = excluded.person_id, \
             approved_at = excluded.approved_at",
        )
        .bind(ask.0)
        .bind(approval.language.code())
        .bind(approval.seal.clone())
        .bind(approval.by.map(|by| by.0))
        .bind(millis(approval.at))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Drops every approval of an ask. Returns how many there were.
    pub async fn void_approvals(&mut self, ask: AskId) -> sqlx::Result<u64> {
        let done = query("DELETE FROM approval WHERE ask_id = $1")
            .bind(ask.0)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_survives_its_text() {
        let when: DateTime = "2026-11-23T09:05:00".parse().unwrap();
        for slot in [
            Slot::Once(when),
            Slot::Weekdays {
                from: when.date(),
                at: when.time(),
            },
            Slot::Now(Timestamp::from_millisecond(1_763_900_000_123).unwrap()),
        ] {
            assert_eq!(slot_of(&slot_text(slot)), Some(slot));
        }
        assert_eq!(slot_of("sometime soon"), None);
    }
}
