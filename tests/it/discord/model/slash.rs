//! A slash command as somebody's client makes it of what they type: in their language, and only if the command is so.

use serde_json::{Value, json};

use super::{
    rest::list_of,
    snowflake::Id,
    state::{File, State},
};

const SUBCOMMANDS: [u64; 2] = [1, 2];

/// What is typed.
pub struct Typed<'a> {
    /// The words of the command, apart by spaces.
    pub command: &'a str,
    pub given: &'a [(&'a str, &'a str)],
    pub files: &'a [(&'a str, File)],
    /// The parameter that is being typed, and what is there so far.
    pub focused: Option<(&'a str, &'a str)>,
}

impl Typed<'_> {
    /// What goes to the bot. Panics where the client would not let it go.
    pub fn data(&self, state: &mut State, by: Id, channel: Id) -> Value {
        assert!(state.may_command(by, channel), "no commands may be used here");
        let locale = state.locale(by).to_owned();
        let (mut path, mut names) = (Vec::new(), self.command.split(' '));
        let mut here = json!({ "options": state.application.commands });
        while let Some(inner) = list_of(&here["options"]).iter().find(|option| {
            path.is_empty()
                || option["type"]
                    .as_u64()
                    .is_some_and(|kind| SUBCOMMANDS.contains(&kind))
        }) {
            let _ = inner;
            let Some(name) = names.next() else {
                panic!("{:?} is not a whole command", self.command);
            };
            let found = list_of(&here["options"])
                .iter()
                .find(|one| is_called(one, name, &locale));
            let found = found
                .unwrap_or_else(|| panic!("no command {:?} in {locale}", self.command))
                .clone();
            path.push(found.clone());
            here = found;
        }
        assert_eq!(
            names.next(),
            None,
            "{:?} is longer than the command",
            self.command
        );
        let needed = super::permission::bits(&path[0]["default_member_permissions"]);
        let held = state.permissions(by, channel);
        assert!(held & needed == needed, "{:?} is not shown to them", self.command);
        let mut resolved = json!({});
        let mut options = self
            .options(state, &here, (channel, &locale), &mut resolved)
            .into();
        for part in path[1..].iter().rev() {
            options = json!([{ "name": part["name"], "type": part["type"], "options": options }]);
        }
        let mut data = json!({ "id": path[0]["id"], "name": path[0]["name"], "type": 1 });
        if options != json!([]) {
            data["options"] = options;
        }
        if resolved != json!({}) {
            data["resolved"] = resolved;
        }
        data
    }

    fn options(
        &self,
        state: &mut State,
        command: &Value,
        (channel, locale): (Id, &str),
        resolved: &mut Value,
    ) -> Vec<Value> {
        let parameters = list_of(&command["options"]);
        let find = |name: &str| {
            let found = parameters.iter().find(|one| is_called(one, name, locale));
            found.unwrap_or_else(|| panic!("{:?} has no parameter {name:?} in {locale}", self.command))
        };
        let mut options = Vec::new();
        for (name, value) in self.given {
            let parameter = find(name);
            let value = value_of(parameter, value, locale);
            options.push(json!({ "name": parameter["name"], "type": parameter["type"], "value": value }));
        }
        for (name, file) in self.files {
            let attachment = state.keep_file(channel, file, None);
            let id = attachment["id"].clone();
            options.push(json!({ "name": find(name)["name"], "type": 11, "value": id }));
            resolved["attachments"][id.as_str().expect("an id is a string")] = attachment;
        }
        if let Some((name, typed)) = self.focused {
            let parameter = find(name);
            assert!(
                parameter["autocomplete"] == true,
                "nothing is suggested for {name:?}"
            );
            options.push(json!({ "name": parameter["name"], "type": parameter["type"], "value": typed, "focused": true }));
            return options;
        }
        for parameter in parameters
            .iter()
            .filter(|parameter| parameter["required"] == true)
        {
            let is_there = options.iter().any(|option| option["name"] == parameter["name"]);
            assert!(is_there, "{:?} needs {}", self.command, parameter["name"]);
        }
        options
    }
}

/// Whether a command or parameter is called so: by its name in the client's language, or by its first.
fn is_called(one: &Value, name: &str, locale: &str) -> bool {
    one["name_localizations"][locale] == name || one["name"] == name
}

/// A value as the client sends it.
fn value_of(parameter: &Value, typed: &str, locale: &str) -> Value {
    let choices = list_of(&parameter["choices"]);
    if !choices.is_empty() {
        let found = choices
            .iter()
            .find(|choice| is_called(choice, typed, locale) || choice["value"] == typed);
        return found.unwrap_or_else(|| panic!("{typed:?} can't be chosen for {parameter}"))["value"].clone();
    }
    let most = parameter["max_length"].as_u64().unwrap_or(6_000);
    assert!(
        typed.chars().count() as u64 <= most,
        "{typed:?} is too long for the client"
    );
    match parameter["type"].as_u64() {
        Some(4) => typed.parse::<i64>().expect("a whole number").into(),
        Some(5) => (typed == "true").into(),
        Some(10) => typed.parse::<f64>().expect("a number").into(),
        _ => typed.into(),
    }
}
