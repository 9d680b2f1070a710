//! How fast a platform lets us write: learned when it refuses, remembered, and forgotten once it refuses no more.
//!
//! A platform that asks for patience is not asked again before; then what is due first goes first, one message at a time. Where
//! what waits will take long, the admins are told once how to have that changed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::App,
    chat::{Block, Card, Platform},
    notice::tell_admins,
    store::{self, Writer},
};

/// From how long a wait on the admins are told.
const LONG: SignedDuration = SignedDuration::from_mins(5);
/// After how many messages in a row, faster than the limit that is remembered allows, it is forgotten.
const FREE_AFTER: i32 = 20;

/// How fast a platform lets us write, in this process.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Until when the platform asked us to write nothing.
    held_until: Option<Timestamp>,
    /// What one message takes, as long as the platform refuses some.
    each: Option<SignedDuration>,
    /// How many were taken since it last refused one, and since when.
    taken: Option<(Timestamp, i32)>,
}

/// What the last deliveries say of the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Learned {
    /// Nothing new.
    Nothing,
    /// One message takes this long.
    Limit(SignedDuration),
    /// There is none any more.
    Free,
}

impl Pace {
    /// What is remembered of a platform: the limit that it had for the last process is one until it proves to be none.
    pub async fn remembered(app: &App, platform: &str) -> store::Result<Self> {
        let limit = app.store.read().await?.find_limit(platform).await?;
        Ok(Self::within(limit.map(|limit| limit.each)))
    }

    fn within(each: Option<SignedDuration>) -> Self {
        Self {
            each,
            ..Self::default()
        }
    }

    /// How many more messages may go out, of `most` at the same time.
    pub fn free(&self, now: Timestamp, most: usize, in_hand: usize) -> usize {
        let is_held = self.held_until.is_some_and(|until| until > now);
        let most = match self.each {
            _ if is_held => 0,
            Some(_) => 1,
            None => most,
        };
        most.saturating_sub(in_hand)
    }

    /// How long to wait before more may go out.
    pub fn hold(&self, now: Timestamp) -> Option<Duration> {
        let until = self.held_until.filter(|until| *until > now)?;
        Duration::try_from(until.duration_since(now)).ok()
    }

    /// The platform refused a message for now.
    pub fn refused(&mut self, now: Timestamp, wait: SignedDuration) -> Learned {
        let until = now.saturating_add(wait).unwrap_or(Timestamp::MAX);
        self.held_until = Some(self.held_until.map_or(until, |held| held.max(until)));
        self.taken = None;
        let each = self.each.map_or(wait, |each| each.max(wait));
        self.each = Some(each);
        Learned::Limit(each)
    }

    /// The platform took a message.
    pub fn took(&mut self, now: Timestamp) -> Learned {
        let Some(each) = self.each else {
            return Learned::Nothing;
        };
        let (since, count) = self.taken.map_or((now, 0), |(since, count)| (since, count + 1));
        self.taken = Some((since, count));
        if count < FREE_AFTER || now.duration_since(since) > each * (count / 2) {
            return Learned::Nothing;
        }
        *self = Self::default();
        Learned::Free
    }
}

/// Writes down what was learned of a platform's limit. Whether what waits takes long is for whoever looks at it, and for the admins.
pub(super) async fn learn(
    app: &App,
    writer: &mut Writer,
    (platform, learned): (&dyn Platform, Learned),
    now: Timestamp,
) -> store::Result<()> {
    let name = platform.name();
    match learned {
        Learned::Nothing => return Ok(()),
        Learned::Free => return writer.lift_limit(name).await,
        Learned::Limit(each) => writer.set_limit(name, each).await?,
    }
    let waiting = writer.count_waiting(name, now).await?;
    let Some(limit) = writer.find_limit(name).await? else {
        return Ok(());
    };
    let lasts = limit.each * i32::try_from(waiting).unwrap_or(i32::MAX);
    if limit.told_at.is_some() || lasts < LONG {
        return Ok(());
    }
    writer.note_limit_told(name, now).await?;
    tell_admins(app, writer, name, now, |voice| {
        let (each, minutes) = (seconds(limit.each), minutes(lasts));
        let mut card = Card::paragraph(voice.notice_limit(
            voice.number(each),
            waiting,
            voice.number(waiting),
            minutes,
            voice.number(minutes),
        ));
        card.blocks.push(Block::Paragraph {
            text: voice.notice_limit_lift(name),
        });
        card
    })
    .await
}

/// A duration in whole seconds, at least one.
pub(crate) fn seconds(duration: SignedDuration) -> i64 {
    (duration.as_millis().saturating_add(999) / 1000)
        .try_into()
        .unwrap_or(i64::MAX)
        .max(1)
}

/// A duration in whole minutes, at least one.
pub(crate) fn minutes(duration: SignedDuration) -> i64 {
    ((seconds(duration) + 59) / 60).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: SignedDuration = SignedDuration::from_secs(5);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn whoever_refuses_is_left_alone_and_then_asked_one_by_one() {
        let mut pace = Pace::default();
        assert_eq!(pace.free(at(0), 8, 3), 5);
        assert_eq!(pace.took(at(0)), Learned::Nothing);
        assert_eq!(pace.refused(at(10), FIVE), Learned::Limit(FIVE));
        // The others that were on their way are refused too, and wait no longer than asked.
        assert_eq!(pace.refused(at(10), FIVE / 2), Learned::Limit(FIVE));
        assert_eq!(
            (pace.free(at(14), 8, 0), pace.hold(at(14))),
            (0, Some(Duration::from_secs(1)))
        );
        assert_eq!((pace.free(at(15), 8, 0), pace.hold(at(15))), (1, None));
        assert_eq!(pace.free(at(15), 8, 1), 0);
    }

    #[test]
    fn a_limit_that_was_lifted_while_nobody_wrote_is_forgotten_too() {
        let mut pace = Pace::within(Some(FIVE));
        assert_eq!(pace.free(at(0), 8, 0), 1);
        let faster: Vec<Learned> = (0..40).map(|message| pace.took(at(message))).collect();
        assert!(faster.contains(&Learned::Free));
    }

    #[test]
    fn a_limit_that_is_no_more_is_forgotten_and_one_that_is_kept_to_is_not() {
        let mut pace = Pace::default();
        let _ = pace.refused(at(0), FIVE);
        // As fast as the limit allows.
        for message in 1..100 {
            assert_eq!(pace.took(at(message * 5)), Learned::Nothing);
        }
        let _ = pace.refused(at(500), FIVE);
        let faster: Vec<Learned> = (0..40).map(|message| pace.took(at(505 + message))).collect();
        assert!(faster.contains(&Learned::Free));
        assert_eq!(pace.free(at(600), 8, 0), 8);
    }
}
