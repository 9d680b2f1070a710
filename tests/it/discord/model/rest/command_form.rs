//! The form of a slash command: names, descriptions, options, choices, and what each may look like.

use serde_json::{Map, Value, json};

use super::{
    super::refusal::Refusal,
    form::{at_most, few, list},
};

/// The languages in which Discord's clients speak.
const LOCALES: [&str; 33] = [
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk",
    "vi", "zh-CN",
];
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const ITEMS_MAX: usize = 25;
/// Characters of a command with all that is in it, in the longest language.
const TOTAL_MAX: usize = 8_000;

/// Reads a command, and gives it as it is kept but for its ids.
pub fn read(form: &Value) -> Result<Value, Refusal> {
    let mut command = named(form, "")?;
    command["type"] = form["type"].as_u64().unwrap_or(1).into();
    command["default_member_permissions"] = match &form["default_member_permissions"] {
        Value::Number(number) => number.to_string().into(),
        given => given.clone(),
    };
    command["nsfw"] = (form["nsfw"] == true).into();
    command["dm_permission"] = (form["dm_permission"] != false).into();
    command["integration_types"] = json!([0]);
    command["contexts"] = form["contexts"].clone();
    let options = options(form, "", 0)?;
    if !options.is_empty() {
        command["options"] = options.into();
    }
    let size = size(&command);
    if size > TOTAL_MAX {
        let message = format!("Command exceeds maximum size of {TOTAL_MAX}: {size}");
        return Err(Refusal::form(
            "options",
            "APPLICATION_COMMAND_TOO_LARGE",
            &message,
        ));
    }
    Ok(command)
}

/// The longest name and description of each part, and the values of choices.
fn size(part: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let longest = |what: &str| {
        let others = part[format!("{what}_localizations")].as_object();
        let others = others.into_iter().flat_map(Map::values).map(length);
        others.chain([length(&part[what])]).max().unwrap_or_default()
    };
    let inner = ["options", "choices"]
        .into_iter()
        .flat_map(|inner| list(&part[inner]));
    longest("name") + longest("description") + length(&part["value"]) + inner.map(size).sum::<usize>()
}

/// The name and description that commands and options have, in each language.
fn named(form: &Value, path: &str) -> Result<Value, Refusal> {
    let name = form["name"].as_str().unwrap_or_default();
    check_name(name, &format!("{path}name"))?;
    let description = form["description"].as_str().unwrap_or_default();
    check_description(description, &format!("{path}description"))?;
    let mut read = json!({ "name": name, "description": description });
    for (field, check) in [
        (
            "name_localizations",
            check_name as fn(&str, &str) -> Result<(), Refusal>,
        ),
        ("description_localizations", check_description),
    ] {
        read[field] = Value::Null;
        if let Some(given) = form[field].as_object() {
            for (locale, text) in given {
                let path = format!("{path}{field}.{locale}");
                if !LOCALES.contains(&locale.as_str()) {
                    let message = format!("Value must be one of {LOCALES:?}.");
                    return Err(Refusal::form(&path, "ENUM_TYPE_COERCE", &message));
                }
                check(text.as_str().unwrap_or_default(), &path)?;
            }
            read[field] = form[field].clone();
        }
    }
    Ok(read)
}

/// Lower case where there is such a thing; letters, digits, hyphen, underscore, apostrophe.
fn check_name(name: &str, path: &str) -> Result<(), Refusal> {
    let is_fair = |letter: char| letter.is_alphanumeric() || "-_'".contains(letter);
    let length = name.chars().count();
    if (1..=32).contains(&length) && name.chars().all(is_fair) && name.to_lowercase() == name {
        return Ok(());
    }
    let message = "Command name is invalid";
    Err(Refusal::form(path, "APPLICATION_COMMAND_INVALID_NAME", message))
}

fn check_description(description: &str, path: &str) -> Result<(), Refusal> {
    if description.is_empty() {
        return Err(Refusal::required(path));
    }
    at_most(description, 100, path)
}

fn options(form: &Value, path: &str, depth: u32) -> Result<Vec<Value>, Refusal> {
    let given = list(&form["options"]);
    few(given, ITEMS_MAX, &format!("{path}options"))?;
    let mut names: Vec<&Value> = given.iter().map(|option| &option["name"]).collect();
    names.sort_by_key(|name| name.as_str());
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        let message = "Option name is already used";
        return Err(Refusal::form(
            &format!("{path}options"),
            "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE",
            message,
        ));
    }
    let is_ordered = given.is_sorted_by_key(|option| option["required"] != true);
    if !is_ordered {
        let message = "Required options must be placed before non-required options";
        let path = format!("{path}options");
        return Err(Refusal::form(
            &path,
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            message,
        ));
    }
    given
        .iter()
        .enumerate()
        .map(|(number, option)| one(option, &format!("{path}options.{number}."), depth))
        .collect()
}

fn one(option: &Value, path: &str, depth: u32) -> Result<Value, Refusal> {
    let mut read = named(option, path)?;
    let kind = option["type"].as_u64().unwrap_or_default();
    read["type"] = kind.into();
    let is_misplaced = (kind == GROUP && depth > 0) || (kind == SUBCOMMAND && depth > 1);
    if !(1..=11).contains(&kind) || is_misplaced {
        let message = "Sub-command option type is not allowed here";
        return Err(Refusal::form(
            &format!("{path}type"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            message,
        ));
    }
    if matches!(kind, SUBCOMMAND | GROUP) {
        read["options"] = options(option, path, depth + 1)?.into();
        return Ok(read);
    }
    for field in ["required", "autocomplete"] {
        if option[field] == true {
            read[field] = true.into();
        }
    }
    for field in [
        "min_length",
        "max_length",
        "min_value",
        "max_value",
        "channel_types",
    ] {
        if !option[field].is_null() {
            read[field] = option[field].clone();
        }
    }
    let choices = choices(list(&option["choices"]), path)?;
    if !choices.is_empty() {
        if option["autocomplete"] == true {
            let message = "Autocomplete cannot be set with choices";
            return Err(Refusal::form(
                &format!("{path}choices"),
                "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
                message,
            ));
        }
        read["choices"] = choices.into();
    }
    Ok(read)
}

/// What is offered; the same form serves the answer to an autocompletion.
pub fn choices(choices: &[Value], path: &str) -> Result<Vec<Value>, Refusal> {
    few(choices, ITEMS_MAX, &format!("{path}choices"))?;
    let read = choices.iter().enumerate().map(|(number, choice)| {
        let path = format!("{path}choices.{number}");
        let name = choice["name"].as_str().unwrap_or_default();
        if name.is_empty() {
            return Err(Refusal::required(&format!("{path}.name")));
        }
        at_most(name, 100, &format!("{path}.name"))?;
        at_most(
            choice["value"].as_str().unwrap_or_default(),
            100,
            &format!("{path}.value"),
        )?;
        let mut read = json!({ "name": name, "value": choice["value"] });
        if let Some(localised) = choice["name_localizations"].as_object() {
            for text in localised.values() {
                at_most(
                    text.as_str().unwrap_or_default(),
                    100,
                    &format!("{path}.name_localizations"),
                )?;
            }
            read["name_localizations"] = choice["name_localizations"].clone();
        } else {
            read["name_localizations"] = Value::Null;
        }
        Ok(read)
    });
    read.collect()
}
