//! Gestures become confirmations, in batches.
//!
//! Every way in ends here: a button, a reaction, an undo, a reading of what stands on the platform. One task takes what has
//! come, applies it in one transaction with the tally, the activity and the outbox, and only then answers.

mod batch;
mod reading;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    domain::{
        ask::AskKind,
        choice::Detail,
        confirmation::{Observation, Source},
        id::{AskId, PromptId},
        language::Language,
        outcome::Outcome,
        room::RoomAddress,
    },
};

pub use batch::apply;
pub(crate) use reading::{read_again, run as keep_reading};

/// The most gestures in one transaction, some 50 ms of work. Gestures of one moment touch the same pages of the database, and each
/// page is written once a transaction: four times fewer gestures cost half as much again.
pub const BATCH_MAX: usize = 2048;
/// The most gestures that wait; whoever brings more waits too.
const WAITING_MAX: usize = 2 * BATCH_MAX;
/// The most reactions on unknown messages that are kept until the next prompt is recorded: a reaction may be told before the message that
/// it is on is known to be ours.
const EARLY_MAX: usize = 500;
/// How long they are kept.
const EARLY_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How often a batch is tried while the database does not take it, each time after twice the wait.
const ATTEMPTS: u32 = 6;

/// Whose gesture it is, as the platform tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The platform.
    pub platform: String,
    /// The platform's own id for the account.
    pub account: String,
    /// The name it shows; empty where it does not tell.
    pub name: String,
    /// The language of their client, where it tells.
    pub language: Option<Language>,
}

/// Which prompt a gesture is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// One that a button names.
    Prompt(PromptId),
    /// The one that stands as this message.
    Message(RoomAddress, String),
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Said what came of it, by a button or a word.
    Say {
        /// By which.
        source: Source,
        /// What came of it.
        outcome: Outcome,
        /// Of what, within the ask.
        detail: Detail,
    },
    /// A reaction of theirs was seen, or seen to be gone.
    React {
        /// The emoji.
        key: String,
        /// What was seen.
        seen: Observation,
    },
    /// A reaction, known by its outcome, is no longer there.
    Miss {
        /// What it said.
        outcome: Outcome,
    },
    /// Took back all that they had confirmed of the ask.
    Undo,
}

/// Somebody did something about a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gesture {
    /// Who.
    pub author: Author,
    /// About which prompt.
    pub about: About,
    /// What.
    pub act: Act,
    /// When.
    pub at: Timestamp,
}

/// What became of a gesture, once it is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// It is counted, or noted where it is not a confirmation.
    Noted {
        /// The ask.
        ask: AskId,
        /// Its kind.
        kind: AskKind,
        /// What it says.
        outcome: Outcome,
        /// Of what.
        detail: Detail,
        /// Whether it changed anything.
        change: Change,
        /// How many of the person's confirmations of the ask count now.
        confirmations: usize,
    },
    /// All of the person's confirmations of the ask were taken back.
    Undone {
        /// The ask.
        ask: AskId,
        /// How many there were.
        confirmations: usize,
    },
    /// The ask is over.
    Over {
        /// The ask.
        ask: AskId,
        /// Since when.
        ended_at: Timestamp,
    },
    /// The ask is over, and with it the time to undo: what was counted of it stays counted.
    Settled {
        /// The ask.
        ask: AskId,
        /// Since when.
        ended_at: Timestamp,
    },
    /// It is about nothing that is ours, or says nothing.
    Meaningless,
}

/// How a gesture moved what its person had confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Something new is counted.
    New,
    /// Something counted is counted otherwise.
    Corrected,
    /// Nothing: it was counted already, or is not counted.
    None,
}

/// A gesture on its way, and where its receipt goes. No receipt means that it could not be recorded.
pub type Brought = (Gesture, Option<oneshot::Sender<Receipt>>);

/// The way in for gestures.
#[derive(Clone)]
pub struct Intake(mpsc::Sender<Brought>);

impl Intake {
    /// The way in, and what [`run`] takes.
    pub fn new() -> (Self, mpsc::Receiver<Brought>) {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        (Self(sender), receiver)
    }

    /// Brings a gesture that nobody waits for.
    pub async fn bring(&self, gesture: Gesture) {
        // The other end goes only when everything stops, and then the platform is read again at the next start.
        let _ = self.0.send((gesture, None)).await;
    }

    /// Brings a gesture and waits for what became of it; none where it could not be recorded.
    pub async fn record(&self, gesture: Gesture) -> Option<Receipt> {
        let (sender, receiver) = oneshot::channel();
        self.0.send((gesture, Some(sender))).await.ok()?;
        receiver.await.ok()
    }

    /// Brings gestures and waits until all of them are recorded; none where one of them could not be.
    async fn record_all(&self, gestures: Vec<Gesture>) -> Option<()> {
        let mut receipts = Vec::with_capacity(gestures.len());
        for gesture in gestures {
            let (sender, receiver) = oneshot::channel();
            self.0.send((gesture, Some(sender))).await.ok()?;
            receipts.push(receiver);
        }
        for receipt in receipts {
            receipt.await.ok()?;
        }
        Some(())
    }
}

/// Takes gestures until it is told to stop and has recorded what was brought.
pub async fn run(app: Arc<App>, mut brought: mpsc::Receiver<Brought>, stop: CancellationToken) {
    let mut batch = Vec::with_capacity(BATCH_MAX);
    let mut posted = app.posted();
    let mut early: VecDeque<Gesture> = VecDeque::new();
    loop {
        tokio::select! {
            biased;
            count = brought.recv_many(&mut batch, BATCH_MAX) => if count == 0 { return },
            // The sender is the app's own, so there is always one.
            _ = posted.changed() => batch.extend(early.drain(..).map(|gesture| (gesture, None))),
            () = stop.cancelled(), if !brought.is_closed() => brought.close(),
        }
        if !batch.is_empty() {
            early.extend(record(&app, std::mem::take(&mut batch)).await);
            let oldest = app.clock.now() - EARLY_FOR;
            early.retain(|gesture| gesture.at > oldest);
            early.drain(..early.len().saturating_sub(EARLY_MAX));
        }
    }
}

/// Records a batch. While the database does not take it, those who wait are told at once, and what nobody waits for is
/// tried again; what cannot be recorded in the end is read again from its platform. Returns the reactions on unknown messages.
async fn record(app: &App, batch: Vec<Brought>) -> Vec<Gesture> {
    let (mut gestures, receipts): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    let mut receipts = Some(receipts);
    for attempt in 0..ATTEMPTS {
        match batch::record(app, &gestures).await {
            Ok(found) => {
                let is_early = |(gesture, receipt): &(Gesture, &Receipt)| {
                    **receipt == Receipt::Meaningless && matches!(gesture.about, About::Message(..))
                };
                let early = gestures
                    .into_iter()
                    .zip(&found)
                    .filter(is_early)
                    .map(|(gesture, _)| gesture)
                    .collect();
                for (receipt, to) in found.into_iter().zip(receipts.into_iter().flatten()) {
                    // Whoever asked may have gone; what they did is recorded all the same.
                    let _ = to.map(|to| to.send(receipt));
                }
                return early;
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    gestures = gestures.len(),
                    "the database does not take confirmations; they are tried again"
                );
                if let Some(waiting) = receipts.take() {
                    let unheard = gestures.into_iter().zip(waiting).filter(|(_, to)| to.is_none());
                    gestures = unheard.map(|(gesture, _)| gesture).collect();
                }
                if gestures.is_empty() {
                    return Vec::new();
                }
                tokio::time::sleep(Duration::from_millis(500) * 2_u32.pow(attempt)).await;
            }
        }
    }
    for gesture in &gestures {
        app.open_gap(&gesture.author.platform, gesture.at);
    }
    tracing::error!(
        gestures = gestures.len(),
        "confirmations were not recorded; their platforms are read again"
    );
    Vec::new()
}
