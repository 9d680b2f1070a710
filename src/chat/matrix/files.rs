//! Files that people drop, fetched when they are wanted.

use std::{sync::Arc, time::Duration};

use matrix_sdk::{
    media::{MediaFormat, MediaRequestParameters},
    ruma::{OwnedRoomId, events::room::message::FileMessageEventContent},
};
use tokio::{
    sync::{Semaphore, oneshot},
    time::timeout,
};

use super::{
    Matrix,
    platform::sender,
    replies::{self, Asked},
    sync::Connection,
};
use crate::chat::{Attachment, DroppedFile, Event, Place, Unread};

/// How many files are fetched at the same time: each is in memory whole, and a homeserver passes on some that are larger than those
/// that are taken.
const AT_ONCE: usize = 2;

/// How long one may take, for which the client sets no limit.
const PATIENCE: Duration = Duration::from_mins(1);

/// Lets some files be fetched while others wait.
#[derive(Clone)]
pub(super) struct Fetching(Arc<Semaphore>);

impl Default for Fetching {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Connection {
    /// Hands on that somebody dropped a file, which is left where it is until it is wanted.
    pub(super) async fn dropped(&self, asked: Asked, place: Place, file: FileMessageEventContent) {
        let name = file.filename().to_owned();
        let (matrix, room) = (self.matrix.clone(), asked.room.room_id().to_owned());
        let file = DroppedFile::new(name, async move { matrix.fetched(file, room).await });
        let (reply, answer) = oneshot::channel();
        let event = Event::Dropped {
            sender: sender(&asked.room, &asked.sender).await,
            place,
            files: vec![file],
            origin: asked.origin(),
            reply,
        };
        self.hand_on(event).await;
        tokio::spawn(replies::answer(self.matrix.clone(), asked, answer));
    }
}

impl Matrix {
    async fn fetched(&self, file: FileMessageEventContent, room: OwnedRoomId) -> Result<Arc<[u8]>, Unread> {
        let size = file.info.as_ref().and_then(|info| info.size).map(u64::from);
        if size.is_some_and(|size| size > Attachment::MAX_BYTES as u64) {
            return Err(Unread::TooLarge);
        }
        let request = MediaRequestParameters {
            source: file.source,
            format: MediaFormat::File,
        };
        // The semaphore is never closed.
        let _turn = self.fetching.0.acquire().await;
        let media = self.client.media();
        let fetched = timeout(PATIENCE, media.get_media_content(&request, false)).await;
        let bytes = match fetched {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, %room, "a file could not be fetched");
                return Err(Unread::NotFetched);
            }
            Err(_elapsed) => {
                tracing::warn!(%room, "a file could not be fetched in time");
                return Err(Unread::NotFetched);
            }
        };
        // What a message says of its file need not be true.
        if bytes.len() > Attachment::MAX_BYTES {
            return Err(Unread::TooLarge);
        }
        Ok(bytes.into())
    }
}
