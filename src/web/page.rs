//! The embedded chat's page: what it is made of, and who looks at it.

use std::sync::Arc;

use axum::{
    Router,
    extract::{
        DefaultBodyLimit, FromRequest, FromRequestParts, Query, Request, State, rejection::JsonRejection,
    },
    http::{HeaderMap, StatusCode, request::Parts},
    middleware,
    routing::{get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use tokio_util::sync::CancellationToken;

use super::{
    DemoClock, Gate, act, asset, feed,
    gate::{accepted_language, guard},
    problem::{Problem, Refusal},
};
use crate::{
    chat::{
        Attachment,
        embedded::{Cast, DoorError, Embedded, Person},
    },
    domain::language::Language,
    i18n::{Voice, Voices},
};

/// Largest request but for files: a form with every field full.
const BODY_MAX: usize = 1024 * 1024;

/// What the page needs.
pub(crate) struct Page {
    /// The chat that it shows.
    pub(crate) chat: Arc<Embedded>,
    /// The clock that it shows and moves.
    pub(crate) clock: Arc<dyn DemoClock>,
    /// The words that it says.
    pub(crate) voices: Arc<Voices>,
    /// Who may come in.
    pub(crate) gate: Gate,
    /// Ends what pages listen to.
    pub(crate) stop: CancellationToken,
}

impl Page {
    /// The page behind its gate.
    pub(crate) fn router(self) -> Router {
        let page = Arc::new(self);
        let files = post(act::drop_files).layer(DefaultBodyLimit::max(Attachment::MAX_BYTES));
        Router::new()
            .route("/", get(asset::index))
            .route("/page/{name}", get(asset::part))
            .route("/picture/{id}", get(asset::picture))
            .route("/events", get(feed::events))
            .route("/api/messages", get(feed::messages))
            .route("/api/say", post(act::say))
            .route("/api/press", post(act::press))
            .route("/api/react", post(act::react))
            .route("/api/submit", post(act::submit))
            .route("/api/complete", post(act::complete))
            .route("/api/clock", post(act::leap))
            .layer(DefaultBodyLimit::max(BODY_MAX))
            .route("/api/drop", files)
            .fallback(nowhere)
            .layer(middleware::from_fn_with_state(Arc::clone(&page), guard))
            .with_state(page)
    }
}

async fn nowhere(State(page): State<Arc<Page>>, headers: HeaderMap) -> Problem {
    let voice = page.voices.of(accepted_language(&headers));
    Refusal::Nowhere.in_words(voice)
}

/// Whom the page is shown to: the person that `as` names, or else the first whom one can be.
pub(super) struct Viewer {
    pub(super) page: Arc<Page>,
    pub(super) person: Arc<Person>,
    pub(super) language: Language,
}

impl Viewer {
    pub(super) fn chat(&self) -> &Embedded {
        &self.page.chat
    }

    pub(super) fn voice(&self) -> &Voice {
        self.page.voices.of(self.language)
    }

    /// A refusal in their language.
    pub(super) fn refuse(&self, refusal: impl Into<Refusal>) -> Problem {
        refusal.into().in_words(self.voice())
    }
}

#[derive(Deserialize)]
struct Mask {
    #[serde(rename = "as")]
    person: Option<String>,
}

impl FromRequestParts<Arc<Page>> for Viewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, page: &Arc<Page>) -> Result<Self, Problem> {
        let refuse = |refusal: Refusal| refusal.in_words(page.voices.of(accepted_language(&parts.headers)));
        let Ok(Query(mask)) = Query::<Mask>::try_from_uri(&parts.uri) else {
            return Err(refuse(Refusal::Malformed));
        };
        let person = match mask.person {
            Some(id) => page.chat.person(&id),
            None => page
                .chat
                .people()
                .into_iter()
                .find(|person| person.cast == Cast::Lead),
        };
        let person = person.ok_or_else(|| refuse(DoorError::UnknownPerson.into()))?;
        Ok(Self {
            page: Arc::clone(page),
            language: Language::from_locale(&person.locale).unwrap_or(Language::English),
            person,
        })
    }
}

/// What the page sends, as JSON.
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Page>> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, page: &Arc<Page>) -> Result<Self, Problem> {
        let language = accepted_language(request.headers());
        match axum::Json::from_request(request, page).await {
            Ok(axum::Json(sent)) => Ok(Self(sent)),
            Err(rejection) => Err(unread(&rejection).in_words(page.voices.of(language))),
        }
    }
}

fn unread(rejection: &JsonRejection) -> Refusal {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let max = DoorError::TEXT_MAX;
        DoorError::TooLong { max }.into()
    } else {
        Refusal::Malformed
    }
}
