//! What was asked of REST, and what was wrong with it: a test reads it afterwards.

use std::time::Instant;

/// One request and its answer.
#[derive(Debug, Clone)]
pub struct Request {
    pub at: Instant,
    pub method: String,
    /// The path with `{id}` for each id: `/channels/{id}/messages`.
    pub route: String,
    pub path: String,
    pub status: u16,
}

#[derive(Default)]
pub struct Journal {
    pub requests: Vec<Request>,
    /// What no client of Discord may do, and what the model may not answer.
    pub violations: Vec<String>,
}

impl Journal {
    /// The requests of a route, in order.
    pub fn of(&self, method: &str, route: &str) -> impl Iterator<Item = &Request> {
        self.requests
            .iter()
            .filter(move |request| request.method == method && request.route == route)
    }
}
