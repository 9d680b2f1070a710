//! Asks by the clock: posted in each room when its clock shows the time, closed when they end, and never posted late.

use jiff::Timestamp;

use crate::{
    app::App,
    chat::Card,
    domain::{
        ask::{Ask, AskState},
        day::Day,
        id::{AskId, GroupId, PromptId, RoomId},
        room::RoomAddress,
        slot::Occurrence,
    },
    notice::tell_coordinators,
    release::Standing,
    store::{self, DeliveryKind, Destination, NewDelivery, Prompt, PromptState, Session, Writer},
};

/// What is due, worked out from committed state.
#[derive(Debug, Default)]
pub(super) struct Plan {
    post: Vec<Posting>,
    end: Vec<(PromptId, PromptState, AskId, Day)>,
    finish: Vec<Finish>,
    /// When something will be due next.
    pub next: Option<Timestamp>,
}

/// A prompt to make.
#[derive(Debug)]
struct Posting {
    ask: AskId,
    room: RoomId,
    address: RoomAddress,
    occurrence: Occurrence,
}

/// An ask whose time is over.
#[derive(Debug)]
struct Finish {
    ask: AskId,
    groups: Vec<GroupId>,
    why: Why,
}

/// Why an ask's time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It stood in its rooms and ended; in so many rooms it could not be posted.
    Ended { missed: usize },
    /// It ended, or its slot passed, before it was approved.
    NotApproved,
    /// It was approved after its slot.
    ApprovedLate,
    /// It ended before it could be posted anywhere.
    NotPosted,
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        self.post.is_empty() && self.end.is_empty() && self.finish.is_empty()
    }

    fn note_next(&mut self, instant: Timestamp) {
        self.next = Some(self.next.map_or(instant, |next| next.min(instant)));
    }

    /// What is due now.
    pub(super) async fn make(app: &App, session: &mut Session, now: Timestamp) -> store::Result<Self> {
        let mut plan = Self::default();
        for state in [AskState::Approved, AskState::Open] {
            for ask in session.list_asks(state).await? {
                let prompts = session.list_prompts_of(ask.id).await?;
                let standing = Standing::load(session, &ask).await?;
                plan.add_ask(app, (&ask, &prompts), &standing, now);
            }
        }
        for ask in session.list_asks(AskState::Draft).await? {
            match ask.content.closes_at {
                Some(closes) if closes <= now => plan.finish_with(&ask, Why::NotApproved),
                Some(closes) => plan.note_next(closes),
                None => {}
            }
        }
        plan.add_ends(app, session, now).await?;
        Ok(plan)
    }

    fn finish_with(&mut self, ask: &Ask, why: Why) {
        self.finish.push(Finish {
            ask: ask.id,
            groups: ask.content.groups.clone(),
            why,
        });
    }

    /// What of one approved ask is due: its postings, or its end.
    fn add_ask(&mut self, app: &App, (ask, prompts): (&Ask, &[Prompt]), standing: &Standing, now: Timestamp) {
        let Some(slot) = ask.content.slot else {
            if ask.content.closes_at.is_some_and(|closes| closes <= now) {
                self.finish_with(ask, Why::NotPosted);
            }
            return;
        };
        let (mut is_to_come, mut was_late) = (false, false);
        for room in standing.rooms.iter().filter(|room| standing.covers(room)) {
            let zone = app.zone_of(room);
            if let Some(next) = slot.next(&zone, ask.content.closes_at, now) {
                is_to_come = true;
                self.note_next(next.starts_at);
            }
            let Some(occurrence) = slot.latest(&zone, ask.content.closes_at, now) else {
                continue;
            };
            let is_made = prompts
                .iter()
                .any(|p| p.room == room.id && p.occasion == occurrence.occasion);
            if is_made || occurrence.ends_at <= now {
                continue;
            }
            if ask
                .approved_at
                .is_none_or(|approved| approved > occurrence.starts_at)
            {
                was_late = true;
                continue;
            }
            is_to_come = true;
            self.post.push(Posting {
                ask: ask.id,
                room: room.id,
                address: room.address.clone(),
                occurrence,
            });
        }
        let is_open = prompts
            .iter()
            .any(|p| matches!(p.state, PromptState::Due | PromptState::Posted));
        let closes_later = ask.content.closes_at.is_some_and(|closes| closes > now);
        if is_to_come || is_open {
            return;
        }
        let was_posted = prompts.iter().any(|prompt| prompt.state == PromptState::Closed);
        let missed = prompts
            .iter()
            .filter(|p| matches!(p.state, PromptState::Lost | PromptState::Expired))
            .count();
        match (was_posted, was_late) {
            (true, _) => self.finish_with(ask, Why::Ended { missed }),
            (false, true) => self.finish_with(ask, Why::ApprovedLate),
            // Without rooms yet, it waits for some until it ends.
            (false, false) if closes_later && prompts.is_empty() => {}
            (false, false) => self.finish_with(ask, Why::NotPosted),
        }
    }

    /// The prompts whose time is over. What stands on a platform that is not yet read again stays open until it is.
    async fn add_ends(&mut self, app: &App, session: &mut Session, now: Timestamp) -> store::Result<()> {
        for prompt in session.list_prompts(PromptState::Posted).await? {
            if prompt.ends_at > now {
                self.note_next(prompt.ends_at);
                continue;
            }
            let room = session.load_room(prompt.room).await?;
            let is_read =
                app.platform(&room.address.platform).is_none() || !app.has_gap(&room.address.platform);
            if is_read {
                self.end
                    .push((prompt.id, PromptState::Closed, prompt.ask, prompt.occasion));
            }
        }
        Ok(())
    }

    /// Does it.
    pub(super) async fn carry_out(
        &self,
        app: &App,
        writer: &mut Writer,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        for posting in &self.post {
            post(app, writer, posting, now).await?;
        }
        for (prompt, state, ask, occasion) in &self.end {
            writer.set_prompt_state(*prompt, *state).await?;
            writer.drop_forgotten_signals(*prompt).await?;
            writer
                .enqueue_refresh(&app.chance.key(), *ask, *occasion, now)
                .await?;
        }
        for finish in &self.finish {
            finish.carry_out(app, writer, now).await?;
        }
        Ok(())
    }
}

async fn post(app: &App, writer: &mut Writer, posting: &Posting, now: Timestamp) -> store::Result<()> {
    let Occurrence {
        occasion, ends_at, ..
    } = posting.occurrence;
    let Some(prompt) = writer
        .add_prompt(posting.ask, occasion, posting.room, ends_at)
        .await?
    else {
        return Ok(());
    };
    let delivery = NewDelivery {
        key: app.chance.key(),
        kind: DeliveryKind::Prompt,
        to: Destination::Room(posting.address.clone()),
        subject: Some(prompt.0),
        card: None,
        deadline: Some(ends_at),
    };
    writer.enqueue(&delivery, now).await?;
    writer.set_ask_state(posting.ask, AskState::Open).await
}

impl Finish {
    async fn carry_out(&self, app: &App, writer: &mut Writer, now: Timestamp) -> store::Result<()> {
        let was_posted = matches!(self.why, Why::Ended { .. });
        writer
            .set_ask_state(
                self.ask,
                if was_posted {
                    AskState::Closed
                } else {
                    AskState::Expired
                },
            )
            .await?;
        let number = self.ask.to_string();
        let why = self.why;
        if why == (Why::Ended { missed: 0 }) {
            return Ok(());
        }
        tell_coordinators(
            app,
            writer,
            &self.groups,
            (now, |voice: &crate::i18n::Voice| {
                Card::paragraph(match why {
                    Why::Ended { missed } => {
                        let missed = i64::try_from(missed).unwrap_or(i64::MAX);
                        voice.notice_ask_missed_rooms(missed, &number, voice.number(missed))
                    }
                    Why::NotApproved => voice.notice_ask_not_approved(&number),
                    Why::ApprovedLate => voice.notice_ask_approved_late(&number),
                    Why::NotPosted => voice.notice_ask_not_posted(&number),
                })
            }),
        )
        .await
    }
}
