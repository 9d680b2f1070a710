//! Reading columns as what they stand for.

use std::str::FromStr;

use jiff::Timestamp;
use sqlx::{Row, any::AnyRow, error::BoxDynError};

use crate::domain::{code::UnknownCode, day::Day};

/// The columns of a row, as what they stand for.
pub(super) trait Columns {
    /// A 64-bit integer.
    fn integer(&self, name: &str) -> sqlx::Result<i64>;
    /// A 64-bit integer that may be null.
    fn optional_integer(&self, name: &str) -> sqlx::Result<Option<i64>>;
    /// A text.
    fn text(&self, name: &str) -> sqlx::Result<String>;
    /// A text that may be null.
    fn optional_text(&self, name: &str) -> sqlx::Result<Option<String>>;

    /// One of the codes of an enum.
    fn code<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
        &self,
        name: &str,
    ) -> sqlx::Result<T> {
        self.text(name)?.parse().map_err(|error| unreadable(name, error))
    }

    /// One of the codes of an enum, or null.
    fn optional_code<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
        &self,
        name: &str,
    ) -> sqlx::Result<Option<T>> {
        let text = self.optional_text(name)?;
        text.map(|text| text.parse().map_err(|error| unreadable(name, error)))
            .transpose()
    }

    /// An instant.
    fn instant(&self, name: &str) -> sqlx::Result<Timestamp> {
        instant(name, self.integer(name)?)
    }

    /// An instant that may be null.
    fn optional_instant(&self, name: &str) -> sqlx::Result<Option<Timestamp>> {
        let millis = self.optional_integer(name)?;
        millis.map(|millis| instant(name, millis)).transpose()
    }

    /// A civil day.
    fn day(&self, name: &str) -> sqlx::Result<Day> {
        day(name, self.integer(name)?)
    }

    /// A value kept as JSON.
    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> sqlx::Result<T> {
        serde_json::from_str(&self.text(name)?).map_err(|error| unreadable(name, error))
    }
}

impl Columns for AnyRow {
    fn integer(&self, name: &str) -> sqlx::Result<i64> {
        self.try_get(name)
    }

    fn optional_integer(&self, name: &str) -> sqlx::Result<Option<i64>> {
        self.try_get(name)
    }

    fn text(&self, name: &str) -> sqlx::Result<String> {
        self.try_get(name)
    }

    fn optional_text(&self, name: &str) -> sqlx::Result<Option<String>> {
        self.try_get(name)
    }
}

/// The instant that a column holds.
pub(super) fn instant(name: &str, millis: i64) -> sqlx::Result<Timestamp> {
    Timestamp::from_millisecond(millis).map_err(|error| unreadable(name, error))
}

/// The civil day that a column holds.
pub(super) fn day(name: &str, number: i64) -> sqlx::Result<Day> {
    Day::from_number(number).ok_or_else(|| unreadable(name, UnknownCode { what: "day" }))
}

/// A column that does not hold what it should.
pub(super) fn unreadable(name: &str, source: impl Into<BoxDynError>) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: name.to_owned(),
        source: source.into(),
    }
}
