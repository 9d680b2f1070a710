//! `[log]`: what is logged, and how.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

use super::form::{self, Form};

/// What is logged, and how. Logs go to the standard error stream and name no person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// For people (`text`) or for machines (`json`, one object a line).
    pub format: LogFormat,
    /// How much: `error`, `warn`, `info`, `debug` or `trace`, for all or by part: `info,relais::delivery=debug`.
    #[serde(with = "form")]
    pub filter: LogFilter,
}

/// The shape of a line of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// A line for people.
    #[default]
    Text,
    /// An object for machines.
    Json,
}

/// How much is logged, in tracing's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// The directives.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for LogFilter {
    fn default() -> Self {
        Self("info".to_owned())
    }
}

impl Form for LogFilter {
    const WANTED: &'static str = "levels by part, such as \"info\" or \"info,relais::delivery=debug\"";

    fn read(text: &str) -> Result<Self, String> {
        // A lone word that is no level would be taken for the name of a part and silence everything else.
        let is_lone_word = !text.contains(['=', ',', '[']);
        if text.trim().is_empty()
            || (is_lone_word && text.parse::<tracing::level_filters::LevelFilter>().is_err())
        {
            return Err(format!("{text:?} is no level"));
        }
        EnvFilter::try_new(text).map_err(|error| format!("{text:?}: {error}"))?;
        Ok(Self(text.to_owned()))
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}
