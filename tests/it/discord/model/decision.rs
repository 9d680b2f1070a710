//! What becomes of a request: limits, then faults, then what it asks for, then whether Discord would have had it.

use std::time::Instant;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, header},
};
use serde_json::Value;

use super::{
    World, journal,
    limits::Verdict,
    openapi,
    refusal::Refusal,
    rest::{self, Answer, Call, read_body, read_query},
    route::Route,
    state::State,
};

/// A request as it came.
pub struct Asked<'a> {
    pub route: Route,
    /// After `/api/v10`.
    pub path: &'a str,
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub bytes: &'a Bytes,
}

/// What goes back.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Value>,
    /// What was asked is done, and nobody is told.
    pub is_lost: bool,
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

    /// Whether Discord holds it against whoever asked.
    fn is_held_against(&self) -> bool {
        let is_shared = || self.headers.iter().any(|(_, value)| value == "shared");
        matches!(self.status, 401 | 403) || (self.status == 429 && !is_shared())
    }
}

impl Asked<'_> {
    /// Does what is asked and says what goes back.
    pub fn decide(self, world: &World) -> Reply {
        let now = Instant::now();
        let mut state = world.lock();
        if state.limits.is_banned(now) {
            let mut reply = Reply::bare(429);
            reply.headers.push(("retry-after", "600".to_owned()));
            return reply;
        }
        let wave = state.faults.wave;
        let verdict = state.limits.judge(&self.route, wave, now);
        let (reply, call) = self.reply(&mut state, verdict);
        if reply.is_held_against() {
            state.limits.hold_against(now);
        }
        state.journal.requests.push(journal::Request {
            at: now,
            method: self.route.method.clone(),
            route: self.route.template.clone(),
            path: self.path.to_owned(),
            status: reply.status,
        });
        let is_checked = !state.is_unchecked;
        drop(state);
        let violations = call.map(|call| violations(&call, &reply, is_checked));
        if let Some(violations) = violations.filter(|violations| !violations.is_empty()) {
            world.lock().journal.violations.extend(violations);
        }
        reply
    }

    fn text(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn read(&self) -> Result<Call, Refusal> {
        let (body, files) = read_body(self.text(header::CONTENT_TYPE), self.bytes)?;
        Ok(Call {
            route: self.route.clone(),
            query: read_query(self.query),
            token: self.text(header::AUTHORIZATION).map(str::to_owned),
            body,
            files,
        })
    }

    fn reply(&self, state: &mut State, verdict: Verdict) -> (Reply, Option<Call>) {
        if verdict.refusal.is_some() {
            let reply = Reply {
                status: 429,
                headers: verdict.headers,
                body: verdict.refusal,
                is_lost: false,
            };
            return (reply, self.read().ok());
        }
        let failure = state
            .faults
            .failures
            .as_mut()
            .and_then(|failures| failures.strikes().then_some((failures.status, failures.is_done)));
        if let Some((status, false)) = failure {
            return (Reply::bare(status), None);
        }
        let (call, outcome) = match self.read() {
            Ok(call) => {
                let outcome = rest::answer(state, &call);
                (Some(call), outcome)
            }
            Err(refusal) => (None, Err(refusal)),
        };
        let answer = outcome.unwrap_or_else(|refusal| Answer {
            status: refusal.status,
            body: Some(refusal.body()),
        });
        if let Some((status, true)) = failure {
            return (Reply::bare(status), call);
        }
        let is_new_message = self.route.method == "POST" && self.route.template == "/channels/{id}/messages";
        let is_lost = is_new_message && answer.status == 200 && state.faults.hangs > 0;
        state.faults.hangs -= usize::from(is_lost);
        let reply = Reply {
            status: answer.status,
            headers: verdict.headers,
            body: answer.body,
            is_lost,
        };
        (reply, call)
    }
}

/// What Discord would not have, of what was asked and of what is answered.
fn violations(call: &Call, reply: &Reply, is_checked: bool) -> Vec<String> {
    let mut violations = Vec::new();
    if let Some(body) = reply.body.as_ref().filter(|body| body["code"] == 50_035) {
        violations.push(format!("{} {}: {body}", call.route.method, call.route.template));
    }
    if let Some(specification) = openapi::specification().filter(|_| is_checked) {
        violations.extend(specification.faults_of_request(call));
        if reply.status < 500 {
            let faults = specification.faults_of_answer(call, reply.status, reply.body.as_ref());
            violations.extend(faults);
        }
    }
    violations
}
