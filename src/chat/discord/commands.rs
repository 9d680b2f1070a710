//! The commands, as Discord's clients are told of them: those of one first word are one command with subcommands.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Discord, text::shortened};
use crate::chat::{CommandShape, Holds, Localised, ParameterShape, SendError};

/// The longest name.
const NAME_MAX: usize = 32;
/// The longest description, and the longest choice.
const DESCRIPTION_MAX: usize = 100;
/// The most choices.
const CHOICES_MAX: usize = 25;
/// How many files are taken where a command takes some.
const FILES: usize = 9;
/// What somebody must be allowed in a server for their client to show what is not for everybody, until its administrators say otherwise:
/// to manage messages.
const PERMISSION: &str = "8192";
/// A command's kind, and its parameters' kinds.
const CHAT_INPUT: u64 = 1;
const SUBCOMMAND: u64 = 1;
const STRING: u64 = 3;
const ATTACHMENT: u64 = 11;
/// What Discord tells back of a command that we told it.
const KEPT: [&str; 12] = [
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "default_member_permissions",
    "contexts",
    "integration_types",
    "options",
    "choices",
    "required",
    "autocomplete",
];

impl Discord {
    /// Tells Discord of these commands and none else, where it knows others.
    pub(super) async fn tell_commands(&self, commands: &[CommandShape]) -> Result<(), SendError> {
        let Some(identity) = self.identity.get() else {
            return Err(SendError::Retry {
                after: None,
                source: anyhow::anyhow!("the bot is not connected yet"),
            });
        };
        let application = identity.application;
        let wanted = described(commands);
        let known = self.rest.commands(application).await;
        let known = known.map_err(super::rest::Failure::of_deed)?;
        if by_name(&known) == by_name(&wanted) {
            return Ok(());
        }
        let told = self.rest.put_commands(application, wanted).await;
        told.map_err(super::rest::Failure::of_deed)?;
        tracing::info!("Discord was told of the commands anew");
        Ok(())
    }
}

/// The commands as Discord takes them.
fn described(commands: &[CommandShape]) -> Vec<Value> {
    let mut families: Vec<(String, Vec<&CommandShape>)> = Vec::new();
    for command in commands {
        let first = first_of(&command.name.en);
        match families.iter_mut().find(|(known, _)| known == first) {
            Some((_, family)) => family.push(command),
            None => families.push((first.to_owned(), vec![command])),
        }
    }
    families.iter().map(|(_, family)| one(family)).collect()
}

const fn whole(name: &str) -> &str {
    name
}

/// The first word of a name.
fn first_of(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(first, _)| first)
}

/// What follows the first word of a name.
fn rest_of(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(_, rest)| rest)
}

/// The commands of one first word.
fn one(family: &[&CommandShape]) -> Value {
    let [first, ..] = family else { return Value::Null };
    let is_whole = !first.name.en.contains(' ');
    let mut command = if is_whole {
        shape(first, whole, parameters(first))
    } else {
        // The one command is never seen: clients show its subcommands.
        let subcommands = family.iter().map(|command| {
            let mut subcommand = shape(command, rest_of, parameters(command));
            subcommand["type"] = SUBCOMMAND.into();
            subcommand
        });
        shape(first, first_of, subcommands.collect())
    };
    command["type"] = CHAT_INPUT.into();
    command["contexts"] = json!([0, 1]);
    // It comes with the bot into servers, never with a person into others.
    command["integration_types"] = json!([0]);
    if !family.iter().any(|command| command.is_for_everybody) {
        command["default_member_permissions"] = PERMISSION.into();
    }
    command
}

fn shape(command: &CommandShape, part: fn(&str) -> &str, options: Vec<Value>) -> Value {
    let names = Localised {
        en: part(&command.name.en).to_owned(),
        fr: part(&command.name.fr).to_owned(),
    };
    let mut shape = named(&names, &command.help);
    shape["options"] = options.into();
    shape
}

fn parameters(command: &CommandShape) -> Vec<Value> {
    command.parameters.iter().flat_map(parameter).collect()
}

fn parameter(parameter: &ParameterShape) -> Vec<Value> {
    let mut shape = named(&parameter.name, &parameter.help);
    shape["type"] = match parameter.holds {
        Holds::File | Holds::Files => ATTACHMENT,
        Holds::Text | Holds::OneOf(_) | Holds::Suggested => STRING,
    }
    .into();
    if parameter.is_required {
        shape["required"] = true.into();
    }
    match &parameter.holds {
        Holds::Suggested => shape["autocomplete"] = true.into(),
        Holds::OneOf(choices) => shape["choices"] = choices.iter().take(CHOICES_MAX).map(choice).collect(),
        Holds::Files => {
            return (1..=FILES)
                .map(|number| numbered(&parameter.name, &shape, number))
                .collect();
        }
        Holds::Text | Holds::File => {}
    }
    vec![shape]
}

/// One of several files.
fn numbered(names: &Localised, shape: &Value, number: usize) -> Value {
    let mut shape = shape.clone();
    shape["name"] = name(&format!("{}_{number}", names.en)).into();
    shape["name_localizations"] = json!({ "fr": name(&format!("{}_{number}", names.fr)) });
    shape
}

fn choice((value, label): &(String, Localised)) -> Value {
    json!({
        "name": shortened(&label.en, DESCRIPTION_MAX),
        "name_localizations": { "fr": shortened(&label.fr, DESCRIPTION_MAX) },
        "value": value,
    })
}

fn named(names: &Localised, help: &Localised) -> Value {
    json!({
        "name": name(&names.en),
        "name_localizations": { "fr": name(&names.fr) },
        "description": shortened(&help.en, DESCRIPTION_MAX),
        "description_localizations": { "fr": shortened(&help.fr, DESCRIPTION_MAX) },
    })
}

/// A name as Discord takes it: lower case, and nothing but letters, digits, `-`, `_` and `'`.
pub(super) fn name(text: &str) -> String {
    let plain = text.replace(['’', '‘'], "'").replace(' ', "-").to_lowercase();
    let known = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    plain.chars().filter(known).take(NAME_MAX).collect()
}

/// Commands by their name, with what matters of each: Discord tells them in its own order, and tells more.
fn by_name(commands: &[Value]) -> BTreeMap<String, Value> {
    let mut by_name = BTreeMap::new();
    for command in commands {
        // Two of one name cannot both be ours.
        let name = format!("{}:{}", command["name"], command["type"]);
        by_name.insert(name, what_matters(command));
    }
    by_name
}

/// A command, parameter or choice without what is as if it were not said.
fn what_matters(of: &Value) -> Value {
    let Some(object) = of.as_object() else {
        return of.clone();
    };
    let is_said = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let mut kept = Map::new();
    for (key, value) in object {
        let is_kept = KEPT.contains(&key.as_str()) || key == "value";
        if !is_kept || !is_said(value) {
            continue;
        }
        let value = match value {
            Value::Array(items) => items.iter().map(what_matters).collect(),
            other => other.clone(),
        };
        kept.insert(key.clone(), value);
    }
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn localised(en: &str, fr: &str) -> Localised {
        Localised {
            en: en.into(),
            fr: fr.into(),
        }
    }

    fn command(en: &str, fr: &str, is_for_everybody: bool, parameters: Vec<ParameterShape>) -> CommandShape {
        CommandShape {
            name: localised(en, fr),
            help: localised("Help.", "Aide."),
            parameters,
            is_for_everybody,
        }
    }

    fn given(en: &str, fr: &str, holds: Holds, is_required: bool) -> ParameterShape {
        ParameterShape {
            name: localised(en, fr),
            help: localised("What.", "Quoi."),
            holds,
            is_required,
        }
    }

    fn catalogue() -> Vec<CommandShape> {
        let languages = Holds::OneOf(vec![("fr".into(), localised("French", "français"))]);
        vec![
            command("today", "Aujourd’hui", true, vec![]),
            command(
                "ask show",
                "action voir",
                false,
                vec![given("ask", "action", Holds::Suggested, true)],
            ),
            command(
                "ask approve",
                "action approuver",
                false,
                vec![given("language", "langue", languages, false)],
            ),
            command(
                "calendar import",
                "calendrier importer",
                false,
                vec![given("picture", "image", Holds::Files, false)],
            ),
        ]
    }

    #[test]
    fn commands_of_one_first_word_are_subcommands() {
        let described = described(&catalogue());
        let names: Vec<_> = described
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["today", "ask", "calendar"]);
        assert_eq!(described[0]["name_localizations"]["fr"], "aujourd'hui");
        assert_eq!(described[0].get("default_member_permissions"), None);
        let ask = &described[1];
        assert_eq!(ask["default_member_permissions"], PERMISSION);
        assert_eq!(ask["name_localizations"]["fr"], "action");
        assert_eq!(
            ask["options"][0],
            json!({
                "type": 1, "name": "show", "name_localizations": { "fr": "voir" },
                "description": "Help.", "description_localizations": { "fr": "Aide." },
                "options": [{
                    "type": 3, "name": "ask", "name_localizations": { "fr": "action" },
                    "description": "What.", "description_localizations": { "fr": "Quoi." },
                    "required": true, "autocomplete": true,
                }],
            })
        );
        let language = &ask["options"][1]["options"][0];
        assert_eq!(
            language["choices"],
            json!([{ "name": "French", "name_localizations": { "fr": "français" }, "value": "fr" }])
        );
        let pictures = described[2]["options"][0]["options"].as_array().unwrap();
        assert_eq!(
            (pictures.len(), &pictures[8]["name"], &pictures[8]["type"]),
            (9, &json!("picture_9"), &json!(11))
        );
    }

    #[test]
    fn what_discord_tells_back_is_known_again_and_a_change_is_seen() {
        let ours = described(&catalogue());
        let mut theirs = ours.clone();
        theirs.reverse();
        for command in &mut theirs {
            command["id"] = "12".into();
            command["version"] = "13".into();
            command["nsfw"] = false.into();
            command["integration_types"] = json!([0]);
            if command.get("default_member_permissions").is_none() {
                command["default_member_permissions"] = Value::Null;
            }
        }
        theirs[1]["options"][0]["options"][0]["channel_types"] = json!([]);
        theirs[1]["options"][1]["options"][0]["required"] = false.into();
        assert_eq!(by_name(&theirs), by_name(&ours));
        let changes: [fn(&mut Value); 4] = [
            |command| command["options"][0]["description"] = "Other.".into(),
            |command| command["options"][0]["options"][0]["required"] = false.into(),
            |command| command["default_member_permissions"] = Value::Null,
            |command| command["options"][1]["options"][0]["choices"][0]["value"] = "en".into(),
        ];
        for change in changes {
            let mut changed = theirs.clone();
            change(&mut changed[1]);
            assert_ne!(by_name(&changed), by_name(&ours));
        }
        assert_ne!(by_name(&theirs[1..]), by_name(&ours));
    }
}
