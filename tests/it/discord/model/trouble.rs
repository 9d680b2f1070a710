//! Trouble, on demand.

use std::time::{Duration, Instant};

use relais::chance::Chance;

use super::{
    At, Model,
    faults::{Failures, Flaw, Scope, Wave},
    gateway::{Arrival, Frame},
    message::Emoji,
};

impl Model {
    /// Cuts every connection to the gateway without a word. The sessions can be resumed.
    pub fn cut_gateway(&self) {
        self.world.act(|state| state.gateway.to_all(&Frame::Cut));
    }

    /// Tells every session to come back on a new connection.
    pub fn op7(&self) {
        let reconnect = Frame::Text(r#"{"op":7,"s":null,"t":null,"d":null}"#.to_owned());
        self.world.act(|state| state.gateway.to_all(&reconnect));
    }

    /// Tells every session that it is over.
    pub fn op9(&self) {
        let invalid = Frame::Text(r#"{"op":9,"s":null,"t":null,"d":false}"#.to_owned());
        self.world.act(|state| {
            state.gateway.to_all(&invalid);
            state
                .gateway
                .sessions
                .iter_mut()
                .for_each(super::gateway::Session::kill);
        });
    }

    /// Refuses the next RESUME.
    pub fn refuse_resume(&self) {
        self.world.act(|state| state.faults.refuses_resume = true);
    }

    /// Closes every connection with a code.
    pub fn close_gateway(&self, code: u16, reason: &'static str) {
        self.world
            .act(|state| state.gateway.to_all(&Frame::Close(code, reason)));
    }

    /// Hears nothing any more and answers no heartbeat, or does again.
    pub fn set_deaf(&self, is_deaf: bool) {
        self.world.act(|state| state.faults.is_deaf = is_deaf);
    }

    /// Is gone: connections end, and nobody comes in.
    pub fn go_away(&self) {
        self.world.act(|state| {
            state.faults.is_away = true;
            state.gateway.to_all(&Frame::Cut);
        });
    }

    /// Is back, with no memory of sessions.
    pub fn come_back(&self) {
        self.world.act(|state| {
            state.faults.is_away = false;
            state
                .gateway
                .sessions
                .iter_mut()
                .for_each(super::gateway::Session::kill);
        });
    }

    /// So many of a thousand requests fail with this status, and nothing is done.
    pub fn fail_rest(&self, per_mille: u64, status: u16, seed: u64) {
        self.fail(per_mille, status, seed, false);
    }

    /// The next requests fail with this status, and nothing is done.
    pub fn fail_next(&self, requests: usize, status: u16) {
        let failures = Failures {
            per_mille: 1_000,
            status,
            chance: Chance::from_seed(0),
            is_done: false,
            left: Some(requests),
        };
        self.world.act(|state| state.faults.failures = Some(failures));
    }

    /// A moderator takes all reactions away from a message, or all of one emoji.
    pub fn clear_reactions(&self, at: At, emoji: Option<&str>) {
        let emoji = emoji.map(|emoji| Emoji::read(emoji).expect("it is an emoji"));
        let cleared = self.world.act(|state| state.clear_reactions(at, emoji.as_ref()));
        cleared.expect("a message that is there");
    }

    /// So many of a thousand requests are done, and the answer is this status all the same.
    pub fn fail_after_done(&self, per_mille: u64, status: u16, seed: u64) {
        self.fail(per_mille, status, seed, true);
    }

    fn fail(&self, per_mille: u64, status: u16, seed: u64, is_done: bool) {
        let failures = Failures {
            per_mille,
            status,
            chance: Chance::from_seed(seed),
            is_done,
            left: None,
        };
        self.world.act(|state| state.faults.failures = Some(failures));
    }

    /// Nothing fails any more.
    pub fn heal_rest(&self) {
        self.world.act(|state| state.faults.failures = None);
    }

    /// For so long, every request is told to wait.
    pub fn limit(&self, scope: Scope, time: Duration) {
        let until = Instant::now() + time;
        self.world
            .act(|state| state.faults.wave = Some(Wave { scope, until }));
    }

    /// Lets all requests through.
    pub fn switch_limits_off(&self) {
        self.world.act(|state| state.limits.switch_off());
    }

    /// Holds nothing against Discord's specification from now on, where time is measured.
    pub fn switch_checks_off(&self) {
        self.world.act(|state| state.is_unchecked = true);
    }

    /// The answers of 401, 403 and 429 that count towards a ban.
    pub fn held_against(&self) -> usize {
        self.world.lock().limits.held_against()
    }

    /// Makes the next messages, and never says so.
    pub fn hang_after_commit(&self, messages: usize) {
        self.world.act(|state| state.faults.hangs = messages);
    }

    /// Forgets every nonce, as it does after some minutes.
    pub fn forget_nonces(&self) {
        self.world.act(|state| state.nonces.forget());
    }

    /// Takes the token for nobody's from now on.
    pub fn revoke_token(&self) {
        self.world.act(|state| {
            state.faults.is_token_revoked = true;
            state
                .gateway
                .to_all(&Frame::Close(4004, "Authentication failed."));
        });
    }

    /// Each answer takes so long.
    pub fn slow_down(&self, latency: Duration) {
        self.world.act(|state| state.faults.latency = latency);
    }

    /// Breaks the model on purpose.
    pub fn break_with(&self, flaw: Flaw) {
        self.world.act(|state| state.flaw = Some(flaw));
    }

    /// How often the bot's heart has to beat.
    pub fn set_heartbeat(&self, interval: Duration) {
        self.world.act(|state| state.gateway.heartbeat = interval);
    }

    /// How long one identify keeps the next waiting; Discord's are five seconds.
    pub fn set_identify_spacing(&self, spacing: Duration) {
        self.world.act(|state| state.gateway.identify_spacing = spacing);
    }

    /// How many shards are recommended.
    pub fn set_shards(&self, shards: u64) {
        self.world.act(|state| state.gateway.shards = shards);
    }

    /// How connections were made so far.
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.world.lock().gateway.arrivals.clone()
    }
}
