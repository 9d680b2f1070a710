//! An interaction as Discord tells of it: what is needed here.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};

use super::super::guilds::{MemberSeen, UserSeen};

/// What somebody did.
pub(super) mod kind {
    /// They gave a command.
    pub const COMMAND: u8 = 2;
    /// They pressed a button, or chose from a menu.
    pub const COMPONENT: u8 = 3;
    /// They are typing what a command is given.
    pub const AUTOCOMPLETE: u8 = 4;
    /// They sent a form.
    pub const MODAL: u8 = 5;
}

/// The kinds of an option that hold others.
const HOLDERS: [u8; 2] = [1, 2];
/// The kind of an option that is a file.
const FILE: u8 = 11;

/// An interaction.
#[derive(Deserialize)]
pub(in crate::chat::discord) struct Interaction {
    pub id: InteractionId,
    pub application_id: ApplicationId,
    #[serde(rename = "type")]
    pub kind: u8,
    pub token: String,
    #[serde(default)]
    data: Data,
    pub channel_id: Option<ChannelId>,
    channel: Option<Named>,
    pub guild_id: Option<GuildId>,
    member: Option<MemberSeen>,
    user: Option<UserSeen>,
    pub locale: Option<String>,
    /// The message whose button was pressed, or from which the form was opened.
    pub message: Option<MessageSeen>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

/// A message with what it carries.
#[derive(Deserialize)]
pub(in crate::chat::discord) struct MessageSeen {
    pub id: MessageId,
    #[serde(default)]
    pub attachments: Vec<FileSeen>,
}

/// A file that Discord keeps.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::chat::discord) struct FileSeen {
    pub filename: String,
    pub url: String,
}

#[derive(Default, Deserialize)]
struct Data {
    #[serde(default)]
    name: String,
    #[serde(default)]
    options: Vec<OptionSeen>,
    #[serde(default)]
    resolved: Resolved,
    #[serde(default)]
    custom_id: String,
    #[serde(default)]
    values: Vec<String>,
    /// In a form that comes back. Whatever Discord puts into it, what is known of it is read.
    #[serde(default)]
    components: Vec<Value>,
}

#[derive(Default, Deserialize)]
struct Resolved {
    #[serde(default)]
    attachments: HashMap<String, FileSeen>,
}

#[derive(Deserialize)]
struct OptionSeen {
    name: String,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    focused: bool,
    #[serde(default)]
    options: Vec<OptionSeen>,
}

/// Something that a command was given.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub name: String,
    pub value: String,
    /// Whether it is being typed.
    pub is_focused: bool,
    is_file: bool,
}

impl Interaction {
    /// The whole name of the command, and what it was given.
    pub(super) fn command(&self) -> (String, Vec<Given>) {
        let mut name = self.data.name.clone();
        let mut options = &self.data.options;
        while let [inner] = options.as_slice()
            && HOLDERS.contains(&inner.kind)
        {
            name = format!("{name} {}", inner.name);
            options = &inner.options;
        }
        let given = |option: &OptionSeen| Given {
            name: option.name.clone(),
            value: text(&option.value),
            is_focused: option.focused,
            is_file: option.kind == FILE,
        };
        (name, options.iter().map(given).collect())
    }

    /// The file that was given.
    pub(super) fn file(&self, given: &Given) -> Option<&FileSeen> {
        let files = &self.data.resolved.attachments;
        files.get(&given.value).filter(|_| given.is_file)
    }

    /// What was pressed, or the form that came back.
    pub fn custom_id(&self) -> &str {
        &self.data.custom_id
    }

    /// What was chosen from a menu.
    pub fn chosen(&self) -> &[String] {
        &self.data.values
    }

    /// What was filled in, by the field's id.
    pub fn values(&self) -> Vec<(String, String)> {
        let mut values = Vec::new();
        self.data
            .components
            .iter()
            .for_each(|one| collect(one, &mut values));
        values
    }

    /// Whose it is: the account, and the name that others see.
    pub(super) fn account(&self) -> Option<(String, String)> {
        let member = self.member.as_ref();
        let user = member
            .and_then(|member| member.user.as_ref())
            .or(self.user.as_ref())?;
        let nick = member.and_then(|member| member.nick.clone());
        Some((
            user.id.to_string(),
            nick.unwrap_or_else(|| user.name().to_owned()),
        ))
    }

    /// Whose it is in a server, with the roles that they have there.
    pub(super) fn roles(&self) -> Option<(GuildId, UserId, Vec<RoleId>)> {
        let member = self.member.as_ref()?;
        Some((self.guild_id?, member.user.as_ref()?.id, member.roles.clone()))
    }

    /// What its channel is called.
    pub(super) fn channel_name(&self) -> Option<&str> {
        self.channel.as_ref()?.name.as_deref()
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// What was filled in, wherever it stands: in rows, in what bears a label.
fn collect(component: &Value, values: &mut Vec<(String, String)>) {
    if let (Some(id), Some(value)) = (component["custom_id"].as_str(), component.get("value")) {
        values.push((id.to_owned(), text(value)));
    }
    collect_in(&component["component"], values);
    component["components"]
        .as_array()
        .into_iter()
        .flatten()
        .for_each(|one| collect_in(one, values));
}

fn collect_in(component: &Value, values: &mut Vec<(String, String)>) {
    if component.is_object() {
        collect(component, values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn interaction(data: &Value) -> Interaction {
        let told = json!({
            "id": "1", "application_id": "2", "type": 2, "token": "t", "version": 1, "data": data, "channel_id": "3",
            "member": { "user": { "id": "5", "username": "marie", "global_name": "Marie" }, "nick": null, "roles": [] },
        });
        serde_json::from_value(told).unwrap()
    }

    #[test]
    fn a_command_is_read_with_what_it_was_given() {
        let told = interaction(&json!({
            "id": "9", "name": "calendar", "type": 1,
            "options": [{ "name": "import", "type": 1, "options": [
                { "name": "file", "type": 11, "value": "77" },
                { "name": "note", "type": 3, "value": "77", "focused": true },
            ]}],
            "resolved": { "attachments": { "77": { "id": "77", "filename": "a.csv", "size": 3, "url": "http://x/a.csv" } } },
        }));
        let (name, given) = told.command();
        assert_eq!(name, "calendar import");
        let files: Vec<_> = given
            .iter()
            .map(|one| told.file(one).map(|file| file.filename.as_str()))
            .collect();
        assert_eq!(files, [Some("a.csv"), None]);
        assert!(!given[0].is_focused && given[1].is_focused);
        assert_eq!(told.account(), Some(("5".to_owned(), "Marie".to_owned())));
        let whole = interaction(&json!({ "id": "9", "name": "today", "type": 1 }));
        assert_eq!(whole.command(), ("today".to_owned(), vec![]));
    }

    #[test]
    fn a_form_is_read_in_rows_and_below_labels() {
        let told = interaction(&json!({
            "custom_id": "1.ask-reject.2",
            "components": [
                { "type": 1, "id": 1, "components": [{ "type": 4, "id": 2, "custom_id": "note", "value": "Trop long" }] },
                { "type": 18, "id": 3, "component": { "type": 4, "id": 4, "custom_id": "other", "value": "" } },
                { "type": 99, "id": 5 },
            ],
        }));
        let expected = [("note", "Trop long"), ("other", "")];
        assert_eq!(
            told.values(),
            expected.map(|(id, value)| (id.to_owned(), value.to_owned()))
        );
    }
}
