//! What a message says: from the form that somebody sends to the fields that everybody reads.

use serde_json::{Value, json};

use super::{
    super::{
        permission::{self, Permissions},
        refusal::{Refusal, known},
        snowflake::Id,
        state::{File, State},
    },
    component, embed,
    form::{at_most, list, text},
};

/// Characters of a message's words.
const CONTENT_MAX: usize = 2_000;
/// The flag of components V2, which the model does not know.
const IS_COMPONENTS_V2: u64 = 1 << 15;
/// The flags that whoever sends may set: no embeds, no notification.
const SETTABLE: u64 = 1 << 2 | 1 << 12;

/// What is to be written, where.
pub struct Draft<'a> {
    pub channel: Id,
    pub body: &'a Value,
    pub files: &'a [File],
}

impl Draft<'_> {
    /// What it takes to send it.
    pub fn permissions(&self) -> Permissions {
        let files = if self.files.is_empty() {
            0
        } else {
            permission::ATTACH_FILES
        };
        let embeds = if list(&self.body["embeds"]).is_empty() {
            0
        } else {
            permission::EMBED_LINKS
        };
        files | embeds
    }

    /// The fields of a new message.
    pub fn compose(&self, state: &mut State) -> Result<Value, Refusal> {
        let fields = self.change(state, &[])?;
        let is_empty = |name: &str| fields[name].as_array().is_none_or(Vec::is_empty);
        let has_words = fields["content"]
            .as_str()
            .is_some_and(|content| !content.is_empty());
        if !has_words
            && ["embeds", "attachments", "components"].into_iter().all(is_empty)
            && self.files.is_empty()
        {
            return Err(known::EMPTY_MESSAGE);
        }
        Ok(fields)
    }

    /// The fields that an edit changes; what it does not name stays as it is.
    pub fn change(&self, state: &mut State, kept: &[Value]) -> Result<Value, Refusal> {
        let body = self.body;
        let flags = body["flags"].as_u64().unwrap_or_default();
        if flags & IS_COMPONENTS_V2 != 0 {
            let message = "The model knows no components V2.";
            return Err(Refusal::form(
                "flags",
                "MESSAGE_CANNOT_USE_COMPONENTS_V2",
                message,
            ));
        }
        let mut fields = json!({});
        if !body["flags"].is_null() {
            fields["flags"] = (flags & SETTABLE).into();
        }
        let is_named = |name: &str| body.get(name).is_some();
        if is_named("content") {
            let content = text(&body["content"]);
            at_most(content, CONTENT_MAX, "content")?;
            fields["content"] = content.into();
            self.ping(state, content, &mut fields);
        }
        let attachments = self.attach(state, kept)?;
        if is_named("embeds") {
            let address = |name: &str| {
                let found = attachments
                    .iter()
                    .find(|attachment| attachment["filename"] == name);
                found.and_then(|attachment| attachment["url"].as_str().map(str::to_owned))
            };
            fields["embeds"] = embed::read(list(&body["embeds"]), &address)?.into();
        }
        if is_named("components") {
            fields["components"] = component::read(list(&body["components"]))?.into();
        }
        if is_named("attachments") || !self.files.is_empty() {
            // What an embed shows stands there alone.
            let shown: Vec<&Value> = list(&fields["embeds"])
                .iter()
                .map(|embed| &embed["image"]["url"])
                .collect();
            let apart = attachments
                .iter()
                .filter(|attachment| !shown.contains(&&attachment["url"]));
            fields["attachments"] = apart.cloned().collect::<Vec<_>>().into();
        }
        Ok(fields)
    }

    /// Whom the words call, as far as `allowed_mentions` lets them.
    fn ping(&self, state: &State, content: &str, fields: &mut Value) {
        let allowed = &self.body["allowed_mentions"];
        let is_parsed =
            |kind: &str| allowed.is_null() || list(&allowed["parse"]).iter().any(|one| one == kind);
        let is_listed = |kind: &str, id: Id| list(&allowed[kind]).iter().any(|one| Id::of(one) == Some(id));
        let users = named(content, &["<@", "<@!"])
            .into_iter()
            .filter(|id| is_parsed("users") || is_listed("users", *id));
        let users: Vec<Value> = users.filter_map(|id| state.users.get(&id).cloned()).collect();
        let roles = named(content, &["<@&"]).into_iter();
        let roles: Vec<Id> = roles
            .filter(|id| is_parsed("roles") || is_listed("roles", *id))
            .collect();
        let may_call_all =
            state.permissions(state.application.bot, self.channel) & permission::MENTION_EVERYONE != 0;
        let calls_all = content.contains("@everyone") || content.contains("@here");
        fields["mentions"] = users.into();
        fields["mention_roles"] = json!(roles);
        fields["mention_everyone"] = (calls_all && may_call_all && is_parsed("everyone")).into();
    }

    /// Keeps the files, and says what the message has to show.
    fn attach(&self, state: &mut State, kept: &[Value]) -> Result<Vec<Value>, Refusal> {
        let listed = list(&self.body["attachments"]);
        let stay = |attachment: &&Value| {
            listed
                .iter()
                .any(|one| Id::of(&one["id"]) == Id::of(&attachment["id"]))
        };
        let mut attachments: Vec<Value> = if self.body.get("attachments").is_some() {
            kept.iter().filter(stay).cloned().collect()
        } else {
            kept.to_vec()
        };
        for (number, file) in self.files.iter().enumerate() {
            let number = u64::try_from(number).expect("there are few files");
            let told = listed.iter().find(|one| Id::of(&one["id"]) == Some(Id(number)));
            let description = told.and_then(|told| told["description"].as_str());
            at_most(description.unwrap_or_default(), 1_024, "attachments")?;
            attachments.push(state.keep_file(self.channel, file, description));
        }
        Ok(attachments)
    }
}

impl State {
    /// Keeps a file, and says what Discord says of it.
    pub fn keep_file(&mut self, channel: Id, file: &File, description: Option<&str>) -> Value {
        let id = self.next_id();
        self.files.insert(id, file.clone());
        let url = format!("http://{}/attachments/{channel}/{id}/{}", self.address, file.name);
        let extension = file.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let kind = match extension {
            "png" => "image/png",
            "csv" => "text/csv; charset=utf-8",
            _ => "application/octet-stream",
        };
        let mut attachment = json!({
            "id": id,
            "filename": file.name,
            "size": file.bytes.len(),
            "url": url,
            "proxy_url": url,
            "content_type": kind,
        });
        if let Some(description) = description {
            attachment["description"] = description.into();
        }
        attachment
    }
}

/// The ids that stand in a text between one of these and `>`.
fn named(content: &str, starts: &[&str]) -> Vec<Id> {
    let mut ids: Vec<Id> = starts
        .iter()
        .flat_map(|start| content.split(start).skip(1))
        .filter_map(|rest| rest.split_once('>')?.0.parse().ok())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
