//! The only SQL: one text for SQLite and PostgreSQL, through sqlx's `Any`.
//!
//! A use case borrows the one write connection as one [`Writer`] and commits at its end; questions go to a [`Reader`], which sees
//! one moment of the database. Each aggregate has a file with one function per query. Callers never see rows.

mod ask;
mod batch;
mod campaign;
mod chat_history;
mod dialect;
mod heard;
mod intake;
mod migrations;
mod open;
mod organisation;
mod outbox;
mod pace;
mod person;
mod prompt;
mod recount;
mod reports;
mod room;
mod room_standing;
mod row;
mod summary;
mod unreadable;
mod upkeep;

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use jiff::Timestamp;
use sqlx::{Any, AnyConnection, AnyPool, Transaction};
use tokio::sync::watch;

pub use ask::Approval;
pub use campaign::{Campaign, Goal, StoredPicture};
pub use dialect::Engine;
pub use intake::{ActivityMove, Standing, TallyMove, WrittenSignal};
pub use open::OpenError;
pub use organisation::Halt;
pub use outbox::{DeliveryKind, DeliveryState, Destination, NewDelivery, QueuedDelivery};
pub use pace::Limit;
pub use person::{Account, Person};
pub use prompt::{KnownPrompt, Prompt, PromptState};
pub use recount::Difference;
pub use reports::{ACTIVE_WEEKS, AskCount, CampaignAsk, Crowd, DayCount, People, PostedAt, Turnout};
pub use room_standing::StandingRole;

/// What the database could not do, for operators.
pub type Error = sqlx::Error;

/// What was asked of the database, or why it could not be done.
pub type Result<T> = sqlx::Result<T>;

/// The database.
#[derive(Clone)]
pub struct Store {
    writer: AnyPool,
    readers: AnyPool,
    engine: Engine,
    /// Tells the workers that something was committed.
    changed: Arc<watch::Sender<()>>,
}

/// Questions to the database as it stands at one moment.
pub struct Session {
    transaction: Transaction<'static, Any>,
    engine: Engine,
}

/// A session that only reads.
pub struct Reader(Session);

/// The one session that writes. Dropping it without [`Writer::commit`] takes everything back.
pub struct Writer {
    session: Session,
    changed: Arc<watch::Sender<()>>,
}

impl Store {
    /// A moment to read.
    pub async fn read(&self) -> sqlx::Result<Reader> {
        let transaction = self.readers.begin_with(self.engine.begin_reading()).await?;
        Ok(Reader(Session {
            transaction,
            engine: self.engine,
        }))
    }

    /// The one write connection, once whoever has it is done.
    pub async fn write(&self) -> sqlx::Result<Writer> {
        let transaction = self.writer.begin_with(self.engine.begin_writing()).await?;
        let session = Session {
            transaction,
            engine: self.engine,
        };
        Ok(Writer {
            session,
            changed: Arc::clone(&self.changed),
        })
    }

    /// Wakes after each commit of this process.
    pub fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Which engine it runs on.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Lets every connection go, once its work in hand is done.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Session {
    fn connection(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

impl Writer {
    /// Makes all of it so, without waking anybody: for what changes nothing that is due.
    pub async fn commit_quietly(self) -> sqlx::Result<()> {
        self.session.transaction.commit().await
    }

    /// Makes all of it so.
    pub async fn commit(self) -> sqlx::Result<()> {
        self.session.transaction.commit().await?;
        self.changed.send_replace(());
        Ok(())
    }
}

impl Deref for Reader {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.0
    }
}

impl Deref for Writer {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for Writer {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}

/// An instant as it is kept, and told again: to the millisecond.
pub(crate) fn kept(instant: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(millis(instant)).unwrap_or(instant)
}

/// An instant as the database keeps it: UTC milliseconds.
fn millis(instant: Timestamp) -> i64 {
    instant.as_millisecond()
}
