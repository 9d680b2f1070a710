//! The gateway: who is connected, what each session may hear, and what it has heard.

mod handshake;
pub mod intents;
mod session;
mod socket;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{snowflake::Id, state::State};
pub use handshake::accept;
pub use session::{Frame, Session, Shard};

/// Identifies that may come in one of Discord's five-second windows.
pub const CONCURRENCY: usize = 1;
/// Sessions that may begin in a day.
pub const SESSIONS_A_DAY: usize = 1_000;

/// Whom an event concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The shard of a guild.
    Guild(Id),
    /// The first shard, which has the private conversations.
    Direct,
}

/// How a connection was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    Identified { shard: Shard, intents: u64 },
    Resumed { path: String, replayed: usize },
    Refused,
}

/// All connections that there are and were.
pub struct Gateway {
    pub sessions: Vec<Session>,
    /// What came, in order.
    pub arrivals: Vec<Arrival>,
    pub heartbeat: Duration,
    /// The shards that `/gateway/bot` recommends.
    pub shards: u64,
    /// When sessions began, for the limits of them.
    pub identified: Vec<Instant>,
    /// How long an identify keeps the next one waiting.
    pub identify_spacing: Duration,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: Vec::new(),
            arrivals: Vec::new(),
            heartbeat: Duration::from_millis(41_250),
            shards: 1,
            identified: Vec::new(),
            identify_spacing: Duration::from_secs(5),
        }
    }
}

impl Gateway {
    pub fn session(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// The sessions that somebody listens to.
    pub fn connected(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(|session| session.is_connected())
    }

    /// Says something to every connection.
    pub fn to_all(&self, frame: &Frame) {
        for session in self.connected() {
            session.send(frame.clone());
        }
    }

    /// Drops the sessions that nobody can come back to.
    pub fn tidy(&mut self, now: Timestamp) {
        self.sessions.retain(|session| !session.is_over(now));
    }
}

impl State {
    /// Sends an event to the sessions that it concerns and that asked for its like.
    pub fn dispatch(&mut self, audience: Audience, event: &'static str, data: &Value) {
        let is_hidden = self.hides_content(event, audience, data);
        let (mut whole, mut hidden) = (None, None);
        let bot = self.application.bot;
        for session in &mut self.gateway.sessions {
            let is_for = session.shard.has(audience)
                && intents::lets_through(session.intents, event, audience, data, bot);
            if !is_for {
                continue;
            }
            let text = if is_hidden && session.intents & intents::MESSAGE_CONTENT == 0 {
                hidden.get_or_insert_with(|| intents::without_content(data).to_string())
            } else {
                whole.get_or_insert_with(|| data.to_string())
            };
            session.dispatch(event, text);
        }
    }

    /// Whether a message's words are only for those with the intent: not the bot's own, not said to it, not said in private.
    fn hides_content(&self, event: &str, audience: Audience, data: &Value) -> bool {
        let bot = self.application.bot;
        let is_to_it = || {
            let mut mentioned = data["mentions"].as_array().into_iter().flatten();
            mentioned.any(|user| Id::of(&user["id"]) == Some(bot))
        };
        matches!(event, "MESSAGE_CREATE" | "MESSAGE_UPDATE")
            && audience != Audience::Direct
            && Id::of(&data["author"]["id"]) != Some(bot)
            && !is_to_it()
    }

    /// What `/gateway/bot` says.
    pub fn gateway_for_bots(&self) -> Value {
        json!({
            "url": format!("ws://{}", self.address),
            "shards": self.gateway.shards,
            "session_start_limit": {
                "total": SESSIONS_A_DAY,
                "remaining": SESSIONS_A_DAY.saturating_sub(self.gateway.identified.len()),
                "reset_after": 86_400_000,
                "max_concurrency": CONCURRENCY,
            },
        })
    }

    /// Begins a session: READY, then each guild of the shard.
    pub fn begin_session(
        &mut self,
        shard: Shard,
        intents: u64,
        line: mpsc::UnboundedSender<Frame>,
    ) -> String {
        let id = format!("session{}", self.next_id());
        let bot = self.application.bot;
        let guilds: Vec<Id> = self
            .guilds
            .values()
            .filter(|guild| guild.has(bot) && shard.has(Audience::Guild(guild.id)))
            .map(|guild| guild.id)
            .collect();
        let mut user = self.bot().clone();
        user["verified"] = true.into();
        user["mfa_enabled"] = true.into();
        user["email"] = Value::Null;
        let unavailable: Vec<Value> = guilds
            .iter()
            .map(|id| json!({ "id": id, "unavailable": true }))
            .collect();
        let ready = json!({
            "v": 10,
            "user": user,
            "user_settings": {},
            "guilds": unavailable,
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "session_id": id,
            "session_type": "normal",
            "resume_gateway_url": format!("ws://{}/resume", self.address),
            "shard": [shard.index, shard.count],
            "application": { "id": self.application.id, "flags": 0 },
            "_trace": [],
        });
        let mut session = Session::new(id.clone(), shard, intents, line);
        session.dispatch("READY", &ready.to_string());
        if intents & intents::GUILDS != 0 {
            for guild in &guilds {
                let full = self.guild_in_full(&self.guilds[guild]);
                session.dispatch("GUILD_CREATE", &full.to_string());
            }
        }
        let now = self.now();
        self.gateway.tidy(now);
        self.gateway.sessions.push(session);
        self.gateway.arrivals.push(Arrival::Identified { shard, intents });
        id
    }
}
