//! The written forms of the values that TOML has no type for. All are strings in the file and something better in Rust.
//!
//! `#[serde(with = "form")]` on a field reads and writes its type's [`Form`]; `form::optional` does so for an `Option`.

use std::{fmt, net::SocketAddr};

use jiff::{
    civil::{Time, Weekday},
    tz::{self, TimeZone},
};
use serde::{Deserializer, Serialize, Serializer, de};
use url::Url;

use crate::domain::text;

/// A type with one written form.
pub(super) trait Form: Sized {
    /// What is wanted, as an error says it: a noun and an example.
    const WANTED: &'static str;

    /// Reads the form, or says what this text is not.
    fn read(text: &str) -> Result<Self, String>;

    /// The form that [`read`](Form::read) reads back.
    fn write(&self) -> String;
}

/// An address below which there are others, or what this text is not.
pub(super) fn base_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{text:?} is not one: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!("{text:?} is not one"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("{text:?} has more than an address and a path"));
    }
    Ok(url)
}

pub(super) fn serialize<T: Form, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&value.write())
}

pub(super) fn deserialize<'de, T: Form, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Visitor<T>(std::marker::PhantomData<T>);

    impl<T: Form> de::Visitor<'_> for Visitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(T::WANTED)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            T::read(text).map_err(|refusal| E::custom(format_args!("{refusal}; wanted {}", T::WANTED)))
        }
    }

    deserializer.deserialize_str(Visitor(std::marker::PhantomData))
}

/// The same for values that may be absent.
pub(super) mod optional {
    use super::{Deserializer, Form, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
    pub(in crate::config) fn serialize<T: Form, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Form::write).serialize(serializer)
    }

    pub(in crate::config) fn deserialize<'de, T: Form, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        super::deserialize(deserializer).map(Some)
    }
}

/// A line that people read.
impl Form for String {
    const WANTED: &'static str = "a line of text, such as \"Comité logement\"";

    fn read(text: &str) -> Result<Self, String> {
        let line = text::clean_line(text);
        if line.is_empty() {
            return Err("an empty text says nothing".to_owned());
        }
        Ok(line)
    }

    fn write(&self) -> String {
        self.clone()
    }
}

impl Form for TimeZone {
    const WANTED: &'static str = "the name of a time zone, such as \"America/Montreal\" or \"Europe/Paris\"";

    fn read(text: &str) -> Result<Self, String> {
        TimeZone::get(text).map_err(|_| {
            let known: Vec<String> = tz::db().available().map(|name| name.to_string()).collect();
            match text::nearest(text, known.iter().map(String::as_str)) {
                Some(nearest) => format!("no time zone is named {text:?}: did you mean {nearest:?}?"),
                None => format!("no time zone is named {text:?}"),
            }
        })
    }

    fn write(&self) -> String {
        self.iana_name().unwrap_or("UTC").to_owned()
    }
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl Form for Weekday {
    const WANTED: &'static str = "a day of the week: \"monday\" to \"sunday\"";

    fn read(text: &str) -> Result<Self, String> {
        let named = |(name, _): &&(&str, Weekday)| name.eq_ignore_ascii_case(text);
        WEEKDAYS
            .iter()
            .find(named)
            .map(|(_, day)| *day)
            .ok_or_else(|| format!("{text:?} is no day of the week"))
    }

    fn write(&self) -> String {
        WEEKDAYS[usize::from(self.to_monday_zero_offset().unsigned_abs())]
            .0
            .to_owned()
    }
}

impl Form for Time {
    const WANTED: &'static str = "a time of day in hours and minutes, such as \"09:00\"";

    fn read(text: &str) -> Result<Self, String> {
        text.parse::<Time>()
            .ok()
            .filter(|time| time.second() == 0 && time.subsec_nanosecond() == 0)
            .ok_or_else(|| format!("{text:?} is no time of day"))
    }

    fn write(&self) -> String {
        format!("{:02}:{:02}", self.hour(), self.minute())
    }
}

impl Form for SocketAddr {
    const WANTED: &'static str = "an address and a port, such as \"127.0.0.1:8790\"";

    fn read(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| format!("{text:?} is no address with a port"))
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

/// The name of a server, such as `piaille.fr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostName(String);

impl HostName {
    /// The name alone: no scheme, no path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Form for HostName {
    const WANTED: &'static str = "the name of a server alone, such as \"piaille.fr\"";

    fn read(text: &str) -> Result<Self, String> {
        match url::Host::parse(text) {
            Ok(url::Host::Domain(name)) if name.contains('.') => Ok(Self(name)),
            _ => Err(format!("{text:?} is no name of a server")),
        }
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}
