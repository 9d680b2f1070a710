//! Asks by the clock: posted in each room when its clock shows the time, closed when they end, and never posted late.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::App,
    chat::{Block, Card},
    domain::{
        ask::{Ask, AskState},
        day::Day,
        id::{AskId, GroupId, PromptId, RoomId},
        room::RoomAddress,
        seal,
        slot::{Occurrence, Slot},
    },
    i18n::Voice,
    notice::{room_names, tell_coordinators},
    release::Standing,
    store::{
        self, DeliveryKind, DeliveryState, Destination, NewDelivery, Prompt, PromptState, Session, Writer,
    },
};

/// How long after its slot an ask is still posted in time. A restored database is older than that.
const IN_TIME: SignedDuration = SignedDuration::from_mins(1);

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
    approved_at: Option<Timestamp>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    /// It stood in its rooms and ended, but never in these.
    Ended(Missed),
    /// It ended, or its slot passed, before it was approved.
    NotApproved,
    /// It was approved after its slot.
    ApprovedLate,
    /// It ended before it could be posted anywhere.
    NotPosted,
}

/// The rooms that never got an ask which others did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Missed {
    /// It could not be posted there in time.
    unreached: BTreeSet<RoomId>,
    /// Their clock had shown its time before it was approved, or given that time.
    late: BTreeSet<RoomId>,
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
            match end_of(app, session, &ask, now).await? {
                Some(ends) if ends <= now => plan.finish_with(&ask, Why::NotApproved),
                Some(ends) => plan.note_next(ends),
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
        let mut is_to_come = false;
        let mut missed = Missed::default();
        for room in standing.rooms.iter().filter(|room| standing.covers(room)) {
            let zone = app.zone_of(room);
            if let Some(next) = slot.next(&zone, ask.content.closes_at, now) {
                is_to_come = true;
                self.note_next(next.starts_at);
            }
            let Some(occurrence) = slot.latest(&zone, ask.content.closes_at, now) else {
                continue;
            };
            let is_made = prompts.iter().any(|p| {
                p.room == room.id && p.occasion == occurrence.occasion && p.state != PromptState::Expired
            });
            if is_made {
                continue;
            }
            if ask.ready_at().is_none_or(|ready| ready > occurrence.starts_at) {
                missed.late.insert(room.id);
                continue;
            }
            if occurrence.ends_at <= now {
                missed.unreached.insert(room.id);
                continue;
            }
            is_to_come = true;
            self.post.push(Posting {
                ask: ask.id,
                approved_at: ask.approved_at,
                room: room.id,
                address: room.address.clone(),
                occurrence,
            });
        }
        let is_open = prompts
            .iter()
            .any(|p| matches!(p.state, PromptState::Due | PromptState::Posted));
        if !is_to_come && !is_open {
            self.add_finish((ask, prompts), missed, now);
        }
    }

    /// The end of an ask of which nothing is open or to come.
    fn add_finish(&mut self, (ask, prompts): (&Ask, &[Prompt]), mut missed: Missed, now: Timestamp) {
        let in_state = |states: &[PromptState]| -> BTreeSet<RoomId> {
            let found = prompts.iter().filter(|prompt| states.contains(&prompt.state));
            found.map(|prompt| prompt.room).collect()
        };
        let reached = in_state(&[PromptState::Closed]);
        missed
            .unreached
            .extend(in_state(&[PromptState::Lost, PromptState::Expired]));
        // Whatever became of one occasion, a room that had another one has seen the ask.
        missed.unreached.retain(|room| !reached.contains(room));
        missed.late.retain(|room| !reached.contains(room));
        let closes_later = ask.content.closes_at.is_some_and(|closes| closes > now);
        match (!reached.is_empty(), !missed.late.is_empty()) {
            (true, _) => self.finish_with(ask, Why::Ended(missed)),
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

/// When an ask that is not approved can no longer be posted: when it closes, or else with the day of its slot in the last of
/// its rooms. None where it may come any weekday, or has no slot yet.
async fn end_of(
    app: &App,
    session: &mut Session,
    ask: &Ask,
    now: Timestamp,
) -> store::Result<Option<Timestamp>> {
    let slot = match (ask.content.closes_at, ask.content.slot) {
        (Some(closes), _) => return Ok(Some(closes)),
        (None, Some(slot @ (Slot::Once(_) | Slot::Now(_)))) => slot,
        (None, Some(Slot::Weekdays { .. }) | None) => return Ok(None),
    };
    let rooms = Standing::load(session, ask).await?.rooms;
    let zones = rooms.iter().map(|room| app.zone_of(room));
    let ends = zones.chain([app.settings.time_zone.clone()]).filter_map(|zone| {
        let occurrence = slot
            .latest(&zone, None, now)
            .or_else(|| slot.next(&zone, None, now));
        occurrence.map(|occurrence| occurrence.ends_at)
    });
    Ok(ends.max())
}

async fn post(app: &App, writer: &mut Writer, posting: &Posting, now: Timestamp) -> store::Result<()> {
    let Occurrence {
        occasion,
        starts_at,
        ends_at,
    } = posting.occurrence;
    let Some(prompt) = writer
        .add_prompt(posting.ask, occasion, posting.room, ends_at)
        .await?
    else {
        return Ok(());
    };
    let approval = (posting.ask, posting.approved_at);
    let sealed = seal::of_prompt(
        &writer.load_seal_key().await?,
        approval,
        occasion,
        &posting.address,
    );
    // One that came too late before is made anew, and is another message.
    let is_new = !writer.has_delivery(&sealed).await?;
    let delivery = NewDelivery {
        key: if is_new { sealed } else { app.chance.key() },
        kind: DeliveryKind::Prompt,
        to: Destination::Room(posting.address.clone()),
        subject: Some(prompt.0),
        card: None,
        deadline: Some(ends_at),
    };
    let queued = writer.enqueue(&delivery, now).await?;
    if now.duration_since(starts_at) > IN_TIME {
        // It may have been posted by a bot whose database this was a backup of: it is looked for first.
        writer.set_to_retry(queued, DeliveryState::Unsure, now).await?;
    }
    writer.set_ask_state(posting.ask, AskState::Open).await
}

impl Finish {
    async fn carry_out(&self, app: &App, writer: &mut Writer, now: Timestamp) -> store::Result<()> {
        let state = match self.why {
            Why::Ended(_) => AskState::Closed,
            _ => AskState::Expired,
        };
        // Another process may have come first, and has told it then.
        if !writer.end_ask(self.ask, state).await? {
            return Ok(());
        }
        let (mut unreached, mut late) = (Vec::new(), Vec::new());
        if let Why::Ended(missed) = &self.why {
            unreached = names(writer, &missed.unreached).await?;
            late = names(writer, &missed.late).await?;
            if unreached.is_empty() && late.is_empty() {
                return Ok(());
            }
        }
        let words = |voice: &Voice| Card {
            blocks: self
                .words(voice, (&unreached, &late))
                .into_iter()
                .map(|text| Block::Paragraph { text })
                .collect(),
            ..Card::default()
        };
        tell_coordinators(app, writer, &self.groups, (now, words)).await
    }

    /// What coordinators are told, a paragraph each.
    fn words(&self, voice: &Voice, (unreached, late): (&[String], &[String])) -> Vec<String> {
        let number = self.ask.to_string();
        let count = |rooms: &[String]| i64::try_from(rooms.len()).unwrap_or(i64::MAX);
        let of = |rooms: &[String], words: &dyn Fn(i64, String) -> String| {
            (!rooms.is_empty()).then(|| words(count(rooms), room_names(voice, rooms)))
        };
        match self.why {
            Why::Ended(_) => [
                of(unreached, &|count, rooms| {
                    voice.notice_ask_over_unreached(count, &number, rooms)
                }),
                of(late, &|count, rooms| {
                    voice.notice_ask_over_late(count, &number, rooms)
                }),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Why::NotApproved => vec![voice.notice_ask_not_approved(&number)],
            Why::ApprovedLate => vec![voice.notice_ask_approved_late(&number)],
            Why::NotPosted => vec![voice.notice_ask_not_posted(&number)],
        }
    }
}

async fn names(writer: &mut Writer, rooms: &BTreeSet<RoomId>) -> store::Result<Vec<String>> {
    let mut names = Vec::with_capacity(rooms.len());
    for room in rooms {
        names.push(writer.load_room(*room).await?.name);
    }
    Ok(names)
}
