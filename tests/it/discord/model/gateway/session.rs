//! One session: what it was sent, so that a connection lost loses nothing.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;

use super::Audience;

/// How long a session that lost its connection can be resumed.
const RESUMABLE: SignedDuration = SignedDuration::from_mins(3);
/// Events kept for a replay; who missed more has missed too much.
const REPLAY_MAX: usize = 20_000;

/// What goes out on a connection.
#[derive(Debug, Clone)]
pub enum Frame {
    Text(String),
    Close(u16, &'static str),
    /// The line goes dead without a word.
    Cut,
}

/// A part of the guilds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    pub index: u64,
    pub count: u64,
}

impl Shard {
    /// Whether an event for this audience comes here.
    pub const fn has(self, audience: Audience) -> bool {
        match audience {
            Audience::Guild(id) => (id.0 >> 22) % self.count == self.index,
            Audience::Direct => self.index == 0,
        }
    }
}

/// A session, connected or not.
pub struct Session {
    pub id: String,
    pub shard: Shard,
    pub intents: u64,
    /// The number of the last event.
    pub sequence: u64,
    sent: VecDeque<(u64, String)>,
    line: Option<mpsc::UnboundedSender<Frame>>,
    left: Option<Timestamp>,
    is_dead: bool,
}

impl Session {
    pub fn new(id: String, shard: Shard, intents: u64, line: mpsc::UnboundedSender<Frame>) -> Self {
        Self {
            id,
            shard,
            intents,
            sequence: 0,
            sent: VecDeque::new(),
            line: Some(line),
            left: None,
            is_dead: false,
        }
    }

    pub const fn is_connected(&self) -> bool {
        self.line.is_some()
    }

    /// Whether this is the connection that it is on.
    pub fn is_on(&self, line: &mpsc::UnboundedSender<Frame>) -> bool {
        self.line.as_ref().is_some_and(|one| one.same_channel(line))
    }

    /// Whether nobody can come back to it.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.is_dead || self.left.is_some_and(|left| now.duration_since(left) > RESUMABLE)
    }

    /// Ends it: what lost it must begin anew.
    pub fn kill(&mut self) {
        self.is_dead = true;
    }

    pub fn send(&self, frame: Frame) {
        if let Some(line) = &self.line {
            // Whoever listened may have gone a moment ago, and will come back for it.
            let _ = line.send(frame);
        }
    }

    /// Sends an event, and keeps it for a replay.
    pub fn dispatch(&mut self, event: &str, data: &str) {
        if self.is_dead {
            return;
        }
        self.sequence += 1;
        let text = format!(r#"{{"op":0,"t":"{event}","s":{},"d":{data}}}"#, self.sequence);
        self.send(Frame::Text(text.clone()));
        self.sent.push_back((self.sequence, text));
        if self.sent.len() > REPLAY_MAX {
            self.sent.pop_front();
        }
    }

    /// Forgets what its client said that it has.
    pub fn acknowledge(&mut self, sequence: u64) {
        while self.sent.front().is_some_and(|(number, _)| *number <= sequence) {
            self.sent.pop_front();
        }
    }

    /// Whether its client said that it has all that it was sent.
    pub fn is_acknowledged(&self) -> bool {
        self.sent.is_empty()
    }

    /// Whether all after this number is still there.
    pub fn can_replay(&self, after: u64) -> bool {
        after <= self.sequence
            && self
                .sent
                .front()
                .map_or(after == self.sequence, |(first, _)| *first <= after + 1)
    }

    /// The connection is lost.
    pub fn leave(&mut self, now: Timestamp) {
        self.line = None;
        self.left = Some(now);
    }

    /// A new connection takes over; says how much was replayed.
    pub fn resume(&mut self, after: u64, line: mpsc::UnboundedSender<Frame>) -> usize {
        self.send(Frame::Cut);
        self.line = Some(line);
        self.left = None;
        let missed = self.sent.iter().filter(|(number, _)| *number > after);
        let missed: Vec<String> = missed.map(|(_, text)| text.clone()).collect();
        let count = missed.len();
        for text in missed {
            self.send(Frame::Text(text));
        }
        self.dispatch("RESUMED", r#"{"_trace":[]}"#);
        count
    }
}
