//! From the outbox to the platforms: each delivery exactly once.
//!
//! A delivery is first marked as being sent, then sent, then marked as sent, each in a transaction of its own. What a process
//! that died left « being sent » is looked for on the platform before it is sent again. Nothing waits on a platform while
//! holding the database.

mod compose;
mod deed;
mod pace;
mod refresh;

use std::{collections::HashSet, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    chat::{Card, Message, Platform, SendError},
    domain::{day::Week, id::PromptId, language::Language, room::RoomAddress},
    rooms,
    store::{self, DeliveryKind, DeliveryState, Destination, PromptState, QueuedDelivery, Writer},
    summary,
};
use compose::Composed;
use pace::{Learned, Pace};

pub(crate) use pace::{minutes, seconds};
pub(crate) use refresh::run as keep_fresh;

/// How often the outbox is looked at when nobody says that it changed: another process may have changed it.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How many times as many deliveries are looked at as may go, to find some for places where nothing is on its way.
const LOOK_AT: usize = 8;
/// The longest wait between two tries.
const RETRY_MAX: SignedDuration = SignedDuration::from_mins(10);
/// How often something that has no end is tried in a room where the bot cannot work, until that is known and it waits, or is given up.
const ABSENT_TRIES: i64 = 8;

/// What became of a try to deliver.
enum Outcome {
    /// As this message, in this room where it went to one.
    Sent(Message, Option<RoomAddress>),
    /// No message, and done.
    Done,
    GivenUp(DeliveryState),
    Retry(DeliveryState, Timestamp),
    /// The platform takes nothing more for so long.
    Limited(SignedDuration),
}

/// Delivers what waits for a platform, until told to stop; what is being sent then is finished first. Nothing waits for what takes
/// long but the place that it takes.
pub(crate) async fn run(app: Arc<App>, platform: Arc<dyn Platform>, stop: CancellationToken) {
    let mut changes = app.store.changes();
    let mut pace = Pace::remembered(&app, platform.name())
        .await
        .unwrap_or_else(|error| {
            complain(platform.name(), &error.into());
            Pace::default()
        });
    // Tasks of their own: one may have the database while this waits for it.
    let mut in_hand = JoinSet::new();
    // Where something is on its way: what is said in one place is said in order, a picture with its words.
    let mut busy = HashSet::new();
    // What is done and not yet written down.
    let mut done_with: Vec<(QueuedDelivery, Outcome)> = Vec::new();
    loop {
        if !done_with.is_empty() {
            match settle_all(&app, platform.as_ref(), &mut pace, &done_with).await {
                Ok(()) => done_with.drain(..).for_each(|(queued, _)| {
                    busy.remove(&queued.delivery.to);
                }),
                // Until it is, nothing more is begun: it would be known of none of it whether it was sent.
                Err(error) => {
                    complain(platform.name(), &error.into());
                    if stop.is_cancelled() {
                        return;
                    }
                    tokio::time::sleep(LOOK_EVERY).await;
                    continue;
                }
            }
        }
        changes.mark_unchanged();
        let at_once = platform.capabilities().concurrent_sends;
        let free = pace.free(app.clock.now(), at_once, in_hand.len());
        if free > 0 && !stop.is_cancelled() {
            match claim(&app, platform.as_ref(), (free, &busy)).await {
                Ok(claimed) => {
                    for claimed in claimed {
                        let (app, platform) = (Arc::clone(&app), Arc::clone(&platform));
                        busy.insert(claimed.0.delivery.to.clone());
                        in_hand.spawn(async move {
                            let outcome = attempt(&app, platform.as_ref(), &claimed).await;
                            (claimed.0, outcome)
                        });
                    }
                }
                Err(error) => complain(platform.name(), &error),
            }
        }
        if stop.is_cancelled() && in_hand.is_empty() {
            return;
        }
        let nap = pace
            .hold(app.clock.now())
            .map_or(LOOK_EVERY, |hold| hold.min(LOOK_EVERY));
        tokio::select! {
            Some(done) = in_hand.join_next() => {
                let others = std::iter::from_fn(|| in_hand.try_join_next());
                done_with.extend([done].into_iter().chain(others).map(finished));
            }
            () = stop.cancelled(), if !stop.is_cancelled() => {}
            _ = changes.changed(), if !stop.is_cancelled() && free > 0 => {}
            () = tokio::time::sleep(nap) => {}
        }
    }
}

/// What a task brought; where it broke off, so does this.
fn finished<T>(done: Result<T, JoinError>) -> T {
    done.unwrap_or_else(|broken| std::panic::resume_unwind(broken.into_panic()))
}

fn complain(platform: &str, error: &anyhow::Error) {
    let error = &**error as &dyn std::error::Error;
    tracing::error!(
        platform,
        error,
        "the outbox could not be worked on; it is tried again"
    );
}

/// Says that whatever the last process was sending when it ended may have been sent. To be called once, before [`run`].
pub(crate) async fn recover(app: &App) -> store::Result<u64> {
    let mut writer = app.store.write().await?;
    let unsure = writer.mark_unsure().await?;
    writer.commit().await?;
    Ok(unsure)
}

/// Writes down what became of deliveries, and what that says of how fast the platform takes them.
async fn settle_all(
    app: &App,
    platform: &dyn Platform,
    pace: &mut Pace,
    done: &[(QueuedDelivery, Outcome)],
) -> store::Result<()> {
    let now = app.clock.now();
    let mut writer = app.store.write().await?;
    let mut learned = Learned::Nothing;
    let was_found = |(queued, outcome): &(QueuedDelivery, Outcome)| {
        let is_prompt = queued.delivery.kind == DeliveryKind::Prompt;
        is_prompt && queued.is_unsure && matches!(outcome, Outcome::Sent(..))
    };
    let has_found = done.iter().any(was_found);
    for (queued, outcome) in done {
        let news = match outcome {
            Outcome::Sent(..) => pace.took(now),
            Outcome::Limited(wait) => pace.refused(now, *wait),
            Outcome::Done | Outcome::GivenUp(_) | Outcome::Retry(..) => Learned::Nothing,
        };
        if news != Learned::Nothing {
            learned = news;
        }
        settle(app, &mut writer, queued, (outcome, now)).await?;
    }
    pace::learn(app, &mut writer, (platform, learned), now).await?;
    writer.commit().await?;
    app.note_posted();
    if has_found {
        app.note_found();
    }
    Ok(())
}

/// Takes what goes next where nothing is on its way, and marks it as being sent. What no longer should go is settled at once.
async fn claim(
    app: &App,
    platform: &dyn Platform,
    (most, busy): (usize, &HashSet<Destination>),
) -> anyhow::Result<Vec<(QueuedDelivery, Composed)>> {
    let mut reader = app.store.read().await?;
    if reader.find_halt().await?.is_some()
        || reader
            .list_waiting(platform.name(), app.clock.now(), 1)
            .await?
            .is_empty()
    {
        return Ok(Vec::new());
    }
    drop(reader);
    let mut writer = app.store.write().await?;
    // What time it is counts from here: waiting for the database may have taken until after a deadline.
    let now = app.clock.now();
    // Asked again now that nobody else writes: a halt that was said before is never overtaken.
    if writer.find_halt().await?.is_some() {
        return Ok(Vec::new());
    }
    let mut claimed = Vec::new();
    for queued in writer.list_waiting(platform.name(), now, LOOK_AT * most).await? {
        if claimed.len() == most {
            break;
        }
        let to = &queued.delivery.to;
        if busy.contains(to)
            || claimed
                .iter()
                .any(|(other, _): &(QueuedDelivery, _)| other.delivery.to == *to)
        {
            continue;
        }
        let is_late = queued.delivery.deadline.is_some_and(|deadline| deadline <= now);
        let composed = if is_late {
            Err(DeliveryState::Expired)
        } else {
            compose::compose(app, &mut writer, &queued).await?
        };
        match composed {
            Ok(composed) => {
                writer.set_sending(queued.id).await?;
                claimed.push((queued, composed));
            }
            // What may have arrived must be looked for all the same, so that it is not left standing unknown.
            Err(_) if queued.is_unsure && queued.delivery.kind.is_message() => {
                writer.set_sending(queued.id).await?;
                claimed.push((queued, Composed::TooLate));
            }
            Err(state) => settle(app, &mut writer, &queued, (&Outcome::GivenUp(state), now)).await?,
        }
    }
    writer.commit().await?;
    Ok(claimed)
}

/// Tries to deliver one thing, looking for it first where it may have arrived already.
async fn attempt(
    app: &App,
    platform: &dyn Platform,
    (queued, composed): &(QueuedDelivery, Composed),
) -> Outcome {
    if let (Composed::Deed(deed), Destination::Room(room)) = (composed, &queued.delivery.to) {
        return match deed.carry_out(platform, room).await {
            Ok(true) => Outcome::Done,
            Ok(false) => Outcome::Retry(DeliveryState::Pending, app.clock.now() + deed::NEXT_PART),
            Err(error) => after(app.clock.now(), queued, &error),
        };
    }
    let key = queued.delivery.key.as_str();
    let sent = async {
        if queued.is_unsure {
            let found = match &queued.delivery.to {
                Destination::Room(room) => {
                    let room = queued.sought_in.as_ref().unwrap_or(room);
                    let found = platform.find(room, key).await?;
                    found.map(|message| (message, Some(room.clone())))
                }
                Destination::Account { account, .. } => {
                    let found = platform.find_direct(account, key).await?;
                    found.map(|message| (message, None))
                }
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        let drawn;
        let card = match composed {
            Composed::Card(card) => card.as_ref(),
            Composed::Week(week, languages) => {
                let drawing = draw_week(app, *week, languages).await;
                drawn = drawing.map_err(|source| SendError::Retry { after: None, source })?;
                &drawn
            }
            Composed::Deed(_) | Composed::TooLate => return Ok(None),
        };
        tracing::debug!(delivery.id = queued.id.0, delivery.kind = %queued.delivery.kind, "sending");
        match &queued.delivery.to {
            Destination::Room(room) => {
                let message = platform.send(room, card, key).await?;
                Ok(Some((message, Some(room.clone()))))
            }
            Destination::Account { account, .. } => {
                let message = platform.send_direct(account, card, key).await?;
                Ok(Some((message, None)))
            }
        }
    };
    match sent.await {
        Ok(Some((message, room))) => Outcome::Sent(message, room),
        Ok(None) => Outcome::GivenUp(DeliveryState::Expired),
        Err(error) => {
            if let (SendError::Absent(_), Destination::Room(room)) = (&error, &queued.delivery.to) {
                rooms::look_at(app, room.clone());
            }
            after(app.clock.now(), queued, &error)
        }
    }
}

async fn draw_week(app: &App, week: Week, languages: &[Language]) -> anyhow::Result<Card> {
    let mut reader = app.store.read().await?;
    summary::compose(app, &mut reader, week, languages, app.clock.now()).await
}

/// What to do after a try that failed.
fn after(now: Timestamp, queued: &QueuedDelivery, error: &SendError) -> Outcome {
    let id = queued.id.0;
    let shown = error as &dyn std::error::Error;
    let is_for_a_room = matches!(queued.delivery.to, Destination::Room(_));
    let has_end = queued.delivery.deadline.is_some();
    match error {
        // Once it is known how the bot stands there, it waits until it is back.
        // What has an end is tried until then: a platform may tell of how the bot stands otherwise than it lets it work.
        SendError::Absent(_) if is_for_a_room && (has_end || queued.attempts < ABSENT_TRIES) => {
            tracing::info!(
                delivery.id = id,
                attempts = queued.attempts,
                error = shown,
                "a delivery waits for its room"
            );
            let state = if queued.is_unsure {
                DeliveryState::Unsure
            } else {
                DeliveryState::Pending
            };
            Outcome::Retry(state, now + backoff(queued.attempts))
        }
        SendError::Refused(_) | SendError::Absent(_) => {
            tracing::warn!(
                delivery.id = id,
                error = shown,
                "the platform will not have a delivery"
            );
            Outcome::GivenUp(DeliveryState::Refused)
        }
        SendError::Retry { after, .. } => {
            tracing::warn!(
                delivery.id = id,
                attempts = queued.attempts,
                error = shown,
                "a delivery is tried again later"
            );
            let wait = after.and_then(|after| SignedDuration::try_from(after).ok());
            // What may have arrived before this try still may have.
            let state = if queued.is_unsure {
                DeliveryState::Unsure
            } else {
                DeliveryState::Pending
            };
            Outcome::Retry(state, now + wait.unwrap_or_else(|| backoff(queued.attempts)))
        }
        SendError::Limited { after, .. } => {
            tracing::info!(
                delivery.id = id,
                wait.ms = after.as_millis(),
                "the platform takes no more for now"
            );
            Outcome::Limited(SignedDuration::try_from(*after).unwrap_or(RETRY_MAX))
        }
        SendError::Unsure(_) => {
            tracing::warn!(
                delivery.id = id,
                attempts = queued.attempts,
                error = shown,
                "a delivery is looked for, then tried again"
            );
            Outcome::Retry(DeliveryState::Unsure, now + backoff(queued.attempts))
        }
    }
}

/// One second, then twice as long each time, up to ten minutes.
fn backoff(attempts: i64) -> SignedDuration {
    let doublings = (attempts - 1).clamp(0, 16);
    SignedDuration::from_secs(1_i64 << doublings).min(RETRY_MAX)
}

/// Writes down what became of a delivery, and of the prompt that it brought.
async fn settle(
    app: &App,
    writer: &mut Writer,
    queued: &QueuedDelivery,
    (outcome, now): (&Outcome, Timestamp),
) -> store::Result<()> {
    let prompt = match queued.delivery.kind {
        DeliveryKind::Prompt => queued.delivery.subject.map(PromptId),
        _ => None,
    };
    match outcome {
        Outcome::Sent(message, room) => {
            writer.set_sent(queued.id, Some(&message.0), now).await?;
            let posted = match prompt {
                Some(prompt) => writer.set_posted(prompt, &message.0, now).await?,
                None => None,
            };
            // Its room may have moved while it was on its way.
            if let (Some(posted), Some(room)) = (&posted, room) {
                writer.set_stands_in(posted.id, room).await?;
            }
            if let Some(posted) = &posted {
                deed::follow(app, writer, posted, now).await?;
            }
            // It was composed as open, and its ask was closed while it was on its way.
            if let Some(over) = posted.filter(|posted| posted.state == PromptState::Closed) {
                let key = app.chance.key();
                writer.enqueue_refresh(&key, over.ask, over.occasion, now).await?;
            }
        }
        Outcome::Done => writer.set_sent(queued.id, None, now).await?,
        Outcome::GivenUp(state) => {
            writer.set_given_up(queued.id, *state, now).await?;
            if let (DeliveryKind::Withdrawal, DeliveryState::Refused, Some(prompt)) =
                (queued.delivery.kind, *state, queued.delivery.subject)
            {
                deed::tell_of_remains(app, writer, PromptId(prompt), now).await?;
            }
            if let Some(prompt) = prompt {
                let is_refused = *state == DeliveryState::Refused;
                let state = if is_refused {
                    PromptState::Lost
                } else {
                    PromptState::Expired
                };
                writer.set_prompt_state(prompt, state).await?;
            }
        }
        Outcome::Retry(state, not_before) => {
            writer.set_to_retry(queued.id, *state, *not_before).await?;
        }
        // What was to be looked for first still is.
        Outcome::Limited(_) => {
            let state = if queued.is_unsure {
                DeliveryState::Unsure
            } else {
                DeliveryState::Pending
            };
            writer.set_to_retry(queued.id, state, now).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_its_limit() {
        let waits: Vec<i64> = [1, 2, 3, 10, 100, i64::MAX]
            .map(|attempts| backoff(attempts).as_secs())
            .into();
        assert_eq!(waits, [1, 2, 4, 512, 600, 600]);
    }
}
