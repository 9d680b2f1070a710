//! Prompts: asks as they stand in rooms.

use jiff::Timestamp;
use sqlx::{any::AnyRow, query};

use super::{
    Session, Writer,
    batch::Batch,
    millis,
    row::{self, Columns},
};
use crate::domain::{
    ask::AskKind,
    code::coded,
    day::Day,
    id::{AskId, PromptId, RoomId},
    outcome::Outcome,
    room::RoomAddress,
};

coded! {
    /// Where a prompt stands.
    pub enum PromptState {
        /// In the outbox.
        Due = "due",
        /// In its room, and open.
        Posted = "posted",
        /// In its room, and over.
        Closed = "closed",
        /// Its time passed before it could be posted.
        Expired = "expired",
        /// It could not be posted.
        Lost = "lost",
    }
}

/// An ask as it stands in one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Its id.
    pub id: PromptId,
    /// The ask.
    pub ask: AskId,
    /// The civil day of its slot.
    pub occasion: Day,
    /// The room.
    pub room: RoomId,
    /// The platform's id of its message, once posted.
    pub message: Option<String>,
    /// Where it stands.
    pub state: PromptState,
    /// From when it is over.
    pub ends_at: Timestamp,
}

macro_rules! select_prompt {
    ($rest:literal) => {
        concat!(
            "SELECT id, ask_id, occasion, room_id, external_id, state, ends_at FROM prompt ",
            $rest
        )
    };
}

fn prompt(row: &AnyRow) -> sqlx::Result<Prompt> {
    Ok(Prompt {
        id: PromptId(row.integer("id")?),
        ask: AskId(row.integer("ask_id")?),
        occasion: row.day("occasion")?,
        room: RoomId(row.integer("room_id")?),
        message: row.optional_text("external_id")?,
        state: row.code("state")?,
        ends_at: row.instant("ends_at")?,
    })
}

impl Session {
    /// A prompt.
    pub async fn find_prompt(&mut self, id: PromptId) -> sqlx::Result<Option<Prompt>> {
        let row = query(select_prompt!("WHERE id = $1"))
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(prompt).transpose()
    }

    /// The prompt that stands as a message in a room.
    pub async fn find_prompt_at(
        &mut self,
        address: &RoomAddress,
        message: &str,
    ) -> sqlx::Result<Option<Prompt>> {
        let row = query(select_prompt!(
            "WHERE external_id = $3 AND room_id IN (SELECT r.id FROM room r WHERE r.platform = $1 \
             AND (r.external_id = $2 OR prompt.stands_in = $2))"
        ))
        .bind(address.platform.clone())
        .bind(address.room.clone())
        .bind(message.to_owned())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(prompt).transpose()
    }

    /// The prompts in a state, those that end first before the others.
    pub async fn list_prompts(&mut self, state: PromptState) -> sqlx::Result<Vec<Prompt>> {
        let rows = query(select_prompt!("WHERE state = $1 ORDER BY ends_at, id"))
            .bind(state.code())
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(prompt).collect()
    }

    /// The prompts in a room that were open at an instant or later.
    pub async fn list_prompts_open_since(
        &mut self,
        room: RoomId,
        since: Timestamp,
    ) -> sqlx::Result<Vec<Prompt>> {
        let rows = query(select_prompt!(
            "WHERE room_id = $1 AND state IN ('posted', 'closed') AND ends_at >= $2 ORDER BY ends_at, id"
        ))
        .bind(room.0)
        .bind(millis(since))
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(prompt).collect()
    }

    /// Every prompt of an ask, the newest first.
    pub async fn list_prompts_of(&mut self, ask: AskId) -> sqlx::Result<Vec<Prompt>> {
        let rows = query(select_prompt!("WHERE ask_id = $1 ORDER BY occasion DESC, id"))
            .bind(ask.0)
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(prompt).collect()
    }
}

impl Writer {
    /// Makes the prompt of an ask's occasion in a room, or makes one anew whose time passed before it was posted; none where there is
    /// one already.
    pub async fn add_prompt(
        &mut self,
        ask: AskId,
        occasion: Day,
        room: RoomId,
        ends_at: Timestamp,
    ) -> sqlx::Result<Option<PromptId>> {
        let row = query(
            "INSERT INTO prompt (ask_id, occasion, room_id, state, ends_at) VALUES ($1, $2, $3, 'due', $4) \
             ON CONFLICT (ask_id, occasion, room_id) DO UPDATE SET state = 'due', ends_at = excluded.ends_at \
             WHERE prompt.state = 'expired' AND prompt.external_id IS NULL RETURNING id",
        )
        .bind(ask.0)
        .bind(occasion.number())
        .bind(room.0)
        .bind(millis(ends_at))
        .fetch_optional(self.connection())
        .await?;
        row.map(|row| row.integer("id").map(PromptId)).transpose()
    }

    /// Says that a prompt stands in its room as this message: open, or closed where it ended while it was being sent. Returns it as it
    /// is then; none where it is known already how it stands.
    pub async fn set_posted(
        &mut self,
        id: PromptId,
        message: &str,
        now: Timestamp,
    ) -> sqlx::Result<Option<Prompt>> {
        let row = query(
            "UPDATE prompt SET state = CASE state WHEN 'due' THEN 'posted' ELSE 'closed' END, external_id = $2, posted_at = $3 \
             WHERE id = $1 AND state IN ('due', 'expired') AND external_id IS NULL \
             RETURNING id, ask_id, occasion, room_id, external_id, state, ends_at",
        )
        .bind(id.0)
        .bind(message.to_owned())
        .bind(millis(now))
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(prompt).transpose()
    }

    /// Says where a prompt stands.
    pub async fn set_prompt_state(&mut self, id: PromptId, state: PromptState) -> sqlx::Result<()> {
        query("UPDATE prompt SET state = $2 WHERE id = $1")
            .bind(id.0)
            .bind(state.code())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Moves the end of an ask's prompts that are not over.
    pub async fn set_prompt_end(&mut self, id: PromptId, ends_at: Timestamp) -> sqlx::Result<()> {
        query("UPDATE prompt SET ends_at = $2 WHERE id = $1 AND state IN ('due', 'posted')")
            .bind(id.0)
            .bind(millis(ends_at))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

/// A prompt with the kind of its ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPrompt {
    /// The prompt.
    pub prompt: Prompt,
    /// The kind of its ask.
    pub kind: AskKind,
}

/// A row of `prompt` with the kind of its ask.
type KnownRow = (
    PromptId,
    AskId,
    i64,
    RoomId,
    Option<String>,
    PromptState,
    i64,
    AskKind,
);

fn known((id, ask, occasion, room, message, state, ends_at, kind): KnownRow) -> sqlx::Result<KnownPrompt> {
    let prompt = Prompt {
        id,
        ask,
        occasion: row::day("occasion", occasion)?,
        room,
        message,
        state,
        ends_at: row::instant("ends_at", ends_at)?,
    };
    Ok(KnownPrompt { prompt, kind })
}

impl Session {
    /// The prompts of these ids, with the kinds of their asks.
    pub async fn list_known_prompts(&mut self, ids: &[PromptId]) -> sqlx::Result<Vec<KnownPrompt>> {
        let batch = Batch::new(["id"], ids.iter().map(|id| [id.0.into()]));
        let found: Vec<KnownRow> = self
            .gather(
                "p.id, p.ask_id, p.occasion, p.room_id, p.external_id, p.state, p.ends_at, a.kind",
                "FROM {batch} CROSS JOIN prompt p JOIN ask a ON a.id = p.ask_id WHERE p.id = batch.id",
                &batch,
            )
            .await?;
        found.into_iter().map(known).collect()
    }

    /// Which prompts stand as these messages, in the order asked; none where a message is not ours.
    pub async fn list_prompt_ids_at(
        &mut self,
        messages: &[(&RoomAddress, &str)],
    ) -> sqlx::Result<Vec<Option<PromptId>>> {
        let rows = (0_i64..).zip(messages).map(|(place, (address, message))| {
            [
                place.into(),
                address.platform.as_str().into(),
                address.room.as_str().into(),
                (*message).into(),
            ]
        });
        let found: Vec<(usize, PromptId)> = self
            .gather(
                "batch.place, p.id",
                "FROM {batch} CROSS JOIN room r JOIN prompt p ON p.room_id = r.id AND p.external_id = batch.message \
                 WHERE r.platform = batch.platform AND r.external_id = batch.room",
                &Batch::new(["place", "platform", "room", "message"], rows),
            )
            .await?;
        let mut prompts = vec![None; messages.len()];
        for (place, prompt) in found {
            prompts[place] = Some(prompt);
        }
        self.find_those_left_behind(messages, &mut prompts).await?;
        Ok(prompts)
    }

    /// Which of the messages that stand in no room of today stand where a room was before it moved.
    async fn find_those_left_behind(
        &mut self,
        messages: &[(&RoomAddress, &str)],
        prompts: &mut [Option<PromptId>],
    ) -> sqlx::Result<()> {
        let missing: Vec<_> = (0_i64..).zip(messages).zip(prompts.iter()).collect();
        let rows: Vec<_> = missing
            .into_iter()
            .filter(|(_, prompt)| prompt.is_none())
            .map(|((place, (address, message)), _)| {
                [
                    place.into(),
                    address.platform.as_str().into(),
                    address.room.as_str().into(),
                    (*message).into(),
                ]
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let found: Vec<(usize, PromptId)> = self
            .gather(
                "batch.place, p.id",
                "FROM {batch} CROSS JOIN prompt p JOIN room r ON r.id = p.room_id \
                 WHERE p.stands_in = batch.room AND p.external_id = batch.message AND r.platform = batch.platform",
                &Batch::new(["place", "platform", "room", "message"], rows),
            )
            .await?;
        for (place, prompt) in found {
            prompts[place] = Some(prompt);
        }
        Ok(())
    }

    /// Where a prompt stands, or will.
    pub async fn load_prompt_address(&mut self, id: PromptId) -> sqlx::Result<RoomAddress> {
        let row = query(
            "SELECT r.platform, coalesce(p.stands_in, r.external_id) AS place FROM prompt p JOIN room r ON r.id = p.room_id \
             WHERE p.id = $1",
        )
        .bind(id.0)
        .fetch_one(self.connection())
        .await?;
        Ok(RoomAddress {
            platform: row.text("platform")?,
            room: row.text("place")?,
        })
    }

    /// Every reaction that was seen on a prompt, with its account on the platform.
    pub async fn list_reactions_on(&mut self, prompt: &Prompt) -> sqlx::Result<Vec<(String, Outcome)>> {
        let rows = query(
            "SELECT a.external_id, s.outcome FROM signal s JOIN account a ON a.id = s.account_id \
             WHERE s.ask_id = $1 AND s.occasion = $2 AND s.prompt_id = $3 AND s.source = 'reaction' \
             AND s.state <> 'withdrawn'",
        )
        .bind(prompt.ask.0)
        .bind(prompt.occasion.number())
        .bind(prompt.id.0)
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| Ok((row.text("external_id")?, row.code("outcome")?)))
            .collect()
    }
}
