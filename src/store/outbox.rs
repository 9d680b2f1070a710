//! The outbox: what must reach a platform exactly once, and what became of it.

use jiff::Timestamp;
use sqlx::{any::AnyRow, query};

use super::{Session, Writer, batch::Batch, millis, row::Columns};
use crate::domain::{
    code::coded,
    day::Day,
    id::{AskId, DeliveryId},
    room::RoomAddress,
};

coded! {
    /// What a delivery brings. In the order in which they go out when all wait.
    pub enum DeliveryKind {
        /// Something that the admins must know at once. It goes to one of them alone.
        Warning = "warning",
        /// A prompt is taken out of its room. Its subject is the prompt.
        Withdrawal = "withdrawal",
        /// An ask to a room of volunteers. Its subject is the prompt.
        Prompt = "prompt",
        /// Something that coordinators must know.
        Notice = "notice",
        /// The week to a room of leaders. Its subject is the week.
        Summary = "summary",
        /// Something to one person alone.
        Direct = "direct",
        /// A prompt is passed on to those that follow its room. Its subject is the prompt.
        Crosspost = "crosspost",
        /// The running total of an ask's prompts, and whether they are open; the latest wins. Its subject is the ask.
        Refresh = "refresh",
        /// The reactions by which a prompt is answered, given by the bot so that people need only tap them. Its subject is the prompt.
        Seed = "seed",
        /// What people may type in a room, told to their clients.
        Offer = "offer",
    }
}

impl DeliveryKind {
    /// The lowest goes first.
    const fn priority(self) -> i64 {
        match self {
            Self::Warning => 5,
            Self::Withdrawal => 8,
            Self::Prompt => 10,
            Self::Notice => 20,
            Self::Summary => 30,
            Self::Direct => 40,
            Self::Crosspost => 45,
            Self::Refresh => 50,
            Self::Seed => 60,
            Self::Offer => 70,
        }
    }

    /// Whether it is a message, which can be looked for by its key. Anything else is done again where it may not have been.
    pub const fn is_message(self) -> bool {
        !matches!(
            self,
            Self::Withdrawal | Self::Crosspost | Self::Refresh | Self::Seed | Self::Offer
        )
    }
}

coded! {
    /// Where a delivery stands.
    pub enum DeliveryState {
        /// To be sent.
        Pending = "pending",
        /// Being sent.
        Sending = "sending",
        /// Perhaps sent: to be looked for before it is sent again.
        Unsure = "unsure",
        /// Sent.
        Sent = "sent",
        /// Its deadline passed first.
        Expired = "expired",
        /// The platform will not have it.
        Refused = "refused",
        /// What it was about is gone.
        Cancelled = "cancelled",
    }
}

/// Where a delivery goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Destination {
    /// To a room.
    Room(RoomAddress),
    /// To one account alone.
    Account {
        /// The platform.
        platform: String,
        /// The platform's own id for the account.
        account: String,
    },
}

impl Destination {
    /// The platform that it is on.
    pub fn platform(&self) -> &str {
        match self {
            Self::Room(address) => &address.platform,
            Self::Account { platform, .. } => platform,
        }
    }
}

/// Something to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// What travels with the message: at most 25 ASCII characters, never used before.
    pub key: String,
    /// What it brings.
    pub kind: DeliveryKind,
    /// Where.
    pub to: Destination,
    /// What it is about, by kind.
    pub subject: Option<i64>,
    /// What it says, as JSON, where that is not composed when it is sent.
    pub card: Option<String>,
    /// After which it is not sent.
    pub deadline: Option<Timestamp>,
}

/// A delivery as it waits in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedDelivery {
    /// Its id.
    pub id: DeliveryId,
    /// What is to be delivered.
    pub delivery: NewDelivery,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// Whether it may have been sent already.
    pub is_unsure: bool,
    /// Where it may stand already, where its room has moved since.
    pub sought_in: Option<RoomAddress>,
}

macro_rules! delivery_columns {
    () => {
        "id, key, kind, platform, room, account, subject, card, deadline, state, attempts, sought_in"
    };
}

fn queued(row: &AnyRow) -> sqlx::Result<QueuedDelivery> {
    let platform = row.text("platform")?;
    let sought_in = row.optional_text("sought_in")?.map(|room| RoomAddress {
        platform: platform.clone(),
        room,
    });
    let to = match row.optional_text("account")? {
        Some(account) => Destination::Account { platform, account },
        None => Destination::Room(RoomAddress {
            platform,
            room: row.text("room")?,
        }),
    };
    Ok(QueuedDelivery {
        id: DeliveryId(row.integer("id")?),
        delivery: NewDelivery {
            key: row.text("key")?,
            kind: row.code("kind")?,
            to,
            subject: row.optional_integer("subject")?,
            card: row.optional_text("card")?,
            deadline: row.optional_instant("deadline")?,
        },
        attempts: row.integer("attempts")? + 1,
        is_unsure: row.code::<DeliveryState>("state")? == DeliveryState::Unsure,
        sought_in,
    })
}

impl Session {
    /// What of a platform waits to go out now, in the order in which it goes. Refreshes are not among it, nor what is for a room that
    /// the bot cannot reach, until its deadline.
    pub async fn list_waiting(
        &mut self,
        platform: &str,
        now: Timestamp,
        most: usize,
    ) -> sqlx::Result<Vec<QueuedDelivery>> {
        let rows = query(concat!(
            "SELECT ",
            delivery_columns!(),
            " FROM outbox WHERE state IN ('pending', 'unsure') AND platform = $1 AND not_before <= $2 \
             AND kind <> 'refresh' AND (deadline <= $2 OR NOT EXISTS (SELECT 1 FROM room r WHERE r.platform = outbox.platform \
             AND r.external_id = outbox.room AND r.absence IS NOT NULL)) ORDER BY priority, deadline, id LIMIT $3"
        ))
        .bind(platform.to_owned())
        .bind(millis(now))
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(queued).collect()
    }

    /// When the next delivery of a platform that waits for its time may go.
    pub async fn find_next_delivery(&mut self, platform: &str) -> sqlx::Result<Option<Timestamp>> {
        query("SELECT min(not_before) AS next FROM outbox WHERE state IN ('pending', 'unsure') AND platform = $1 AND kind <> 'refresh'")
            .bind(platform.to_owned())
            .fetch_one(self.connection())
            .await?
            .optional_instant("next")
    }

    /// The asks whose prompts show an old total, with the occasion, the oldest first.
    pub async fn list_refreshes(&mut self, now: Timestamp) -> sqlx::Result<Vec<(DeliveryId, AskId, Day)>> {
        let rows = query(
            "SELECT id, subject, occasion FROM outbox WHERE state = 'pending' AND kind = 'refresh' \
             AND not_before <= $1 ORDER BY not_before, id LIMIT 100",
        )
        .bind(millis(now))
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    DeliveryId(row.integer("id")?),
                    AskId(row.integer("subject")?),
                    row.day("occasion")?,
                ))
            })
            .collect()
    }

    /// How many deliveries go out now: those that wait no longer and those that are being sent. Refreshes are not among them.
    pub async fn count_going_out(&mut self, now: Timestamp) -> sqlx::Result<i64> {
        query(
            "SELECT count(*) AS deliveries FROM outbox WHERE kind <> 'refresh' \
             AND (state = 'sending' OR state IN ('pending', 'unsure') AND not_before <= $1)",
        )
        .bind(millis(now))
        .fetch_one(self.connection())
        .await?
        .integer("deliveries")
    }

    /// How many deliveries are in a state.
    pub async fn count_deliveries(&mut self, state: DeliveryState) -> sqlx::Result<i64> {
        query("SELECT count(*) AS deliveries FROM outbox WHERE state = $1")
            .bind(state.code())
            .fetch_one(self.connection())
            .await?
            .integer("deliveries")
    }

    /// Whether something of this key was ever put in the outbox.
    pub async fn has_delivery(&mut self, key: &str) -> sqlx::Result<bool> {
        let known = query("SELECT count(*) AS known FROM outbox WHERE key = $1")
            .bind(key.to_owned())
            .fetch_one(self.connection())
            .await?
            .integer("known")?;
        Ok(known > 0)
    }
}

impl Writer {
    /// Puts something in the outbox.
    pub async fn enqueue(&mut self, delivery: &NewDelivery, now: Timestamp) -> sqlx::Result<DeliveryId> {
        let (room, account) = match &delivery.to {
            Destination::Room(address) => (Some(address.room.clone()), None),
            Destination::Account { account, .. } => (None, Some(account.clone())),
        };
        let row = query(
            "INSERT INTO outbox (key, kind, platform, room, account, subject, card, priority, not_before, deadline, state, \
             attempts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', 0, $9) RETURNING id",
        )
        .bind(delivery.key.clone())
        .bind(delivery.kind.code())
        .bind(delivery.to.platform().to_owned())
        .bind(room)
        .bind(account)
        .bind(delivery.subject)
        .bind(delivery.card.clone())
        .bind(delivery.kind.priority())
        .bind(millis(now))
        .bind(delivery.deadline.map(millis))
        .fetch_one(self.connection())
        .await?;
        Ok(DeliveryId(row.integer("id")?))
    }

    /// Puts something in the outbox, unless something of this key was ever put there.
    pub async fn enqueue_once(&mut self, delivery: &NewDelivery, now: Timestamp) -> sqlx::Result<()> {
        if !self.has_delivery(&delivery.key).await? {
            self.enqueue(delivery, now).await?;
        }
        Ok(())
    }

    /// Asks for the prompts of an occasion to be brought up to date, unless that is asked for already.
    pub async fn enqueue_refresh(
        &mut self,
        key: &str,
        ask: AskId,
        occasion: Day,
        not_before: Timestamp,
    ) -> sqlx::Result<()> {
        self.enqueue_refreshes(&[(key.to_owned(), ask, occasion)], not_before)
            .await
    }

    /// Asks for the prompts of occasions to be brought up to date, each unless that is asked for already. Each brings the key that
    /// its row would have.
    pub async fn enqueue_refreshes(
        &mut self,
        of: &[(String, AskId, Day)],
        not_before: Timestamp,
    ) -> sqlx::Result<()> {
        let rows = of.iter().map(|(key, ask, occasion)| {
            [
                key.as_str().into(),
                ask.0.into(),
                occasion.number().into(),
                DeliveryKind::Refresh.priority().into(),
                millis(not_before).into(),
            ]
        });
        self.put(
            "INSERT INTO outbox (key, kind, platform, subject, occasion, priority, not_before, state, attempts, created_at) \
             SELECT key, 'refresh', '', subject, occasion, priority, not_before, 'pending', 0, not_before FROM {batch} \
             WHERE true ON CONFLICT (subject, occasion) WHERE kind = 'refresh' AND state = 'pending' DO NOTHING",
            &Batch::new(["key", "subject", "occasion", "priority", "not_before"], rows),
        )
        .await
    }

    /// Says that a delivery is being sent.
    pub async fn set_sending(&mut self, id: DeliveryId) -> sqlx::Result<()> {
        query("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = $1")
            .bind(id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says that a delivery reached its platform as this message, and erases what it said.
    pub async fn set_sent(
        &mut self,
        id: DeliveryId,
        message: Option<&str>,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        query("UPDATE outbox SET state = 'sent', external_id = $2, done_at = $3, card = NULL, account = NULL, room = coalesce(room, '') WHERE id = $1")
            .bind(id.0)
            .bind(message.map(str::to_owned))
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says that a delivery is to be tried again, and from when.
    pub async fn set_to_retry(
        &mut self,
        id: DeliveryId,
        state: DeliveryState,
        not_before: Timestamp,
    ) -> sqlx::Result<()> {
        query("UPDATE outbox SET state = $2, not_before = $3 WHERE id = $1")
            .bind(id.0)
            .bind(state.code())
            .bind(millis(not_before))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says that a delivery will not be sent, and erases what it said.
    pub async fn set_given_up(
        &mut self,
        id: DeliveryId,
        state: DeliveryState,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        query("UPDATE outbox SET state = $2, done_at = $3, card = NULL, account = NULL, room = coalesce(room, '') WHERE id = $1")
            .bind(id.0)
            .bind(state.code())
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// What waits to be told to clients is told anew.
    pub async fn cancel_offers(&mut self, now: Timestamp) -> sqlx::Result<()> {
        query("UPDATE outbox SET state = 'cancelled', done_at = $1 WHERE kind = 'offer' AND state IN ('pending', 'unsure')")
            .bind(millis(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Refreshes that were begun and not finished are to be done again, unless that is asked for already.
    pub async fn requeue_refreshes(&mut self) -> sqlx::Result<()> {
        for sql in [
            "UPDATE outbox SET state = 'pending' WHERE state = 'sending' AND kind = 'refresh' AND NOT EXISTS \
             (SELECT 1 FROM outbox o WHERE o.kind = 'refresh' AND o.state = 'pending' \
             AND o.subject = outbox.subject AND o.occasion = outbox.occasion)",
            "UPDATE outbox SET state = 'cancelled' WHERE state = 'sending' AND kind = 'refresh'",
        ] {
            query(sql).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// What was being sent when the last process ended is unsure, or to be done again where doing it twice is the same.
    pub async fn mark_unsure(&mut self) -> sqlx::Result<u64> {
        self.requeue_refreshes().await?;
        let done = query("UPDATE outbox SET state = 'unsure' WHERE state = 'sending'")
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected())
    }
}
