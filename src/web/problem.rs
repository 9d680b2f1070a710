//! What is refused, as a sentence in the person's language.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    chat::{Attachment, embedded::DoorError},
    i18n::Voice,
};

/// Why a request is not answered as it wished.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It comes by a name that is not ours, or from another site.
    Stranger,
    /// It bears no token, or a wrong one.
    Keyless,
    /// There is nothing at its address.
    Nowhere,
    /// It makes no sense.
    Malformed,
    /// Its body is too large.
    TooLarge,
    /// The chat refuses.
    Door(DoorError),
    /// Something failed.
    Failed(anyhow::Error),
}

/// A refusal, in words.
pub(super) struct Problem {
    status: StatusCode,
    sentence: String,
}

impl Refusal {
    /// The refusal in words. A failure is logged here, once.
    pub(super) fn in_words(self, voice: &Voice) -> Problem {
        let (status, sentence) = match self {
            Self::Stranger => (StatusCode::FORBIDDEN, voice.page_problem_origin()),
            Self::Keyless => (StatusCode::UNAUTHORIZED, voice.page_problem_key()),
            Self::Nowhere => (StatusCode::NOT_FOUND, voice.page_problem_nowhere()),
            Self::Malformed => (StatusCode::BAD_REQUEST, voice.page_problem_request()),
            Self::TooLarge => too_large(voice),
            Self::Door(error) => by_the_door(error, voice),
            Self::Failed(error) => failed(&error, voice),
        };
        Problem { status, sentence }
    }
}

fn by_the_door(error: DoorError, voice: &Voice) -> (StatusCode, String) {
    match error {
        DoorError::UnknownPerson => (StatusCode::NOT_FOUND, voice.page_problem_person()),
        DoorError::UnknownRoom => (StatusCode::NOT_FOUND, voice.page_problem_room()),
        DoorError::UnknownMessage => (StatusCode::NOT_FOUND, voice.page_problem_message()),
        DoorError::Empty => (StatusCode::UNPROCESSABLE_ENTITY, voice.page_problem_empty()),
        DoorError::TooLong { max } => (StatusCode::UNPROCESSABLE_ENTITY, too_long(voice, max)),
        DoorError::TooLarge => too_large(voice),
        DoorError::Unanswered => (StatusCode::GATEWAY_TIMEOUT, voice.page_problem_unanswered()),
        DoorError::Stopping => (StatusCode::SERVICE_UNAVAILABLE, voice.page_problem_stopping()),
        DoorError::Failed(error) => failed(&error, voice),
    }
}

/// What is said of a text that is longer than so many characters, here or on the page before it is sent.
pub(super) fn too_long(voice: &Voice, max: usize) -> String {
    voice.page_problem_long(voice.number(i64::try_from(max).unwrap_or(i64::MAX)))
}

fn too_large(voice: &Voice) -> (StatusCode, String) {
    let mebibytes = (Attachment::MAX_BYTES / 1024 / 1024).to_string();
    let files = DoorError::FILES_MAX.to_string();
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        voice.page_problem_large(mebibytes, files),
    )
}

fn failed(error: &anyhow::Error, voice: &Voice) -> (StatusCode, String) {
    tracing::error!(
        error = format!("{error:#}"),
        "a request of the embedded chat's page failed"
    );
    (StatusCode::INTERNAL_SERVER_ERROR, voice.page_problem_failed())
}

impl From<DoorError> for Refusal {
    fn from(error: DoorError) -> Self {
        Self::Door(error)
    }
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.sentence }))).into_response()
    }
}
