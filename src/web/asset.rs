//! The parts of the page, which are in the binary, and the pictures of the chat.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{
        HeaderMap,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{Html, IntoResponse, Response},
};

use super::{
    gate::accepted_language,
    page::Page,
    problem::{Problem, Refusal},
};

const INDEX: &str = include_str!("page/index.html");

/// The parts of the page: a name, what it is, and its text.
const PARTS: [(&str, &str, &str); 9] = [
    ("card.js", SCRIPT, include_str!("page/card.js")),
    ("composer.js", SCRIPT, include_str!("page/composer.js")),
    ("element.js", SCRIPT, include_str!("page/element.js")),
    ("form.js", SCRIPT, include_str!("page/form.js")),
    ("icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    ("messages.js", SCRIPT, include_str!("page/messages.js")),
    (
        "page.css",
        "text/css; charset=utf-8",
        include_str!("page/page.css"),
    ),
    ("page.js", SCRIPT, include_str!("page/page.js")),
    ("server.js", SCRIPT, include_str!("page/server.js")),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What a browser may show as a picture. Whatever else it is called, it is a download.
const PICTURES: [&str; 4] = ["image/gif", "image/jpeg", "image/png", "image/webp"];

/// `GET /`.
pub(super) async fn index(State(page): State<Arc<Page>>) -> Html<String> {
    let needs_script = page.voices.all().map(|voice| voice.page_needs_script()).join(" ");
    Html(INDEX.replace("{needs-script}", &needs_script))
}

/// `GET /page/NAME`.
pub(super) async fn part(
    State(page): State<Arc<Page>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let part = PARTS.iter().find(|(part, ..)| *part == name);
    let Some((_, kind, text)) = part else {
        return Err(Refusal::Nowhere.in_words(page.voices.of(accepted_language(&headers))));
    };
    Ok(([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "no-cache")], *text).into_response())
}

/// `GET /picture/ID`. A picture goes by the digest of its bytes, so it never changes.
pub(super) async fn picture(
    State(page): State<Arc<Page>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let refuse = |refusal: Refusal| refusal.in_words(page.voices.of(accepted_language(&headers)));
    let stored = page
        .chat
        .picture(&id)
        .await
        .map_err(|error| refuse(error.into()))?;
    let stored = stored.ok_or_else(|| refuse(Refusal::Nowhere))?;
    let bytes = stored.bytes().map_err(|error| refuse(error.into()))?;
    let known = PICTURES.into_iter().find(|kind| *kind == stored.media_type);
    let kind = known.unwrap_or("application/octet-stream");
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}
