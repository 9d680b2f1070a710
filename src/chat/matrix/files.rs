//! Files that people drop, fetched apart from the reading.

use matrix_sdk::{
    media::{MediaFormat, MediaRequestParameters},
    ruma::events::room::message::FileMessageEventContent,
};
use tokio::sync::oneshot;

use super::{
    Matrix,
    platform::sender,
    replies::{self, Asked},
    sync::Connection,
};
use crate::chat::{Attachment, Event, Place, Unread};

impl Connection {
    /// Fetches a file that somebody dropped and hands it on. The reading does not wait for it.
    pub(super) fn dropped(&self, asked: Asked, place: Place, file: FileMessageEventContent) {
        let (matrix, events) = (self.matrix.clone(), self.events.clone());
        tokio::spawn(async move {
            let name = file.filename().to_owned();
            let (mut files, mut unread) = (Vec::new(), Vec::new());
            match fetched(&matrix, &asked, file).await {
                Ok(bytes) => files.push(Attachment {
                    name,
                    bytes: bytes.into(),
                }),
                Err(why) => unread.push((name, why)),
            }
            let (reply, answer) = oneshot::channel();
            let event = Event::Dropped {
                sender: sender(&asked.room, &asked.sender).await,
                place,
                files,
                unread,
                origin: asked.origin(),
                reply,
            };
            if events.send(event).await.is_ok() {
                replies::answer(matrix, asked, answer).await;
            }
        });
    }
}

async fn fetched(matrix: &Matrix, asked: &Asked, file: FileMessageEventContent) -> Result<Vec<u8>, Unread> {
    let size = file.info.as_ref().and_then(|info| info.size).map(u64::from);
    if size.is_some_and(|size| size > Attachment::MAX_BYTES as u64) {
        return Err(Unread::TooLarge);
    }
    let request = MediaRequestParameters {
        source: file.source,
        format: MediaFormat::File,
    };
    let fetched = matrix.client.media().get_media_content(&request, false).await;
    let bytes = fetched.map_err(|error| {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            room = %asked.room.room_id(),
            "a file could not be fetched"
        );
        Unread::NotFetched
    })?;
    // What a message says of its file need not be true.
    if bytes.len() > Attachment::MAX_BYTES {
        return Err(Unread::TooLarge);
    }
    Ok(bytes)
}
