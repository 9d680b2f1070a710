//! The first answer to an interaction, within three seconds.

use serde_json::{Value, json};

use super::{
    super::{
        interaction::{Interaction, Kind, Step},
        message::{EPHEMERAL, LOADING},
        refusal::{Refusal, known},
        snowflake::Id,
        state::State,
    },
    Answer, Call, Outcome, command_form, component,
    content::Draft,
    form::list,
    id, messages,
};

const MESSAGE: u64 = 4;
const LATER_MESSAGE: u64 = 5;
const LATER_CHANGE: u64 = 6;
const CHANGE: u64 = 7;
const CHOICES: u64 = 8;
const MODAL: u64 = 9;

pub fn answer(state: &mut State, call: &Call, method: &str, steps: &[&str]) -> Outcome {
    let ("POST", ["interactions", interaction, token, "callback"]) = (method, steps) else {
        return Err(known::NOT_FOUND);
    };
    let interaction = state.interactions.awaited(id(interaction)?, token)?;
    let kind = call.body["type"].as_u64().unwrap_or_default();
    if !is_fitting(interaction, kind) {
        let message = "This interaction callback type is not allowed here.";
        return Err(Refusal::form(
            "type",
            "INTERACTION_CALLBACK_TYPE_INVALID",
            message,
        ));
    }
    let (place, source) = (interaction.channel, interaction.source);
    let data = &call.body["data"];
    let step = match kind {
        LATER_CHANGE => {
            interaction.original = source;
            Step::Acknowledged
        }
        CHOICES => Step::Choices(command_form::choices(list(&data["choices"]), "data.")?),
        MODAL => {
            component::check_modal(data)?;
            Step::Modal(data.clone())
        }
        CHANGE => {
            let message = source.expect("only what has a message fits");
            let draft = Draft {
                channel: place,
                body: data,
                files: &call.files,
            };
            messages::change(state, &draft, message)?;
            state.interactions.awaited(id(steps[1])?, token)?.original = source;
            Step::Changed(message)
        }
        _ => show(state, call, token, kind)?,
    };
    let known = state.interactions.awaited(id(steps[1])?, token)?;
    known.steps.push(step);
    if call.is_true("with_response") {
        return Answer::with(response(state, token, kind));
    }
    Answer::nothing()
}

/// Which answers fit what somebody did.
fn is_fitting(interaction: &Interaction, kind: u64) -> bool {
    match interaction.kind {
        Kind::Autocomplete => kind == CHOICES,
        Kind::Command => matches!(kind, MESSAGE | LATER_MESSAGE | MODAL),
        Kind::Component => matches!(kind, MESSAGE..=CHANGE | MODAL),
        // No modal comes from a modal.
        Kind::Modal if interaction.source.is_some() => matches!(kind, MESSAGE..=CHANGE),
        Kind::Modal => matches!(kind, MESSAGE | LATER_MESSAGE),
    }
}

/// A message, or the promise of one.
fn show(state: &mut State, call: &Call, token: &str, kind: u64) -> Result<Step, Refusal> {
    let (channel, data) = (state.interactions.get(token).channel, &call.body["data"]);
    let is_private = data["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0;
    let is_loading = kind == LATER_MESSAGE;
    let parts = if is_loading {
        json!({})
    } else {
        let draft = Draft {
            channel,
            body: data,
            files: &call.files,
        };
        draft.compose(state)?
    };
    let message = state.answer_with(token, parts, is_private, is_loading);
    Ok(if is_loading {
        Step::Loading
    } else {
        Step::Message(message)
    })
}

impl State {
    /// Puts an answer to an interaction into its channel; the first is what `@original` names.
    pub fn answer_with(&mut self, token: &str, mut parts: Value, is_private: bool, is_loading: bool) -> Id {
        let interaction = self.interactions.get(token);
        let (channel, by) = (interaction.channel, interaction.by);
        let is_first = interaction.original.is_none();
        parts["application_id"] = json!(self.application.id);
        parts["webhook_id"] = json!(self.application.id);
        parts["interaction_metadata"] = interaction.metadata.clone();
        parts["type"] = if interaction.kind == Kind::Command && is_first {
            20
        } else {
            0
        }
        .into();
        let flag = |is_set: bool, flag: u64| if is_set { flag } else { 0 };
        let flags = parts["flags"].as_u64().unwrap_or_default();
        parts["flags"] = (flags | flag(is_private, EPHEMERAL) | flag(is_loading, LOADING)).into();
        let bot = self.application.bot;
        let message = self.post(channel, bot, parts, is_private.then_some(by));
        let interaction = self.interactions.get_mut(token);
        if is_first {
            interaction.original = Some(message);
            interaction.is_private = is_private;
            interaction.is_loading = is_loading;
        }
        message
    }
}

/// What is said of a callback to whoever asks.
fn response(state: &State, token: &str, kind: u64) -> Value {
    let interaction = state.interactions.get(token);
    let mut told =
        json!({ "id": interaction.id, "type": interaction.kind.number(), "channel_id": interaction.channel });
    let mut response = json!({});
    if let Some(original) = interaction.original {
        told["response_message_id"] = json!(original);
        told["response_message_loading"] = interaction.is_loading.into();
        told["response_message_ephemeral"] = interaction.is_private.into();
        if matches!(kind, MESSAGE | CHANGE)
            && let Ok(message) = state.message(interaction.channel, original)
        {
            response["resource"] = json!({ "type": kind, "message": message.seen_by(state.application.bot) });
        }
    }
    response["interaction"] = told;
    response
}
