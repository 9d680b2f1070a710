//! `/l/…`: pages that lead to the links of prompts, for platforms on which nobody can press such links.
//!
//! A page is named by its prompt, language and place, under a seal: it leads where that prompt leads and nowhere else. Who asks for it is
//! neither written down nor counted.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::gate::accepted_language;
use crate::{
    app::App,
    chat::Link,
    domain::{id::PromptId, language::Language},
    i18n::Voice,
    prompt,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};

/// How many pages are shown in a second at most, to all together. Each is a reading of the database.
const A_SECOND: u32 = 50;
/// The page, and what it has where it leads somewhere.
const PAGE: &str = include_str!("page/link.html");
const LEAD: &str = include_str!("page/lead.html");

/// What the pages need.
struct Links {
    app: Arc<App>,
    pace: Mutex<Pace>,
}

/// How many pages were shown in the second that runs.
struct Pace {
    since: Instant,
    shown: u32,
}

impl Links {
    /// Whether one more page may be shown now.
    fn admits(&self, now: Instant) -> bool {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        if now.duration_since(pace.since) >= Duration::from_secs(1) {
            *pace = Pace { since: now, shown: 0 };
        }
        pace.shown += 1;
        pace.shown <= A_SECOND
    }
}

/// The pages of an organisation's links.
pub fn links_router(app: Arc<App>) -> Router {
    let pace = Mutex::new(Pace {
        since: Instant::now(),
        shown: 0,
    });
    Router::new()
        .route("/l/{prompt}/{language}/{place}/{seal}", get(lead))
        .with_state(Arc::new(Links { app, pace }))
}

async fn lead(
    State(links): State<Arc<Links>>,
    Path((prompt, language, place, seal)): Path<(i64, String, usize, String)>,
    headers: HeaderMap,
) -> Response {
    let voice = links.app.voice(accepted_language(&headers));
    let named = language.parse::<Language>();
    let named = named.map(|language| (PromptId(prompt), language, place));
    // Whoever guesses is told so at no cost, and takes the place of nobody whom a link was given to.
    let Some(named) = named
        .ok()
        .filter(|named| prompt::is_sealed(&links.app, *named, &seal))
    else {
        return page(StatusCode::NOT_FOUND, voice, &voice.link_gone(), None);
    };
    if !links.admits(Instant::now()) {
        return page(StatusCode::TOO_MANY_REQUESTS, voice, &voice.link_later(), None);
    }
    match prompt::link_named(&links.app, named).await {
        Ok(Some(link)) if is_page(&link.url) => without_trace(Redirect::to(&link.url).into_response()),
        Ok(Some(link)) => {
            let voice = links.app.voice(named.1);
            page(StatusCode::OK, voice, &voice.link_open(), Some(&link))
        }
        Ok(None) => page(StatusCode::NOT_FOUND, voice, &voice.link_gone(), None),
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "a link could not be looked up");
            page(StatusCode::SERVICE_UNAVAILABLE, voice, &voice.link_later(), None)
        }
    }
}

fn is_page(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A page that says something, and that leads somewhere.
fn page(status: StatusCode, voice: &Voice, words: &str, link: Option<&Link>) -> Response {
    let mut page = PAGE
        .replace("{language}", voice.language().code())
        .replace("{words}", &escaped(words));
    if let Some(link) = link {
        let lead = LEAD.replace("{url}", &escaped(&link.url));
        page.push_str(&lead.replace("{label}", &escaped(&link.label)));
    }
    without_trace((status, Html(page)).into_response())
}

/// With what keeps a browser from telling or keeping where somebody went.
fn without_trace(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
