//! Ids as Discord makes them: the time, then the order within it. They travel as strings.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The first second of 2015, in milliseconds: where Discord's time begins.
const EPOCH: i64 = 1_420_070_400_000;
/// How many bits below the time tell ids of one millisecond apart.
const ORDER_BITS: u32 = 22;

/// The id of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// The first that could be made at this time.
    pub fn first_at(now: Timestamp) -> Self {
        let since =
            u64::try_from(now.as_millisecond() - EPOCH).expect("Discord is older than any clock of a test");
        Self(since << ORDER_BITS)
    }

    /// The id in a field, written as a string or, as some clients do, as a number.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => text.parse().ok(),
            number => number.as_u64().map(Self),
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Makes ids, each greater than all before.
#[derive(Debug)]
pub struct Snowflakes {
    last: Id,
}

impl Snowflakes {
    pub fn new() -> Self {
        Self { last: Id(0) }
    }

    pub fn next(&mut self, now: Timestamp) -> Id {
        self.last = Id::first_at(now).max(Id(self.last.0 + 1));
        self.last
    }
}

/// An instant as Discord writes it.
pub fn written(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()
}
