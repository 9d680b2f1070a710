//! The page's router, asked as a browser asks and as others might.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{Method, Request, Response, StatusCode, header},
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::*;
use crate::{
    chat::{
        Answer, Card, Event, Field, FieldKind, Form, Picture, Platform,
        embedded::{
            Embedded,
            tests::{StoppedClock, chat},
        },
    },
    clock::Clock,
    i18n::Voices,
};

const TOKEN: &str = "0707070707070707070707070707070707070707070707070707070707070707";

impl DemoClock for StoppedClock {
    fn zone(&self) -> TimeZone {
        TimeZone::get("America/Montreal").unwrap()
    }

    fn destination(&self) -> Timestamp {
        self.now()
    }

    fn advance_to(&self, _instant: Timestamp) {}

    fn next_event(&self) -> BoxFuture<'_, anyhow::Result<Option<Timestamp>>> {
        async { Ok(None) }.boxed()
    }
}

struct Site {
    chat: Arc<Embedded>,
    events: mpsc::Receiver<Event>,
    router: Router,
}

async fn site() -> Site {
    let (chat, events) = chat().await;
    let page = Page {
        chat: Arc::clone(&chat),
        clock: Arc::new(StoppedClock),
        voices: Arc::new(Voices::load()),
        gate: Gate::new(8787, Token::new([7; 32])),
        stop: CancellationToken::new(),
    };
    let router = page.router();
    Site { chat, events, router }
}

/// A request as the page makes it.
fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "127.0.0.1:8787")
        .header(header::COOKIE, format!("other=1; relais-8787={TOKEN}"))
}

impl Site {
    async fn ask(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> Response<Body> {
        self.ask(request(Method::GET, path).body(Body::empty()).unwrap())
            .await
    }

    async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let request = request(Method::POST, path)
            .header(header::ORIGIN, "http://127.0.0.1:8787")
            .header(header::CONTENT_TYPE, "application/json");
        let response = self
            .ask(request.body(Body::from(body.to_string())).unwrap())
            .await;
        (response.status(), json_of(response).await)
    }
}

async fn bytes_of(response: Response<Body>) -> Bytes {
    to_bytes(response.into_body(), usize::MAX).await.unwrap()
}

async fn json_of(response: Response<Body>) -> Value {
    serde_json::from_slice(&bytes_of(response).await).unwrap()
}

#[tokio::test]
async fn the_printed_address_opens_the_page_and_leaves_no_token_in_it() {
    let site = site().await;
    let url = Gate::new(8787, Token::new([7; 32])).url();
    assert_eq!(url, format!("http://127.0.0.1:8787/?token={TOKEN}"));
    let opening = Request::get(format!("/?token={TOKEN}")).header(header::HOST, "localhost:8787");
    let welcome = site.ask(opening.body(Body::empty()).unwrap()).await;
    assert_eq!(welcome.status(), StatusCode::SEE_OTHER);
    assert_eq!(welcome.headers()[header::LOCATION], "/");
    let cookie = welcome.headers()[header::SET_COOKIE].to_str().unwrap();
    assert_eq!(
        cookie,
        format!("relais-8787={TOKEN}; Path=/; HttpOnly; SameSite=Strict")
    );

    let index = site.get("/").await;
    assert_eq!(index.status(), StatusCode::OK);
    let policy = index.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"));
    let index = String::from_utf8(bytes_of(index).await.to_vec()).unwrap();
    for part in index.split('"').filter(|part| part.starts_with("/page/")) {
        assert_eq!(site.get(part).await.status(), StatusCode::OK, "{part}");
    }
    assert!(!index.contains("://"), "the page asks nobody else for anything");
}

#[tokio::test]
async fn who_has_no_token_comes_from_elsewhere_or_by_another_name_stays_out() {
    let site = site().await;
    let good = ("127.0.0.1:8787", None, Some(TOKEN));
    let cases = [
        (good, StatusCode::OK),
        (
            ("localhost:8787", Some("http://localhost:8787"), Some(TOKEN)),
            StatusCode::OK,
        ),
        (("[::1]:8787", None, Some(TOKEN)), StatusCode::OK),
        (("127.0.0.1:8787", None, None), StatusCode::UNAUTHORIZED),
        (("127.0.0.1:8787", None, Some("07")), StatusCode::UNAUTHORIZED),
        (("evil.example:8787", None, Some(TOKEN)), StatusCode::FORBIDDEN),
        (("127.0.0.1:8788", None, Some(TOKEN)), StatusCode::FORBIDDEN),
        (("127.0.0.1", None, Some(TOKEN)), StatusCode::FORBIDDEN),
        (
            ("127.0.0.1:8787", Some("http://evil.example"), Some(TOKEN)),
            StatusCode::FORBIDDEN,
        ),
        (
            ("127.0.0.1:8787", Some("http://127.0.0.1:9999"), Some(TOKEN)),
            StatusCode::FORBIDDEN,
        ),
        (
            ("127.0.0.1:8787", Some("null"), Some(TOKEN)),
            StatusCode::FORBIDDEN,
        ),
        (
            ("127.0.0.1:8787", Some("https://127.0.0.1:8787"), Some(TOKEN)),
            StatusCode::FORBIDDEN,
        ),
    ];
    for path in ["/", "/page/page.js", "/events", "/api/messages?room=relais"] {
        for ((host, origin, token), status) in cases {
            let mut request = Request::get(path).header(header::HOST, host);
            if let Some(origin) = origin {
                request = request.header(header::ORIGIN, origin);
            }
            if let Some(token) = token {
                request = request.header(header::COOKIE, format!("relais-8787={token}"));
            }
            let response = site.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(response.status(), status, "{path} {host} {origin:?} {token:?}");
        }
    }
    let wrong = Request::get("/?token=07").header(header::HOST, "127.0.0.1:8787");
    let wrong = site.ask(wrong.body(Body::empty()).unwrap()).await;
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    assert!(wrong.headers().get(header::SET_COOKIE).is_none());
    let nameless = Request::get("/").header(header::COOKIE, format!("relais-8787={TOKEN}"));
    let nameless = site.ask(nameless.body(Body::empty()).unwrap()).await;
    assert_eq!(nameless.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn refusals_are_sentences_in_the_language_of_whoever_asks() {
    let site = site().await;
    let unknown = site
        .post("/api/say?as=nobody", &json!({ "room": "relais", "text": "x" }))
        .await;
    assert_eq!(unknown.0, StatusCode::NOT_FOUND);
    assert_eq!(
        unknown.1,
        json!({ "error": "There is nobody by that name here." })
    );
    let cases = [
        (
            "/api/say",
            json!({ "room": "nowhere", "text": "x" }),
            StatusCode::NOT_FOUND,
        ),
        (
            "/api/say",
            json!({ "room": "direct:bob", "text": "x" }),
            StatusCode::NOT_FOUND,
        ),
        (
            "/api/say",
            json!({ "room": "relais", "text": "" }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "/api/say",
            json!({ "room": "relais", "text": "é".repeat(100_000) }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("/api/say", json!({ "room": "relais" }), StatusCode::BAD_REQUEST),
        (
            "/api/say",
            json!({ "room": "relais", "text": "x".repeat(2_000_000) }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "/api/press",
            json!({ "room": "relais", "under": "x", "button": "v1" }),
            StatusCode::NOT_FOUND,
        ),
        ("/api/clock", json!({ "by": "back" }), StatusCode::BAD_REQUEST),
        ("/api/nothing", json!({}), StatusCode::NOT_FOUND),
    ];
    for (path, body, status) in cases {
        let (refused, sentence) = site.post(&format!("{path}?as=anne"), &body).await;
        assert_eq!(refused, status, "{path}");
        assert!(sentence["error"].as_str().unwrap().ends_with('.'), "{sentence}");
    }
    let (_, sentence) = site
        .post("/api/say?as=anne", &json!({ "room": "nowhere", "text": "x" }))
        .await;
    assert_eq!(
        sentence["error"],
        "Ce salon n’existe pas, ou vous n’y avez pas accès."
    );
    assert_eq!(
        site.get("/api/messages?as=anne&room=direct:bob").await.status(),
        StatusCode::NOT_FOUND
    );
}

/// The next event of a feed: its name and what it says.
async fn heard(feed: &mut (impl StreamExt<Item = Result<Bytes, axum::Error>> + Unpin)) -> (String, Value) {
    let bytes = feed.next().await.unwrap().unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let line = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap()
            .trim()
            .to_owned()
    };
    (line("event:"), serde_json::from_str(&line("data:")).unwrap())
}

#[tokio::test]
async fn a_page_hears_a_snapshot_and_then_what_concerns_its_person() {
    let mut site = site().await;
    let mut feed = site.get("/events?as=anne").await.into_body().into_data_stream();
    let (name, snapshot) = heard(&mut feed).await;
    assert_eq!(name, "snapshot");
    assert_eq!(
        snapshot["me"],
        json!({ "id": "anne", "name": "Anne", "language": "fr" })
    );
    assert_eq!(snapshot["clock"]["shown"], "lundi 23 novembre à 8\u{A0}h\u{A0}59");
    assert_eq!(snapshot["words"]["send"], "Envoyer");

    site.chat
        .send_direct("bob", &Card::paragraph("for Bob"), "k1")
        .await
        .unwrap();
    site.chat
        .send(&Embedded::address("relais"), &Card::paragraph("for all"), "k2")
        .await
        .unwrap();
    let (name, message) = heard(&mut feed).await;
    assert_eq!((name.as_str(), &message["room"]), ("message", &json!("relais")));
    assert_eq!(
        message["card"]["blocks"][0],
        json!({ "block": "paragraph", "text": "for all" })
    );

    let press = json!({ "room": "relais", "under": message["id"], "button": "v1" });
    let answer = async {
        let Some(Event::Pressed { reply, .. }) = site.events.recv().await else {
            panic!("a button was pressed");
        };
        let picture = Picture {
            name: "a.png".to_owned(),
            media_type: "image/png".to_owned(),
            alt: "A".to_owned(),
            bytes: Arc::from(*b"png"),
        };
        let card = Card {
            picture: Some(picture),
            ..Card::paragraph("noted")
        };
        reply.send(Answer::private(card)).unwrap();
    };
    let request =
        request(Method::POST, "/api/press?as=anne").header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from(press.to_string())).unwrap();
    let (pressed, ()) = tokio::join!(site.router.clone().oneshot(request), answer);
    assert_eq!(json_of(pressed.unwrap()).await, json!({}));
    let (name, whisper) = heard(&mut feed).await;
    assert_eq!((name.as_str(), &whisper["under"]), ("whisper", &message["id"]));
    assert_eq!(whisper["card"]["picture"]["base64"], "cG5n");
}

#[tokio::test]
async fn a_form_comes_back_as_the_answer() {
    let mut site = site().await;
    let form = Form {
        id: "ask".to_owned(),
        title: "Ask".to_owned(),
        mistakes: vec!["Too short".to_owned()],
        by_text: String::new(),
        send: "Send".into(),
        fields: vec![Field {
            id: "kind".to_owned(),
            label: "Kind".to_owned(),
            hint: None,
            value: "call".to_owned(),
            kind: FieldKind::OneOf(vec![("call".to_owned(), "Call".to_owned())]),
            is_required: true,
        }],
    };
    let router = site.router.clone();
    let body = json!({ "room": "relais", "form": "ask", "values": [["kind", "x"]] }).to_string();
    let request =
        request(Method::POST, "/api/submit?as=bob").header(header::CONTENT_TYPE, "application/json");
    let (answer, ()) = tokio::join!(router.oneshot(request.body(Body::from(body)).unwrap()), async {
        let Some(Event::Submitted { values, reply, .. }) = site.events.recv().await else {
            panic!("a form was sent");
        };
        assert_eq!(values, [("kind".to_owned(), "x".to_owned())]);
        reply.send(Answer::Form(form)).unwrap();
    });
    let answer = json_of(answer.unwrap()).await;
    assert_eq!(answer["form"]["mistakes"], json!(["Too short"]));
    let field = json!({
        "id": "kind", "label": "Kind", "hint": null, "value": "call", "kind": "one-of",
        "choices": [["call", "Call"]], "required": true,
    });
    assert_eq!(answer["form"]["fields"], json!([field]));
}

#[tokio::test]
async fn files_arrive_byte_for_byte_and_not_too_many_bytes() {
    let mut site = site().await;
    let path = "/api/drop?as=anne&room=relais&files=%5B%5B%22a.csv%22%2C3%5D%5D";
    let drop = |bytes: Vec<u8>| request(Method::POST, path).body(Body::from(bytes)).unwrap();
    let (dropped, ()) = tokio::join!(site.router.clone().oneshot(drop(vec![0xFF, 0, 0x0A])), async {
        let Some(Event::Dropped { mut files, .. }) = site.events.recv().await else {
            panic!("a file was dropped");
        };
        let file = files.remove(0).fetch().await.unwrap();
        assert_eq!(
            (file.name.as_str(), &*file.bytes),
            ("a.csv", &[0xFF, 0, 0x0A][..])
        );
    });
    assert_eq!(dropped.unwrap().status(), StatusCode::OK);
    assert_eq!(site.ask(drop(vec![0; 4])).await.status(), StatusCode::BAD_REQUEST);
    let too_large = site.ask(drop(vec![0; 10 * 1024 * 1024 + 1])).await;
    assert_eq!(too_large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let page = json_of(site.get("/api/messages?as=anne&room=relais").await).await;
    assert_eq!(page["messages"][0]["files"], json!(["a.csv"]));
}

#[tokio::test]
async fn a_picture_is_served_as_what_it_is_and_nothing_else() {
    let site = site().await;
    for (media_type, served) in [
        ("image/png", "image/png"),
        ("image/svg+xml", "application/octet-stream"),
    ] {
        let picture = Picture {
            name: "a".to_owned(),
            media_type: media_type.to_owned(),
            alt: "A".to_owned(),
            bytes: Arc::from(media_type.as_bytes()),
        };
        let card = Card {
            picture: Some(picture),
            ..Card::default()
        };
        site.chat
            .send(&Embedded::address("relais"), &card, media_type)
            .await
            .unwrap();
        let page = json_of(site.get("/api/messages?as=anne&room=relais").await).await;
        let last = page["messages"].as_array().unwrap().last().unwrap();
        let response = site
            .get(last["card"]["picture"]["address"].as_str().unwrap())
            .await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], served);
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(bytes_of(response).await, media_type.as_bytes());
    }
    assert_eq!(site.get("/picture/none").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn health_needs_no_key() {
    let request = Request::get("/health").body(Body::empty()).unwrap();
    let response = health_router().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_page_that_is_open_does_not_hold_up_the_stop() {
    let (chat, _events) = chat().await;
    let stop = CancellationToken::new();
    let page = Page {
        chat,
        clock: Arc::new(StoppedClock),
        voices: Arc::new(Voices::load()),
        gate: Gate::new(8787, Token::new([7; 32])),
        stop: stop.clone(),
    };
    let request = request(Method::GET, "/events").body(Body::empty()).unwrap();
    let mut feed = page
        .router()
        .oneshot(request)
        .await
        .unwrap()
        .into_body()
        .into_data_stream();
    assert_eq!(heard(&mut feed).await.0, "snapshot");
    stop.cancel();
    assert!(feed.next().await.is_none());
}

proptest! {
    #[test]
    fn what_is_typed_comes_back_to_the_letter(text in "[^/]\\PC{0,40}|[^/](?s).{0,40}") {
        prop_assume!(!text.trim().is_empty());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let shown = runtime.block_on(async {
            let site = site().await;
            let said = site.post("/api/say?as=bob", &json!({ "room": "relais", "text": text })).await;
            assert_eq!(said.0, StatusCode::OK);
            json_of(site.get("/api/messages?as=anne&room=relais").await).await
        });
        prop_assert_eq!(&shown["messages"][0]["text"], &json!(text));
    }
}
