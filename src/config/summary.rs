//! `[summary]`: when the weekly summary comes.

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

use super::form;

/// When the weekly summary of the week before reaches the leadership rooms, by each room's own clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Summary {
    /// The day of the week.
    #[serde(with = "form")]
    pub day: Weekday,
    /// The time of day.
    #[serde(with = "form")]
    pub time: Time,
}

impl Default for Summary {
    fn default() -> Self {
        Self {
            day: Weekday::Monday,
            time: Time::constant(9, 0, 0, 0),
        }
    }
}
