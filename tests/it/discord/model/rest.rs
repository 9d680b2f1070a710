//! REST: from a request to what Discord would do and say.

mod body;
mod callback;
mod channels;
mod command_form;
mod commands;
mod component;
mod content;
mod embed;
mod form;
mod guilds;
mod messages;
mod reactions;
mod webhooks;

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    refusal::{Refusal, known},
    route::Route,
    snowflake::Id,
    state::{File, State},
};
pub use body::read as read_body;
pub use body::read_query;
pub use form::list as list_of;

/// One request, read.
#[derive(Debug)]
pub struct Call {
    pub route: Route,
    pub query: HashMap<String, String>,
    /// `Authorization`, as it came.
    pub token: Option<String>,
    /// Null where there is none.
    pub body: Value,
    pub files: Vec<File>,
}

/// What goes back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// None of a 204.
    pub body: Option<Value>,
}

type Outcome = Result<Answer, Refusal>;

#[expect(clippy::unnecessary_wraps, reason = "each is what a handler ends with")]
impl Answer {
    fn with(body: Value) -> Outcome {
        Ok(Self {
            status: 200,
            body: Some(body),
        })
    }

    fn created(body: Value) -> Outcome {
        Ok(Self {
            status: 201,
            body: Some(body),
        })
    }

    fn nothing() -> Outcome {
        Ok(Self {
            status: 204,
            body: None,
        })
    }
}

impl Call {
    /// A number of the query within its bounds.
    fn number(&self, name: &str, default: usize, max: usize) -> Result<usize, Refusal> {
        let Some(text) = self.query.get(name) else {
            return Ok(default);
        };
        let number = text.parse().ok().filter(|number| (1..=max).contains(number));
        number.ok_or_else(|| {
            Refusal::form(
                name,
                "NUMBER_TYPE_MAX",
                &format!("int value should be between 1 and {max}."),
            )
        })
    }

    fn id(&self, name: &str) -> Result<Option<Id>, Refusal> {
        let Some(text) = self.query.get(name) else {
            return Ok(None);
        };
        let id = text.parse().map_err(|_| not_a_snowflake(name))?;
        Ok(Some(id))
    }

    fn is_true(&self, name: &str) -> bool {
        matches!(self.query.get(name).map(String::as_str), Some("true" | "1"))
    }
}

fn not_a_snowflake(path: &str) -> Refusal {
    Refusal::form(path, "NUMBER_TYPE_COERCE", "Value is not snowflake.")
}

/// Does what is asked, for the bot or for whoever holds an interaction's token.
pub fn answer(state: &mut State, call: &Call) -> Outcome {
    if !call.route.is_of_interaction() && !state.takes_token(call.token.as_deref().unwrap_or_default()) {
        return Err(known::UNAUTHORISED);
    }
    let steps: Vec<&str> = call.route.steps.iter().map(String::as_str).collect();
    let (method, first) = (call.route.method.as_str(), steps.first().copied());
    match first {
        Some("gateway") => gateway(state, method, &steps),
        Some("users") => guilds::users(state, call, method, &steps),
        Some("guilds") => guilds::answer(state, method, &steps),
        Some("applications") => commands::answer(state, call, method, &steps),
        Some("oauth2") if steps[1..] == ["applications", "@me"] => Answer::with(state.application()),
        Some("channels") => channels::answer(state, call, method, &steps),
        Some("interactions") => callback::answer(state, call, method, &steps),
        Some("webhooks") => webhooks::answer(state, call, method, &steps),
        _ => Err(known::NOT_FOUND),
    }
}

fn gateway(state: &State, method: &str, steps: &[&str]) -> Outcome {
    match (method, steps) {
        ("GET", ["gateway"]) => Answer::with(json!({ "url": format!("ws://{}", state.address) })),
        ("GET", ["gateway", "bot"]) => Answer::with(state.gateway_for_bots()),
        _ => Err(known::NOT_FOUND),
    }
}

/// The id in a step of the path.
fn id(step: &str) -> Result<Id, Refusal> {
    step.parse().map_err(|_| not_a_snowflake("id"))
}
