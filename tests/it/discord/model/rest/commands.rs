//! Slash commands: the list of them, put as a whole.

use serde_json::{Value, json};

use super::{
    super::{
        refusal::{Refusal, known},
        snowflake::Id,
        state::State,
    },
    Answer, Call, Outcome, command_form, id,
};

/// Commands that an application may have.
const COMMANDS_MAX: usize = 100;

pub fn answer(state: &mut State, call: &Call, method: &str, steps: &[&str]) -> Outcome {
    if steps[1..] == ["@me"] && method == "GET" {
        return Answer::with(state.application());
    }
    if id(steps.get(1).copied().unwrap_or_default())? != state.application.id {
        return Err(known::UNKNOWN_APPLICATION);
    }
    match (method, &steps[2..]) {
        ("GET", ["commands"]) => {
            let with_all = call.is_true("with_localizations");
            let commands = state.application.commands.iter().cloned();
            Answer::with(
                commands
                    .map(|command| {
                        if with_all {
                            command
                        } else {
                            without_localisations(command)
                        }
                    })
                    .collect(),
            )
        }
        ("PUT", ["commands"]) => put(state, call),
        ("POST", ["commands"]) => {
            let command = keep(state, &call.body)?;
            let name = command["name"].clone();
            state.application.commands.retain(|one| one["name"] != name);
            state.application.commands.push(command.clone());
            Answer::created(command)
        }
        ("DELETE", ["commands", command]) => {
            let gone = id(command)?;
            let commands = &mut state.application.commands;
            let before = commands.len();
            commands.retain(|command| Id::of(&command["id"]) != Some(gone));
            if commands.len() == before {
                return Err(known::UNKNOWN_COMMAND);
            }
            Answer::nothing()
        }
        _ => Err(known::NOT_FOUND),
    }
}

/// What a list says unless it is asked for more.
fn without_localisations(mut command: Value) -> Value {
    if let Some(fields) = command.as_object_mut() {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    for list in ["options", "choices"] {
        if let Some(parts) = command.get_mut(list).and_then(Value::as_array_mut) {
            for part in parts {
                *part = without_localisations(part.take());
            }
        }
    }
    command
}

fn put(state: &mut State, call: &Call) -> Outcome {
    let Some(wanted) = call.body.as_array() else {
        return Err(Refusal::form(
            "",
            "BASE_TYPE_BAD_TYPE",
            "Only iterables may be used in a ListType.",
        ));
    };
    if wanted.len() > COMMANDS_MAX {
        return Err(known::TOO_MANY_COMMANDS);
    }
    let mut kept: Vec<Value> = Vec::with_capacity(wanted.len());
    for command in wanted {
        let command = keep(state, command)?;
        if kept
            .iter()
            .any(|one| one["name"] == command["name"] && one["type"] == command["type"])
        {
            let message = "Application command names must be unique";
            return Err(Refusal::form(
                "name",
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                message,
            ));
        }
        kept.push(command);
    }
    state.application.commands.clone_from(&kept);
    Answer::with(kept.into())
}

/// A command as it is kept: of the same name as one that is there, it is that one.
fn keep(state: &mut State, form: &Value) -> Result<Value, Refusal> {
    let mut command = command_form::read(form)?;
    let application = state.application.id;
    let same = |one: &&Value| one["name"] == command["name"] && one["type"] == command["type"];
    let old = state.application.commands.iter().find(same).cloned();
    let id = old.as_ref().and_then(|old| Id::of(&old["id"]));
    let id = id.unwrap_or_else(|| state.next_id());
    let old_version = old.as_ref().and_then(|old| Id::of(&old["version"]));
    command["id"] = json!(id);
    command["application_id"] = json!(application);
    command["version"] = json!(old_version);
    if old.as_ref() != Some(&command) {
        command["version"] = json!(state.next_id());
    }
    Ok(command)
}
