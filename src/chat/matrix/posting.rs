//! Messages, pictures and files as they are posted in a room.

use anyhow::Context;
use matrix_sdk::{
    Room,
    attachment::{AttachmentConfig, AttachmentInfo, BaseImageInfo},
    config::RequestConfig,
    ruma::{OwnedEventId, OwnedTransactionId, UInt, events::room::message::TextMessageEventContent},
};
use serde_json::{Map, Value};

use super::{dimensions, failure::send_error};
use crate::chat::{Attachment, Message, Picture, SendError};

/// Posts a message. What was sent with the same key from here in the last day is not posted again.
pub(super) async fn post_content(
    room: &Room,
    content: Map<String, Value>,
    key: Option<&str>,
) -> Result<Message, SendError> {
    let request = room.send_raw("m.room.message", Value::Object(content));
    let transaction = key.map(OwnedTransactionId::from);
    let sent = match &transaction {
        // What the server does not take now goes back to the outbox, where something may be due before it.
        Some(transaction) => {
            let once = RequestConfig::new().disable_retry();
            request
                .with_transaction_id(transaction)
                .with_request_config(once)
                .await
        }
        None => request.await,
    };
    let sent = sent.map_err(send_error)?;
    Ok(Message(sent.response.event_id.to_string()))
}

/// Posts a picture with what it shows. What was sent with the same key from here in the last day is not posted again.
pub(super) async fn post_picture(
    room: &Room,
    picture: &Picture,
    key: Option<&str>,
) -> Result<OwnedEventId, SendError> {
    let media_type = picture
        .media_type
        .parse()
        .with_context(|| format!("{:?} is no type of a picture", picture.media_type))
        .map_err(SendError::Refused)?;
    let (width, height) = dimensions::of(&picture.bytes).unzip();
    let info = BaseImageInfo {
        size: UInt::try_from(picture.bytes.len()).ok(),
        width: width.map(UInt::from),
        height: height.map(UInt::from),
        ..BaseImageInfo::default()
    };
    let transaction = key.map(|key| OwnedTransactionId::from(format!("{key}.picture")));
    let config = transaction
        .into_iter()
        .fold(AttachmentConfig::new(), AttachmentConfig::txn_id)
        .info(AttachmentInfo::Image(info))
        .caption(Some(TextMessageEventContent::plain(&picture.alt)));
    let sent = room
        .send_attachment(&picture.name, &media_type, picture.bytes.to_vec(), config)
        .await
        .map_err(send_error)?;
    Ok(sent.event_id)
}

/// Posts a file.
pub(super) async fn post_file(room: &Room, file: &Attachment) -> Result<(), SendError> {
    let sent = room.send_attachment(
        &file.name,
        &mime::APPLICATION_OCTET_STREAM,
        file.bytes.to_vec(),
        AttachmentConfig::new(),
    );
    sent.await.map_err(send_error)?;
    Ok(())
}
