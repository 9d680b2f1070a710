//! `[organisation]`: whom this Relais serves.

use std::fmt;

use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::form;
use crate::domain::{language::Language, text};

/// Whom this Relais serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Organisation {
    /// The organisation's name, as people read it in messages.
    #[serde(with = "form")]
    pub name: String,
    /// The time zone whose civil day is the organisation's: its days, its weeks, and rooms that have no zone of their own.
    #[serde(with = "form")]
    pub time_zone: TimeZone,
    /// The language of whoever has not chosen, where neither their client nor their room tells.
    pub default_language: Language,
    /// Who is an admin from the first start on: an account, or a list of accounts. They grant all other roles.
    #[serde(deserialize_with = "one_or_more")]
    pub first_admin: Vec<AccountName>,
}

impl Default for Organisation {
    fn default() -> Self {
        Self {
            name: "Relais".to_owned(),
            time_zone: TimeZone::get("America/Montreal").unwrap_or(TimeZone::UTC),
            default_language: Language::French,
            first_admin: Vec::new(),
        }
    }
}

/// Somebody on a platform, as the operator names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountName {
    /// The platform's name: `matrix`, `discord` or `embedded`.
    pub platform: String,
    /// The platform's own id for the account: `@marie:example.org`, or the number that Discord shows as *Copy User ID*.
    pub account: String,
}

const PLATFORMS: [&str; 3] = ["matrix", "discord", "embedded"];

impl<'de> Deserialize<'de> for AccountName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            platform: String,
            account: String,
        }

        let Written { platform, account } = Written::deserialize(deserializer)?;
        if !PLATFORMS.contains(&platform.as_str()) {
            let nearest = text::nearest(&platform, PLATFORMS).map_or_else(
                || PLATFORMS.join(", "),
                |nearest| format!("did you mean {nearest:?}?"),
            );
            return Err(de::Error::custom(format_args!(
                "unknown platform {platform:?}: {nearest}"
            )));
        }
        let has_form = match platform.as_str() {
            "matrix" => account.starts_with('@') && account.contains(':'),
            "discord" => account.parse::<u64>().is_ok(),
            _ => !account.is_empty(),
        };
        if !has_form {
            return Err(de::Error::custom(format_args!(
                "{account:?} is no account of {platform}; wanted \"@marie:example.org\" on matrix, \"175928847299117063\" on discord"
            )));
        }
        Ok(Self { platform, account })
    }
}

fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AccountName>, D::Error> {
    struct Visitor;

    impl<'de> de::Visitor<'de> for Visitor {
        type Value = Vec<AccountName>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("{ platform = \"matrix\", account = \"@marie:example.org\" } or a list of these")
        }

        fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            AccountName::deserialize(de::value::MapAccessDeserializer::new(map)).map(|one| vec![one])
        }

        fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(de::value::SeqAccessDeserializer::new(seq))
        }
    }

    deserializer.deserialize_any(Visitor)
}
