//! Who may come in: whoever holds the token of this start, from this machine, through the page's own address.
//!
//! A page of another site can make a browser ask for anything on loopback. It knows no token, its `Origin` is its own, and a name
//! that it lets point to 127.0.0.1 is in `Host`: each of the three is refused by itself.

use std::{fmt::Write, net::Ipv4Addr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{
            ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, LOCATION, ORIGIN,
            REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use subtle::ConstantTimeEq;

use super::{page::Page, problem::Refusal};
use crate::domain::language::Language;

/// Nothing but what the page itself brings: no other site, no inline script, no frame.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'",
);

/// What opens the page: made anew at each start.
pub struct Token(String);

impl Token {
    /// A token of these bytes, which nobody may guess.
    pub fn new(bytes: [u8; 32]) -> Self {
        let mut digits = String::with_capacity(2 * bytes.len());
        for byte in bytes {
            // Writing to a string cannot fail.
            let _written = write!(digits, "{byte:02x}");
        }
        Self(digits)
    }

    fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

/// The guard of one listener.
pub struct Gate {
    port: u16,
    token: Token,
}

impl Gate {
    /// The guard of what listens on this port of loopback.
    pub const fn new(port: u16, token: Token) -> Self {
        Self { port, token }
    }

    /// The address that opens the page. Whoever reads it may come in.
    pub fn url(&self) -> String {
        format!(
            "http://{}:{}/?token={}",
            Ipv4Addr::LOCALHOST,
            self.port,
            self.token.0
        )
    }

    /// A cookie is sent to every port of a host, so its name has ours.
    fn cookie_name(&self) -> String {
        format!("relais-{}", self.port)
    }

    fn judge(&self, request: &Request) -> Verdict {
        let headers = request.headers();
        let Some(host) = self.own_host(headers) else {
            return Verdict::Stranger;
        };
        let mut origins = headers.get_all(ORIGIN).iter();
        if !origins.all(|origin| origin.as_bytes() == format!("http://{host}").as_bytes()) {
            return Verdict::Stranger;
        }
        if request.uri().path() == "/" && self.is_in_query(request) {
            return Verdict::Newcomer;
        }
        if self.is_in_cookies(headers) {
            Verdict::Known
        } else {
            Verdict::Keyless
        }
    }

    /// The one `Host` of the request, where it is an address of ours.
    fn own_host<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let mut hosts = headers.get_all(HOST).iter();
        let (host, None) = (hosts.next()?.to_str().ok()?, hosts.next()) else {
            return None;
        };
        let (name, port) = host.rsplit_once(':')?;
        let is_ours = matches!(name, "127.0.0.1" | "localhost" | "[::1]") && port == self.port.to_string();
        is_ours.then_some(host)
    }

    fn is_in_query(&self, request: &Request) -> bool {
        let query = request.uri().query().unwrap_or_default();
        url::form_urlencoded::parse(query.as_bytes())
            .any(|(key, value)| key == "token" && self.token.is(&value))
    }

    fn is_in_cookies(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        let cookies = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok());
        cookies
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(key, value)| key == name && self.token.is(value))
    }

    /// Lets the page have the token as a cookie that no script reads, and its address without it.
    fn welcome(&self) -> Response {
        let cookie = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Strict",
            self.cookie_name(),
            self.token.0
        );
        (
            StatusCode::SEE_OTHER,
            [(LOCATION, "/".to_owned()), (SET_COOKIE, cookie)],
        )
            .into_response()
    }
}

/// What the gate makes of a request.
enum Verdict {
    /// It comes by a name that is not ours, or from another site.
    Stranger,
    /// It bears no token.
    Keyless,
    /// It bears the token in its address.
    Newcomer,
    /// It bears the token in its cookie.
    Known,
}

/// Lets in whoever may come in, and says what the browser must not do with the answer.
pub(super) async fn guard(State(page): State<Arc<Page>>, request: Request, next: Next) -> Response {
    let refuse = |refusal: Refusal| {
        let language = accepted_language(request.headers());
        refusal.in_words(page.voices.of(language)).into_response()
    };
    let mut response = match page.gate.judge(&request) {
        Verdict::Stranger => refuse(Refusal::Stranger),
        Verdict::Keyless => refuse(Refusal::Keyless),
        Verdict::Newcomer => page.gate.welcome(),
        Verdict::Known => next.run(request).await,
    };
    let headers = response.headers_mut();
    let same_origin = HeaderValue::from_static("same-origin");
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        same_origin.clone(),
    );
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), same_origin);
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The first language of a browser, where it is one of ours.
pub(super) fn accepted_language(headers: &HeaderMap) -> Language {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok());
    accepted
        .and_then(|languages| languages.split([',', ';']).next())
        .and_then(|first| Language::from_locale(first.trim()))
        .unwrap_or(Language::English)
}
