//! In which weeks a person was active in a room.
//!
//! It answers « how many people, this week, the weeks before, for the first time » from one row a person and room instead of
//! a scan of all that they did.

use super::day::Week;

/// How many weeks are remembered, the last active one included: what a 64-bit integer holds beside its sign.
pub const REMEMBERED_WEEKS: i64 = 62;

/// The weeks in which somebody was active somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// The first week ever.
    pub first: Week,
    /// The last week.
    pub last: Week,
    /// Bit k: active in the week `last - k`.
    pub weeks: i64,
}

impl Presence {
    /// Active in one week.
    pub const fn only(week: Week) -> Self {
        Self {
            first: week,
            last: week,
            weeks: 1,
        }
    }

    /// Whether active in a week. What lies further back than is remembered, save the first week, is taken for no.
    pub const fn includes(&self, week: Week) -> bool {
        let back = self.last.0 - week.0;
        (back >= 0 && back < REMEMBERED_WEEKS && self.weeks >> back & 1 == 1) || week.0 == self.first.0
    }

    /// With a week more.
    #[must_use]
    pub fn with(self, week: Week) -> Self {
        let first = self.first.min(week);
        let mask = (1 << REMEMBERED_WEEKS) - 1;
        let ahead = week.0 - self.last.0;
        if ahead > 0 {
            let shifted = if ahead < REMEMBERED_WEEKS {
                self.weeks << ahead & mask
            } else {
                0
            };
            return Self {
                first,
                last: week,
                weeks: shifted | 1,
            };
        }
        let bit = if -ahead < REMEMBERED_WEEKS { 1 << -ahead } else { 0 };
        Self {
            first,
            last: self.last,
            weeks: self.weeks | bit,
        }
    }

    /// With a week less; none where no week is left.
    #[must_use]
    pub fn without(self, week: Week) -> Option<Self> {
        let back = self.last.0 - week.0;
        let bit = if (0..REMEMBERED_WEEKS).contains(&back) {
            1 << back
        } else {
            0
        };
        let weeks = self.weeks & !bit;
        if weeks == 0 {
            let is_older_first = self.first < week;
            return is_older_first.then(|| Self::only(self.first));
        }
        let gone = i64::from(weeks.trailing_zeros());
        let (last, weeks) = (Week(self.last.0 - gone), weeks >> gone);
        let first = if self.first == week {
            Week(last.0 - (63 - i64::from(weeks.leading_zeros())))
        } else {
            self.first
        };
        Some(Self { first, last, weeks })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Within what is remembered, it is a set of weeks.
        #[test]
        fn it_is_a_set(changes in proptest::collection::vec((any::<bool>(), 0i64..REMEMBERED_WEEKS), 1..60)) {
            let mut set = BTreeSet::new();
            let mut presence: Option<Presence> = None;
            for (add, week) in changes {
                if add {
                    set.insert(week);
                    presence = Some(presence.map_or(Presence::only(Week(week)), |p| p.with(Week(week))));
                } else {
                    set.remove(&week);
                    presence = presence.and_then(|p| p.without(Week(week)));
                }
                prop_assert_eq!(presence.map(|p| p.first.0), set.first().copied());
                prop_assert_eq!(presence.map(|p| p.last.0), set.last().copied());
                for week in 0..REMEMBERED_WEEKS {
                    prop_assert_eq!(presence.is_some_and(|p| p.includes(Week(week))), set.contains(&week));
                }
            }
        }
    }

    #[test]
    fn the_first_week_is_never_forgotten() {
        let presence = Presence::only(Week(1)).with(Week(500)).with(Week(501));
        assert_eq!((presence.first, presence.last), (Week(1), Week(501)));
        assert!(presence.includes(Week(1)) && presence.includes(Week(500)) && !presence.includes(Week(499)));
        assert_eq!(
            presence.without(Week(501)).and_then(|p| p.without(Week(500))),
            Some(Presence::only(Week(1)))
        );
    }
}
