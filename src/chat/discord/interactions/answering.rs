//! What is shown to whoever did something: at once, or promised and shown later.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use serenity::model::id::{ApplicationId, InteractionId};
use tokio::{
    sync::oneshot,
    time::{Instant, timeout_at},
};

use super::{
    super::{
        Discord, PREFIX, form,
        render::drafts,
        rest::{Failure, Upload, code},
        text::shortened,
    },
    Interaction,
    seen::kind,
};
use crate::chat::{Answer, Attachment, Audience, Card};

/// How long an answer may take before it is promised; Discord waits three seconds.
const PROMISE_AFTER: Duration = Duration::from_millis(1_500);
/// How long suggestions may take: they cannot be promised.
const SUGGESTING_MAX: Duration = Duration::from_millis(2_500);
/// What only whoever asked sees.
const EPHEMERAL: u64 = 64;
/// The most suggestions, and the longest of each.
const SUGGESTIONS_MAX: usize = 25;
const SUGGESTION_MAX: usize = 100;

/// The kinds of a first answer.
pub(in crate::chat::discord) mod callback {
    /// A message.
    pub const MESSAGE: u64 = 4;
    /// The promise of one.
    pub const LATER_MESSAGE: u64 = 5;
    /// The promise to change the message that was pressed.
    pub const LATER_CHANGE: u64 = 6;
    /// The message that was pressed, changed.
    pub const CHANGE: u64 = 7;
    /// Suggestions.
    pub const CHOICES: u64 = 8;
    /// A form.
    pub const MODAL: u64 = 9;
}

/// A message with the files that go with it.
pub(in crate::chat::discord) type Body = (Value, Vec<Upload>);

/// An interaction that waits for an answer.
#[derive(Debug, Clone)]
pub(in crate::chat::discord) struct Asked {
    id: InteractionId,
    application: ApplicationId,
    token: String,
    kind: u8,
    /// Whether others are where it happened.
    is_among_others: bool,
    /// When it came from the gateway.
    began: Instant,
}

impl Asked {
    pub fn of(interaction: &Interaction) -> Self {
        Self {
            id: interaction.id,
            application: interaction.application_id,
            token: interaction.token.clone(),
            kind: interaction.kind,
            is_among_others: interaction.guild_id.is_some(),
            began: Instant::now(),
        }
    }

    /// Until when a first answer is waited for before it is promised.
    pub fn patience(&self) -> Instant {
        self.began + PROMISE_AFTER
    }

    /// Whether a form may be opened in answer: no form comes from a form.
    const fn opens_forms(&self) -> bool {
        matches!(self.kind, kind::COMMAND | kind::COMPONENT)
    }
}

impl Discord {
    /// Shows the answer once it is there.
    pub(in crate::chat::discord) fn answer_later(
        self: &Arc<Self>,
        asked: Asked,
        answer: oneshot::Receiver<Answer>,
    ) {
        let discord = Arc::clone(self);
        tokio::spawn(async move { discord.answer(&asked, answer).await });
    }

    async fn answer(&self, asked: &Asked, mut answer: oneshot::Receiver<Answer>) {
        match timeout_at(asked.patience(), &mut answer).await {
            Ok(Ok(answer)) => self.show(asked, answer).await,
            // There is nothing to say, which is shown by nothing where a button was pressed.
            Ok(Err(_)) if asked.kind == kind::COMPONENT => {
                self.call_back(asked, callback::LATER_CHANGE, (json!({}), Vec::new()))
                    .await;
            }
            Ok(Err(_)) => {}
            Err(_) => {
                let promise = (asked.flagged(json!({}), Audience::Sender), Vec::new());
                if self.call_back(asked, callback::LATER_MESSAGE, promise).await
                    && let Ok(answer) = answer.await
                {
                    self.keep_promise(asked, answer).await;
                }
            }
        }
    }

    async fn show(&self, asked: &Asked, answer: Answer) {
        let (answer, audience) = match answer.typed_after(PREFIX) {
            Answer::Form(form) if asked.opens_forms() && form::is_short(&form) => {
                let modal = (form::modal(&form), Vec::new());
                self.call_back(asked, callback::MODAL, modal).await;
                return;
            }
            Answer::Card(card, audience) => (Answer::Card(card, audience), audience),
            other => (other, Audience::Sender),
        };
        let mut bodies = bodies(answer).into_iter();
        let Some((first, files)) = bodies.next() else {
            return;
        };
        let first = (asked.flagged(first, audience), files);
        if self.call_back(asked, callback::MESSAGE, first).await {
            self.follow_up(asked, bodies, audience).await;
        }
    }

    /// Shows what was promised.
    async fn keep_promise(&self, asked: &Asked, answer: Answer) {
        let mut bodies = bodies(answer.typed_after(PREFIX)).into_iter();
        let Some(first) = bodies.next() else { return };
        if self.amend_answer(asked, first).await {
            self.follow_up(asked, bodies, Audience::Sender).await;
        }
    }

    /// Shows more. Whether all of it is there.
    pub(in crate::chat::discord) async fn follow_up(
        &self,
        asked: &Asked,
        bodies: impl IntoIterator<Item = Body>,
        audience: Audience,
    ) {
        for (body, files) in bodies {
            let body = asked.flagged(body, audience);
            let to = (asked.application, asked.token.as_str());
            let told = self.rest.followup(to, body, files).await;
            if !was_told(told) {
                return;
            }
        }
    }

    /// Gives the first answer. Whether Discord took it.
    pub(in crate::chat::discord) async fn call_back(
        &self,
        asked: &Asked,
        kind: u64,
        (data, files): Body,
    ) -> bool {
        let mut body = json!({ "type": kind });
        if data.as_object().is_some_and(|data| !data.is_empty()) {
            body["data"] = data;
        }
        let to = (asked.id, asked.token.as_str());
        was_told(self.rest.callback(to, body, files).await)
    }

    /// Changes the first answer, or the message of which it was promised that it changes. Whether Discord took it.
    pub(in crate::chat::discord) async fn amend_answer(&self, asked: &Asked, (body, files): Body) -> bool {
        let to = (asked.application, asked.token.as_str());
        was_told(self.rest.edit_original(to, body, files).await)
    }

    /// Shows suggestions once they are there.
    pub(super) fn suggest_later(
        self: &Arc<Self>,
        asked: Asked,
        suggested: oneshot::Receiver<Vec<(String, String)>>,
    ) {
        let discord = Arc::clone(self);
        tokio::spawn(async move {
            let suggested = timeout_at(asked.began + SUGGESTING_MAX, suggested).await;
            // Whoever types on without them has lost nothing.
            let suggested = suggested.ok().and_then(Result::ok).unwrap_or_default();
            let choices = json!({ "choices": choices(suggested) });
            discord
                .call_back(&asked, callback::CHOICES, (choices, Vec::new()))
                .await;
        });
    }
}

impl Asked {
    /// A message for those who are to see it. In a private conversation nobody else does.
    fn flagged(&self, mut body: Value, audience: Audience) -> Value {
        if self.is_among_others && audience == Audience::Sender {
            body["flags"] = EPHEMERAL.into();
        }
        body
    }
}

/// An answer as messages.
pub(in crate::chat::discord) fn bodies(answer: Answer) -> Vec<Body> {
    match answer {
        Answer::Card(card, _) | Answer::Refused(card) => of_card(&card),
        Answer::Form(form) => vec![form::message(&form)],
        Answer::File(card, file) => {
            let mut bodies = of_card(&card);
            if let Some(last) = bodies.last_mut() {
                attach(last, &file);
            }
            bodies
        }
    }
}

fn of_card(card: &Card) -> Vec<Body> {
    let drafts = drafts(card);
    drafts.iter().map(|draft| draft.body_with_picture(None)).collect()
}

/// Adds a file to a message.
fn attach((body, files): &mut Body, file: &Attachment) {
    let mut attachments = body["attachments"].as_array().cloned().unwrap_or_default();
    attachments.push(json!({ "id": files.len(), "filename": file.name }));
    body["attachments"] = attachments.into();
    files.push(Upload {
        name: file.name.clone(),
        media_type: "application/octet-stream".to_owned(),
        bytes: Arc::clone(&file.bytes),
    });
}

/// Suggestions as Discord takes them: what is too long to come back whole is left out.
fn choices(suggested: Vec<(String, String)>) -> Vec<Value> {
    let fits = |(value, label): &(String, String)| {
        (1..=SUGGESTION_MAX).contains(&value.chars().count()) && !label.trim().is_empty()
    };
    let fitting = suggested.into_iter().filter(fits).take(SUGGESTIONS_MAX);
    fitting
        .map(|(value, label)| json!({ "name": shortened(&label, SUGGESTION_MAX), "value": value }))
        .collect()
}

/// Whether Discord took it. What came too late is lost, which harms nobody.
fn was_told(told: Result<(), Failure>) -> bool {
    let Err(error) = told else { return true };
    let is_late = error.is_one_of(&[
        code::UNKNOWN_INTERACTION,
        code::UNKNOWN_WEBHOOK,
        code::WEBHOOK_OVER,
    ]);
    let error = &error as &dyn std::error::Error;
    if is_late {
        tracing::info!(error, "an answer came too late for Discord");
    } else {
        tracing::warn!(error, "an answer could not be shown");
    }
    false
}
