//! All that the model holds: what it would find again after a restart, in the words in which it tells it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use jiff::Timestamp;
use relais::{cli::demo::AdjustableClock, clock::Clock};
use serde_json::Value;

use super::{
    application::Application,
    channel::Channel,
    faults::{Faults, Flaw},
    gateway::Gateway,
    guild::Guild,
    interaction::Interactions,
    journal::Journal,
    limits::Limits,
    nonce::Nonces,
    people,
    snowflake::{Id, Snowflakes},
};

/// A file that somebody uploaded.
#[derive(Debug, Clone)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Discord, as it is at one moment.
pub struct State {
    pub clock: Arc<AdjustableClock>,
    snowflakes: Snowflakes,
    /// `127.0.0.1:PORT`.
    pub address: String,
    pub application: Application,
    pub users: HashMap<Id, Value>,
    /// The language in which each uses Discord.
    pub locales: HashMap<Id, String>,
    /// Who takes no private message from the bot.
    pub closed_doors: Vec<Id>,
    pub guilds: BTreeMap<Id, Guild>,
    /// Those of guilds, threads, and private ones.
    pub channels: BTreeMap<Id, Channel>,
    /// The private one of each user that the bot talked to.
    pub directs: HashMap<Id, Id>,
    pub files: HashMap<Id, File>,
    pub interactions: Interactions,
    pub nonces: Nonces,
    pub gateway: Gateway,
    pub limits: Limits,
    pub faults: Faults,
    pub flaw: Option<Flaw>,
    pub journal: Journal,
    /// Whether nothing is held against the specification, where time is measured.
    pub is_unchecked: bool,
}

impl State {
    pub fn new(clock: Arc<AdjustableClock>, address: String) -> Self {
        let mut snowflakes = Snowflakes::new();
        let now = clock.now();
        let bot = snowflakes.next(now);
        let application = Application::new(snowflakes.next(now), bot, snowflakes.next(now));
        let users = HashMap::from([
            (bot, people::bot(bot, "Relais")),
            (application.owner, people::user(application.owner, "Opératrice")),
        ]);
        Self {
            clock,
            snowflakes,
            address,
            application,
            users,
            locales: HashMap::new(),
            closed_doors: Vec::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            directs: HashMap::new(),
            files: HashMap::new(),
            interactions: Interactions::default(),
            nonces: Nonces::default(),
            gateway: Gateway::default(),
            limits: Limits::default(),
            faults: Faults::default(),
            flaw: None,
            journal: Journal::default(),
            is_unchecked: false,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn next_id(&mut self) -> Id {
        let now = self.now();
        self.snowflakes.next(now)
    }

    /// Whether a token is the bot's.
    pub fn takes_token(&self, token: &str) -> bool {
        token.strip_prefix("Bot ").unwrap_or(token) == self.application.token && !self.faults.is_token_revoked
    }

    /// Whether the model is broken in this way, on purpose.
    pub fn has_flaw(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }
}
