//! The stamp: what tells the keys as they are now from a copy of them as they once were.
//!
//! Keys that go back in time, from a machine's snapshot or a copied folder, use again what others have seen used: rooms become
//! unreadable, and nothing mends it but a new login. So a random mark with a running number is kept both beside the keys and, for
//! this device, in the account's data on the server. Each start and every few minutes renew it: first it is written here as
//! *pending*, then on the server, then here as *settled*. A crash leaves the server at either of the two, and both are ours. A server that
//! shows anything later has seen other keys than these.

use std::{fs, io, path::PathBuf};

use matrix_sdk::{
    Client,
    ruma::{TransactionId, events::GlobalAccountDataEventType, serde::Raw},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::kept::{Kept, write_private};

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// How many there were before it on this device.
    number: u64,
    /// What no copy that went on by itself can have.
    mark: String,
}

/// What stands beside the keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Marks {
    /// The last that the server surely has.
    settled: Option<Mark>,
    /// One that the server may have.
    pending: Option<Mark>,
}

/// What the server's mark says of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// The keys are those that were used last.
    Current,
    /// The server itself went back to an older state.
    ServerIsBehind,
    /// Others than these were used since.
    Outdated,
}

/// Why the keys may not be used, or not now.
#[derive(Debug, thiserror::Error)]
pub(super) enum StampError {
    /// Later keys than these were used.
    #[error("the keys are a copy from before")]
    Outdated,
    /// The server could not be asked.
    #[error("asking the server")]
    Server(#[source] matrix_sdk::Error),
    /// The stamp cannot be read or written here.
    #[error("{0} cannot be used")]
    File(PathBuf, #[source] io::Error),
}

impl Marks {
    /// What a server that has this mark says of these.
    fn judge(&self, servers: Option<&Mark>) -> Verdict {
        let Some(servers) = servers else {
            // Nothing was written there yet, or all of it was lost there.
            return if self.settled.is_none() {
                Verdict::Current
            } else {
                Verdict::ServerIsBehind
            };
        };
        let ours = [self.settled.as_ref(), self.pending.as_ref()];
        if ours.contains(&Some(servers)) {
            Verdict::Current
        } else if self
            .settled
            .as_ref()
            .is_some_and(|mark| mark.number > servers.number)
        {
            // Ours was on the server once, and came after: it is the server that forgot.
            Verdict::ServerIsBehind
        } else {
            Verdict::Outdated
        }
    }

    /// The mark to write next. One that may be on its way already is written again rather than followed by another.
    fn next(&self, servers: Option<&Mark>) -> Mark {
        match &self.pending {
            Some(pending) if servers != Some(pending) => pending.clone(),
            pending => {
                let known = [pending.as_ref(), self.settled.as_ref(), servers];
                let last = known.into_iter().flatten().map(|mark| mark.number).max();
                Mark {
                    number: last.unwrap_or(0) + 1,
                    mark: TransactionId::new().to_string(),
                }
            }
        }
    }
}

/// The stamp of a device's keys.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    file: PathBuf,
}

impl Stamp {
    /// It stands among the keys, so that it is copied, restored and lost with them.
    pub fn of(kept: &Kept) -> Self {
        Self {
            file: kept.store.join("stamp.json"),
        }
    }

    /// Makes sure that no later keys were used, and renews the stamp.
    pub async fn renew(&self, client: &Client) -> Result<(), StampError> {
        let mut marks = self.read()?;
        let servers = load(client).await.map_err(StampError::Server)?;
        match marks.judge(servers.as_ref()) {
            Verdict::Current => {}
            Verdict::ServerIsBehind => {
                tracing::warn!(
                    "the homeserver has forgotten what it knew of this session: was it restored from a backup?"
                );
            }
            Verdict::Outdated => return Err(StampError::Outdated),
        }
        let next = marks.next(servers.as_ref());
        // A pending mark that the server has is settled, which must stand here before another may replace it.
        if servers.is_some() && servers == marks.pending {
            marks.settled = servers;
        }
        marks.pending = Some(next.clone());
        self.write(&marks)?;
        store(client, &next).await.map_err(StampError::Server)?;
        self.write(&Marks {
            settled: Some(next),
            pending: None,
        })
    }

    fn read(&self) -> Result<Marks, StampError> {
        let refused = |error| StampError::File(self.file.clone(), error);
        match fs::read(&self.file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| refused(error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Marks::default()),
            Err(error) => Err(refused(error)),
        }
    }

    fn write(&self, marks: &Marks) -> Result<(), StampError> {
        let refused = |error| StampError::File(self.file.clone(), error);
        let bytes = serde_json::to_vec(marks).map_err(|error| refused(error.into()))?;
        write_private(&self.file, &bytes).map_err(refused)
    }
}

/// The account data in which the server keeps this device's mark.
fn account_data(client: &Client) -> GlobalAccountDataEventType {
    let device = client.device_id().map(ToString::to_string).unwrap_or_default();
    GlobalAccountDataEventType::from(format!("relais.keys.{device}"))
}

async fn load(client: &Client) -> matrix_sdk::Result<Option<Mark>> {
    let found = client.account().fetch_account_data(account_data(client)).await?;
    // What is no mark was emptied when a session ended.
    Ok(found.and_then(|content| content.deserialize_as_unchecked::<Mark>().ok()))
}

async fn store(client: &Client, mark: &Mark) -> matrix_sdk::Result<()> {
    let content = Raw::new(&json!(mark))?.cast_unchecked();
    client
        .account()
        .set_account_data_raw(account_data(client), content)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(number: u64, mark: &str) -> Mark {
        let mark = mark.to_owned();
        Mark { number, mark }
    }

    fn marks(settled: Option<Mark>, pending: Option<Mark>) -> Marks {
        Marks { settled, pending }
    }

    #[test]
    fn a_crash_between_two_writes_locks_nobody_out() {
        let (one, two) = (mark(1, "a"), mark(2, "b"));
        // Before the first, after it is noted here, after the server has it, after it is settled.
        for (ours, servers) in [
            (marks(None, None), None),
            (marks(None, Some(one.clone())), None),
            (marks(None, Some(one.clone())), Some(&one)),
            (marks(Some(one.clone()), None), Some(&one)),
            (marks(Some(one.clone()), Some(two.clone())), Some(&one)),
            (marks(Some(one.clone()), Some(two.clone())), Some(&two)),
        ] {
            assert_eq!(ours.judge(servers), Verdict::Current, "{ours:?} {servers:?}");
        }
    }

    #[test]
    fn what_others_have_overtaken_is_outdated() {
        let (one, two) = (mark(1, "a"), mark(2, "b"));
        for (ours, servers) in [
            (marks(None, None), &one),
            (marks(Some(one.clone()), None), &two),
            (marks(Some(one.clone()), None), &mark(1, "c")),
            // Two copies went on from the same mark, and the other came first.
            (marks(Some(one.clone()), Some(two.clone())), &mark(2, "c")),
            (marks(Some(one.clone()), Some(two.clone())), &mark(3, "c")),
        ] {
            assert_eq!(
                ours.judge(Some(servers)),
                Verdict::Outdated,
                "{ours:?} {servers:?}"
            );
        }
    }

    #[test]
    fn a_server_that_went_back_locks_nobody_out() {
        let ours = marks(Some(mark(7, "g")), None);
        assert_eq!(ours.judge(Some(&mark(5, "e"))), Verdict::ServerIsBehind);
        assert_eq!(ours.judge(None), Verdict::ServerIsBehind);
        assert!(ours.next(Some(&mark(5, "e"))).number > 7);
    }

    #[test]
    fn a_mark_that_may_be_on_its_way_is_written_again() {
        let (one, two) = (mark(1, "a"), mark(2, "b"));
        let ours = marks(Some(one.clone()), Some(two.clone()));
        assert_eq!(ours.next(Some(&one)), two);
        assert_eq!(ours.next(Some(&two)).number, 3);
        assert_eq!(marks(Some(two), None).next(Some(&mark(2, "b"))).number, 3);
    }
}
