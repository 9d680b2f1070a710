//! Buckets: how many requests of a kind Discord takes in a time. Answers tell which routes share one.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

use super::Told;

/// How many buckets are kept before those that are full again are forgotten.
const KEPT: usize = 4_096;
/// How much later than told a bucket is taken to be full again: two clocks never tick as one.
const MARGIN: Duration = Duration::from_millis(5);

/// What tells the bucket of a request: what it does, and to which channel, server or interaction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::chat::discord) struct RouteKey {
    method: String,
    shape: String,
    major: String,
}

impl RouteKey {
    /// The key of a request to a path such as `/channels/1/messages/2`.
    pub fn of(method: &str, path: &str) -> Self {
        let (mut shape, mut major) = (String::new(), String::new());
        let mut before = "";
        let mut is_interaction = false;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let is_id = part.bytes().all(|byte| byte.is_ascii_digit());
            // What follows the id of a webhook or an interaction is its token, which is major too.
            let is_token = is_interaction && before == "{}";
            let is_emoji = before == "reactions";
            if is_token {
                is_interaction = false;
                major.push('/');
                major.push_str(part);
            } else if is_id && major.is_empty() && is_major(before) {
                is_interaction = matches!(before, "webhooks" | "interactions");
                major.push('/');
                major.push_str(part);
            }
            before = if is_id || is_token || is_emoji { "{}" } else { part };
            shape.push('/');
            shape.push_str(before);
        }
        Self {
            method: method.to_owned(),
            shape,
            major,
        }
    }
}

fn is_major(before: &str) -> bool {
    matches!(before, "channels" | "guilds" | "webhooks" | "interactions")
}

#[derive(Debug)]
struct Bucket {
    limit: u32,
    remaining: u32,
    /// When it is full again, once that was told.
    resets_at: Option<Instant>,
    in_flight: u32,
}

/// What is known of the buckets.
#[derive(Default)]
pub(super) struct Buckets {
    /// By what a request does: the bucket's name and size; none where the answer told of no limit.
    named: HashMap<(String, String), Option<(String, u32)>>,
    /// By the bucket's name, or by what a request does where that is not known, and by what it is done to.
    buckets: HashMap<(String, String), Bucket>,
}

/// When there is something left in a bucket.
pub(super) enum Room {
    /// There is.
    Now,
    /// From then on.
    At(Instant),
    /// That is told by what is under way.
    Unknown,
}

impl Buckets {
    /// Whether a request finds something left in its bucket.
    pub fn room(&mut self, route: &RouteKey, now: Instant) -> Room {
        match self.bucket(route, now) {
            Some(bucket) if bucket.remaining == 0 => bucket.resets_at.map_or(Room::Unknown, Room::At),
            _ => Room::Now,
        }
    }

    /// Takes a request out of its bucket. Returns whether there was one left.
    pub fn take(&mut self, route: &RouteKey, now: Instant) -> bool {
        let Some(bucket) = self.bucket(route, now) else {
            return true;
        };
        if bucket.remaining == 0 {
            return false;
        }
        bucket.remaining -= 1;
        bucket.in_flight += 1;
        true
    }

    /// The bucket of a request as it is now; none where there is none.
    fn bucket(&mut self, route: &RouteKey, now: Instant) -> Option<&mut Bucket> {
        let (key, limit) = match self.named.get(&(route.method.clone(), route.shape.clone())) {
            Some(None) => return None,
            Some(Some((name, limit))) => ((name.clone(), route.major.clone()), *limit),
            // The first answer tells how many it takes: until then one at a time.
            None => (unnamed(route), 1),
        };
        if self.buckets.len() > KEPT && !self.buckets.contains_key(&key) {
            self.buckets
                .retain(|_, bucket| bucket.in_flight > 0 || bucket.resets_at.is_some_and(|at| at > now));
        }
        let bucket = self.buckets.entry(key).or_insert(Bucket {
            limit,
            remaining: limit,
            resets_at: None,
            in_flight: 0,
        });
        let is_over = bucket.resets_at.map_or(bucket.in_flight == 0, |at| at <= now);
        if is_over {
            bucket.resets_at = None;
            bucket.remaining = bucket.limit.saturating_sub(bucket.in_flight);
        }
        Some(bucket)
    }

    /// Learns what an answer told.
    pub fn learn(&mut self, route: &RouteKey, told: &Told, now: Instant) {
        self.release(route);
        let shape = (route.method.clone(), route.shape.clone());
        let (Some(name), Some(limit), Some(remaining), Some(reset_after)) =
            (&told.bucket, told.limit, told.remaining, told.reset_after)
        else {
            self.named.entry(shape).or_insert(None);
            self.buckets.remove(&unnamed(route));
            return;
        };
        if self.named.insert(shape, Some((name.clone(), limit))).is_none() {
            self.buckets.remove(&unnamed(route));
        }
        let resets_at = now + reset_after + MARGIN;
        let key = (name.clone(), route.major.clone());
        let bucket = self.buckets.entry(key).or_insert(Bucket {
            limit,
            remaining,
            resets_at: None,
            in_flight: 0,
        });
        bucket.limit = limit;
        if let Some(known) = bucket.resets_at.filter(|at| *at > now) {
            // Answers may overtake each other: the lowest is the truth.
            bucket.remaining = bucket.remaining.min(remaining);
            bucket.resets_at = Some(known.max(resets_at));
        } else {
            bucket.remaining = remaining.saturating_sub(bucket.in_flight);
            bucket.resets_at = Some(resets_at);
        }
    }

    /// A request is under way no more.
    pub fn release(&mut self, route: &RouteKey) {
        let shape = (route.method.clone(), route.shape.clone());
        let named = match self.named.get(&shape) {
            Some(Some((name, _))) => (name.clone(), route.major.clone()),
            _ => unnamed(route),
        };
        if let Some(bucket) = self.buckets.get_mut(&named) {
            bucket.in_flight = bucket.in_flight.saturating_sub(1);
        }
    }
}

fn unnamed(route: &RouteKey) -> (String, String) {
    (format!("{} {}", route.method, route.shape), route.major.clone())
}
