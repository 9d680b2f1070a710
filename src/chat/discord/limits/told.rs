//! What the headers of an answer tell of the limits.

use std::time::Duration;

use reqwest::{StatusCode, header::HeaderMap};

/// What an answer told of its bucket.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::chat::discord) struct Told {
    /// Which bucket the route shares.
    pub bucket: Option<String>,
    /// How many requests it takes at once.
    pub limit: Option<u32>,
    /// How many are left.
    pub remaining: Option<u32>,
    /// When it is full again.
    pub reset_after: Option<Duration>,
}

impl Told {
    /// Reads the headers of an answer.
    pub fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let mut told = Self {
            bucket: text("x-ratelimit-bucket").map(str::to_owned),
            limit: text("x-ratelimit-limit").and_then(|text| text.parse().ok()),
            remaining: text("x-ratelimit-remaining").and_then(|text| text.parse().ok()),
            reset_after: text("x-ratelimit-reset-after").and_then(seconds),
        };
        if status == StatusCode::TOO_MANY_REQUESTS && text("x-ratelimit-global").is_none() {
            told.remaining = Some(0);
            // Where a channel is shared with other bots, only this says how long.
            told.reset_after = text("retry-after").and_then(seconds).max(told.reset_after);
        }
        told
    }
}

/// A number of seconds, with or without a fraction.
pub(in crate::chat::discord) fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}
