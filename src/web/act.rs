//! What people do on the page: each is handed to the chat's door, and only a form comes back. Other answers come by the feed.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{
        Query,
        rejection::{BytesRejection, QueryRejection},
    },
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    clock::{self, Leap},
    page::{Sent, Viewer},
    problem::{Problem, Refusal},
    view,
};
use crate::chat::{
    Answer, Attachment, Message,
    embedded::{DoorError, Gesture, Visit},
};

/// What a deed comes to.
type Outcome = Result<Json<Value>, Problem>;

/// A text is typed.
#[derive(Deserialize)]
pub(super) struct Text {
    room: String,
    text: String,
}

/// A button is pressed.
#[derive(Deserialize)]
pub(super) struct Press {
    room: String,
    under: Option<String>,
    button: String,
}

/// A form is sent back.
#[derive(Deserialize)]
pub(super) struct Submission {
    room: String,
    under: Option<String>,
    form: String,
    values: Vec<(String, String)>,
}

/// A reaction is given or taken back.
#[derive(Deserialize)]
pub(super) struct Reaction {
    room: String,
    message: String,
    key: String,
    given: bool,
}

/// Files are dropped: their names and sizes in bytes, as JSON.
#[derive(Deserialize)]
pub(super) struct Parcel {
    room: String,
    files: String,
}

/// The clock is moved.
#[derive(Deserialize)]
pub(super) struct Move {
    by: Leap,
}

/// `POST /api/say`.
pub(super) async fn say(viewer: Viewer, Sent(text): Sent<Text>) -> Outcome {
    let said = async { visit(&viewer, &text.room, None)?.say(&text.text).await };
    answered(&viewer, said.await)
}

/// `POST /api/press`.
pub(super) async fn press(viewer: Viewer, Sent(press): Sent<Press>) -> Outcome {
    let pressed = async {
        visit(&viewer, &press.room, press.under)?
            .press(&press.button)
            .await
    };
    answered(&viewer, pressed.await)
}

/// `POST /api/submit`.
pub(super) async fn submit(viewer: Viewer, Sent(sent): Sent<Submission>) -> Outcome {
    let submitted = async {
        visit(&viewer, &sent.room, sent.under)?
            .submit(&sent.form, sent.values)
            .await
    };
    answered(&viewer, submitted.await)
}

/// `POST /api/react`.
pub(super) async fn react(viewer: Viewer, Sent(reaction): Sent<Reaction>) -> Outcome {
    let gesture = if reaction.given {
        Gesture::Give
    } else {
        Gesture::TakeBack
    };
    let message = Message(reaction.message);
    let reacted = async {
        visit(&viewer, &reaction.room, None)?
            .react(&message, &reaction.key, gesture)
            .await
    };
    reacted.await.map_err(|error| viewer.refuse(error))?;
    Ok(Json(json!({})))
}

/// `POST /api/complete`.
pub(super) async fn complete(viewer: Viewer, Sent(text): Sent<Text>) -> Outcome {
    let completed = async { visit(&viewer, &text.room, None)?.complete(&text.text).await };
    let suggestions = completed.await.map_err(|error| viewer.refuse(error))?;
    Ok(Json(view::suggestions(&suggestions)))
}

/// `POST /api/drop`: the body is the files' bytes, one after the other.
pub(super) async fn drop_files(
    viewer: Viewer,
    parcel: Result<Query<Parcel>, QueryRejection>,
    bytes: Result<Bytes, BytesRejection>,
) -> Outcome {
    let bytes = bytes.map_err(|rejection| viewer.refuse(unread(&rejection)))?;
    let files = parcel
        .ok()
        .and_then(|Query(parcel)| Some((cut(&parcel.files, &bytes)?, parcel.room)));
    let Some((files, room)) = files else {
        return Err(viewer.refuse(Refusal::Malformed));
    };
    let dropped = async { visit(&viewer, &room, None)?.drop_files(files).await };
    answered(&viewer, dropped.await)
}

/// `POST /api/clock`.
pub(super) async fn leap(viewer: Viewer, Sent(Move { by }): Sent<Move>) -> Outcome {
    let moved = clock::leap(&*viewer.page.clock, by).await;
    let moved = moved.map_err(|error| viewer.refuse(error))?;
    Ok(Json(json!({ "moved": moved })))
}

fn visit<'a>(viewer: &'a Viewer, room: &str, under: Option<String>) -> Result<Visit<'a>, DoorError> {
    let visit = viewer.chat().visit(&viewer.person.id, room)?;
    match under {
        Some(message) => visit.under(&Message(message)),
        None => Ok(visit),
    }
}

fn answered(viewer: &Viewer, answer: Result<Option<Answer>, DoorError>) -> Outcome {
    match answer.map_err(|error| viewer.refuse(error))? {
        Some(Answer::Form(form)) => Ok(Json(json!({ "form": view::form(&form) }))),
        Some(_) | None => Ok(Json(json!({}))),
    }
}

/// The files, cut out of the bytes; nothing where these are not as long as the files.
fn cut(files: &str, mut bytes: &[u8]) -> Option<Vec<Attachment>> {
    let sizes: Vec<(String, usize)> = serde_json::from_str(files).ok()?;
    let mut attachments = Vec::new();
    for (name, size) in sizes {
        let (file, rest) = bytes.split_at_checked(size)?;
        bytes = rest;
        attachments.push(Attachment {
            name,
            bytes: Arc::from(file),
        });
    }
    bytes.is_empty().then_some(attachments)
}

fn unread(rejection: &BytesRejection) -> Refusal {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::TooLarge
    } else {
        Refusal::Malformed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_cut_where_they_end() {
        let files = cut(r#"[["a.csv",2],["b.csv",0],["c.csv",3]]"#, b"aaccc").unwrap();
        let cut_up: Vec<_> = files
            .iter()
            .map(|file| (file.name.as_str(), &*file.bytes))
            .collect();
        assert_eq!(cut_up, [("a.csv", &b"aa"[..]), ("b.csv", b""), ("c.csv", b"ccc")]);
        for (sizes, bytes) in [
            (r#"[["a",3]]"#, b"aa"),
            (r#"[["a",1]]"#, b"aa"),
            ("[]", b"aa"),
            ("{}", b"aa"),
        ] {
            assert!(cut(sizes, bytes).is_none(), "{sizes}");
        }
    }
}
