//! Rate limits: fifty a second for the whole bot, a bucket for each route and major parameter, and the ban of who will not listen.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    faults::{Scope, Wave},
    route::Route,
};

/// Requests that a bot may make in a second.
const GLOBAL: Rule = Rule {
    name: "global",
    limit: 50,
    per: Duration::from_secs(1),
};
/// Answers of 401, 403 and 429 after which an address is banned, and the time in which they count.
const INVALID_MAX: usize = 10_000;
const INVALID_TIME: Duration = Duration::from_mins(10);

/// So many in such a time.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The bucket's, which several routes may share.
    pub name: &'static str,
    pub limit: u32,
    pub per: Duration,
}

const fn rule(name: &'static str, limit: u32, millis: u64) -> Rule {
    Rule {
        name,
        limit,
        per: Duration::from_millis(millis),
    }
}

/// The bucket of a route. Discord documents none of these figures, and may change them: who reads the headers need not know them.
fn rule_of(method: &str, route: &str) -> Rule {
    const MESSAGE: &str = "/channels/{id}/messages/{id}";
    let below = route.strip_prefix(MESSAGE).unwrap_or(route);
    match (method, below) {
        ("POST", "/channels/{id}/messages") => rule("create-message", 5, 5_000),
        ("GET", "/channels/{id}/messages") => rule("list-messages", 5, 5_000),
        ("GET", "") => rule("get-message", 5, 1_000),
        ("PATCH", "") => rule("edit-message", 5, 5_000),
        ("DELETE", "") => rule("delete-message", 5, 1_000),
        ("POST", "/crosspost") => rule("crosspost", 10, 3_600_000),
        ("GET", "/reactions/{emoji}") => rule("list-reactions", 5, 1_000),
        ("PUT" | "DELETE", _) if below.starts_with("/reactions/") => rule("react", 1, 250),
        ("PUT", "/applications/{id}/commands") => rule("put-commands", 5, 20_000),
        ("POST", "/users/@me/channels") => rule("open-direct", 10, 10_000),
        (_, webhook) if webhook.starts_with("/webhooks/") => rule("webhook", 5, 2_000),
        _ => rule("other", 20, 1_000),
    }
}

#[derive(Debug)]
struct Window {
    used: u32,
    ends: Instant,
}

impl Window {
    /// Counts one more, or says how long to wait.
    fn take(&mut self, rule: Rule, now: Instant) -> Result<(), Duration> {
        if now >= self.ends {
            *self = Self {
                used: 0,
                ends: now + rule.per,
            };
        }
        if self.used >= rule.limit {
            return Err(self.ends - now);
        }
        self.used += 1;
        Ok(())
    }
}

/// All counters.
pub struct Limits {
    is_off: bool,
    global: Window,
    buckets: HashMap<(&'static str, String), Window>,
    invalid: VecDeque<Instant>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            is_off: false,
            global: Window {
                used: 0,
                ends: Instant::now(),
            },
            buckets: HashMap::new(),
            invalid: VecDeque::new(),
        }
    }
}

/// What the limits say to a request.
pub struct Verdict {
    pub headers: Vec<(&'static str, String)>,
    /// The body of a 429, where it is one.
    pub refusal: Option<Value>,
}

impl Limits {
    /// Lets everything through from now on, as some proxies do.
    pub fn switch_off(&mut self) {
        self.is_off = true;
    }

    /// Whether the address is banned: nothing is answered any more but that.
    pub fn is_banned(&mut self, now: Instant) -> bool {
        while self
            .invalid
            .front()
            .is_some_and(|at| now.duration_since(*at) > INVALID_TIME)
        {
            self.invalid.pop_front();
        }
        self.invalid.len() >= INVALID_MAX
    }

    /// Counts an answer that Discord holds against whoever asked.
    pub fn hold_against(&mut self, now: Instant) {
        self.invalid.push_back(now);
    }

    /// How many are held against the bot.
    pub fn held_against(&self) -> usize {
        self.invalid.len()
    }

    /// Judges a request before it is looked at.
    pub fn judge(&mut self, route: &Route, wave: Option<Wave>, now: Instant) -> Verdict {
        let rule = rule_of(&route.method, &route.template);
        let wave = wave
            .filter(|wave| now < wave.until && !(wave.scope == Scope::Global && route.is_of_interaction()));
        if let Some(wave) = wave {
            return refused(wave.scope, wave.until - now, rule);
        }
        if self.is_off || route.is_callback() {
            return Verdict {
                headers: Vec::new(),
                refusal: None,
            };
        }
        if !route.is_of_interaction()
            && let Err(wait) = self.global.take(GLOBAL, now)
        {
            return refused(Scope::Global, wait, GLOBAL);
        }
        let bucket = self
            .buckets
            .entry((rule.name, route.major.clone()))
            .or_insert(Window { used: 0, ends: now });
        let taken = bucket.take(rule, now);
        let mut verdict = match taken {
            Ok(()) => Verdict {
                headers: Vec::new(),
                refusal: None,
            },
            Err(wait) => refused(Scope::User, wait, rule),
        };
        let left = bucket.ends - now;
        verdict.headers.extend([
            ("x-ratelimit-limit", rule.limit.to_string()),
            ("x-ratelimit-remaining", (rule.limit - bucket.used).to_string()),
            ("x-ratelimit-reset-after", format!("{:.3}", left.as_secs_f64())),
            ("x-ratelimit-bucket", id_of(rule.name)),
        ]);
        verdict
    }
}

/// A bucket's id says nothing to whoever reads it.
fn id_of(name: &str) -> String {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}{:016x}", hash.rotate_left(29))
}

fn refused(scope: Scope, wait: Duration, rule: Rule) -> Verdict {
    let scope_name = match scope {
        Scope::User => "user",
        Scope::Global => "global",
        Scope::Shared => "shared",
    };
    let is_global = scope == Scope::Global;
    let mut headers = vec![
        ("retry-after", wait.as_secs_f64().ceil().to_string()),
        ("x-ratelimit-scope", scope_name.to_owned()),
    ];
    if is_global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    } else {
        headers.push(("x-ratelimit-bucket", id_of(rule.name)));
    }
    // Rounded up, or whoever waits exactly so long comes a moment too early.
    let seconds = (wait.as_secs_f64() * 1_000.0).ceil() / 1_000.0;
    Verdict {
        headers,
        refusal: Some(json!({
            "message": "You are being rate limited.",
            "retry_after": seconds,
            "global": is_global,
            "code": 0,
        })),
    }
}
