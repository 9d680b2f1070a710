//! The server around the state: one lock, one bell, one port.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract,
    http::{HeaderMap, Request, Response, StatusCode, header},
};
use serde_json::Value;
use tokio::{sync::Notify, time::timeout};

use super::{
    gateway, journal,
    limits::Verdict,
    rest::{self, Answer, Call, read_body, read_query},
    route::Route,
    state::State,
};

/// How long anything may take on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(1);
/// The largest body that is read at all.
const BODY_MAX: usize = 30 * 1024 * 1024;

/// The state, for all who act on it.
pub struct World {
    state: Mutex<State>,
    stirred: Notify,
}

impl World {
    pub fn new(state: State) -> Self {
        Self {
            state: Mutex::new(state),
            stirred: Notify::new(),
        }
    }

    /// The state, also after a test failed while it looked at it.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something, and lets all who wait look again.
    pub fn act<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut self.lock());
        self.stir();
        done
    }

    pub fn stir(&self) {
        self.stirred.notify_waiters();
    }

    /// Waits until something is found.
    pub async fn until<T>(&self, what: &str, check: impl FnMut(&mut State) -> Option<T>) -> T {
        let found = timeout(PATIENCE, self.find(check)).await;
        found.unwrap_or_else(|_| panic!("never: {what}"))
    }

    /// Looks each time that something happened.
    pub async fn find<T>(&self, mut check: impl FnMut(&mut State) -> Option<T>) -> T {
        loop {
            let mut stirred = std::pin::pin!(self.stirred.notified());
            stirred.as_mut().enable();
            if let Some(found) = check(&mut self.lock()) {
                return found;
            }
            stirred.await;
        }
    }
}

/// All that the server answers.
pub fn router(world: &Arc<World>) -> Router {
    Router::new().fallback(serve).with_state(Arc::clone(world))
}

async fn serve(
    extract::State(world): extract::State<Arc<World>>,
    mut request: Request<Body>,
) -> Response<Body> {
    if world.lock().faults.is_away {
        return plain(StatusCode::BAD_GATEWAY, "error code: 502");
    }
    if let Some(response) = gateway::accept(&world, &mut request) {
        return response;
    }
    let path = request.uri().path().to_owned();
    if let Some(path) = path.strip_prefix("/api/v10") {
        return ask(&world, path, request).await;
    }
    match path.strip_prefix("/attachments/") {
        Some(path) => attachment(&world, path),
        None => plain(StatusCode::NOT_FOUND, "404: Not Found"),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

fn attachment(world: &World, path: &str) -> Response<Body> {
    let id = path.split('/').nth(1).and_then(|id| id.parse().ok());
    let file = id.and_then(|id| world.lock().files.get(&id).cloned());
    file.map_or_else(
        || plain(StatusCode::NOT_FOUND, "This content is no longer available."),
        |file| Response::new(Body::from(file.bytes)),
    )
}

/// One request of REST.
async fn ask(world: &Arc<World>, path: &str, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let route = Route::read(parts.method.as_str(), path);
    // Whoever hangs up in the middle of a body has asked for nothing.
    let Ok(bytes) = to_bytes(body, BODY_MAX).await else {
        return plain(StatusCode::BAD_REQUEST, "");
    };
    let query = parts.uri.query().unwrap_or_default();
    let reply = decide(world, (route, path), query, &parts.headers, &bytes);
    world.stir();
    let latency = world.lock().faults.latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    if reply.is_lost {
        // The client hangs up in the end, and that ends this too.
        std::future::pending::<()>().await;
    }
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    let response = match reply.body {
        Some(body) => response
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string())),
        None => response.body(Body::empty()),
    };
    response.expect("it is a fair response")
}

struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
    /// What was asked is done, and nobody is told.
    is_lost: bool,
}

impl Reply {
    fn bare(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
            is_lost: false,
        }
    }
}

/// What becomes of a request: limits, then faults, then what it asks for.
fn decide(
    world: &World,
    (route, path): (Route, &str),
    query: &str,
    headers: &HeaderMap,
    bytes: &Bytes,
) -> Reply {
    let now = Instant::now();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let mut state = world.lock();
    if state.limits.is_banned(now) {
        let mut reply = Reply::bare(429);
        reply.headers.push(("retry-after", "600".to_owned()));
        return reply;
    }
    let mut entry = journal::Request {
        at: now,
        method: route.method.clone(),
        route: route.template.clone(),
        path: path.to_owned(),
        status: 0,
    };
    let wave = state.faults.wave;
    let verdict = state.limits.judge(&route, wave, now);
    let is_shared = verdict.headers.iter().any(|(_, value)| value == "shared");
    let reply = reply(&mut state, route, verdict, || {
        let (body, files) = read_body(text(header::CONTENT_TYPE), bytes)?;
        let token = text(header::AUTHORIZATION).map(str::to_owned);
        Ok((read_query(query), token, body, files))
    });
    if matches!(reply.status, 401 | 403) || (reply.status == 429 && !is_shared) {
        state.limits.hold_against(now);
    }
    entry.status = reply.status;
    state.journal.requests.push(entry);
    reply
}

type Read = (
    std::collections::HashMap<String, String>,
    Option<String>,
    Value,
    Vec<super::state::File>,
);

fn reply(
    state: &mut State,
    route: Route,
    verdict: Verdict,
    read: impl FnOnce() -> Result<Read, super::refusal::Refusal>,
) -> Reply {
    if let Some(body) = verdict.refusal {
        return Reply {
            status: 429,
            headers: verdict.headers,
            body: Some(body),
            is_lost: false,
        };
    }
    let failure = state
        .faults
        .failures
        .as_ref()
        .filter(|failures| failures.strikes());
    let failure = failure.map(|failures| (failures.status, failures.is_done));
    if let Some((status, false)) = failure {
        return Reply::bare(status);
    }
    let is_new_message = route.method == "POST" && route.template == "/channels/{id}/messages";
    let outcome = read().and_then(|(query, token, body, files)| {
        let call = Call {
            route,
            query,
            token,
            body,
            files,
        };
        rest::answer(state, &call)
    });
    let answer = outcome.unwrap_or_else(|refusal| Answer {
        status: refusal.status,
        body: Some(refusal.body()),
    });
    if let Some((status, true)) = failure {
        return Reply::bare(status);
    }
    let is_lost = is_new_message && answer.status == 200 && state.faults.hangs > 0;
    if is_lost {
        state.faults.hangs -= 1;
    }
    Reply {
        status: answer.status,
        headers: verdict.headers,
        body: answer.body,
        is_lost,
    }
}
