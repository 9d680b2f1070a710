//! Somebody fills in a form that stands in a message.

use std::sync::Arc;

use serde_json::json;
use tokio::{sync::oneshot, time::timeout_at};

use super::{
    super::{
        Discord, PREFIX,
        interactions::{Asked, Body, Interaction, MessageSeen, bodies, callback},
    },
    FILE, Gesture, fill, message, page, values,
};
use crate::chat::{Answer, Audience, Event, Form};

/// The largest form that is read.
const FORM_MAX: usize = 256 * 1024;

impl Discord {
    /// Something was pressed in a form's message.
    pub(in crate::chat::discord) fn form_pressed(
        self: &Arc<Self>,
        asked: Asked,
        interaction: Interaction,
        gesture: Gesture,
    ) {
        let discord = Arc::clone(self);
        tokio::spawn(async move {
            match gesture {
                Gesture::Page(number) => discord.open_page(asked, &interaction, number).await,
                Gesture::Choose(field) => {
                    let chosen = interaction.chosen().join(";");
                    discord.answered(asked, &interaction, vec![(field, chosen)]).await;
                }
                Gesture::Send => discord.send_form(asked, &interaction).await,
            }
        });
    }

    /// Some questions of a form were answered.
    pub(in crate::chat::discord) fn page_filled_in(self: &Arc<Self>, asked: Asked, interaction: Interaction) {
        let discord = Arc::clone(self);
        tokio::spawn(async move {
            let values = interaction.values();
            discord.answered(asked, &interaction, values).await;
        });
    }

    async fn open_page(self: &Arc<Self>, asked: Asked, interaction: &Interaction, number: usize) {
        let form = self.form_of(&asked, interaction, |_| {}).await;
        match form.and_then(|form| page(&form, number)) {
            Some(window) => {
                self.call_back(&asked, callback::MODAL, (window, Vec::new()))
                    .await;
            }
            None => self.tell_that_it_is_none(asked, interaction),
        }
    }

    async fn answered(
        self: &Arc<Self>,
        asked: Asked,
        interaction: &Interaction,
        values: Vec<(String, String)>,
    ) {
        match self.form_of(&asked, interaction, |form| fill(form, values)).await {
            Some(form) => {
                self.call_back(&asked, callback::CHANGE, message(&form)).await;
            }
            None => self.tell_that_it_is_none(asked, interaction),
        }
    }

    /// Sends a form. Where nothing came of it, that is shown in its place with all that was filled in; else what came of it is, so that
    /// there is nothing left to send.
    async fn send_form(self: &Arc<Self>, asked: Asked, interaction: &Interaction) {
        let Some(form) = self.form_of(&asked, interaction, |_| {}).await else {
            return self.tell_that_it_is_none(asked, interaction);
        };
        let Some(mut answer) = self.submit(interaction, (form.id.clone(), values(&form))) else {
            return;
        };
        let early = timeout_at(asked.patience(), &mut answer).await;
        let was_promised = early.is_err();
        let answer = if let Ok(answer) = early {
            answer
        } else {
            let nothing = (json!({}), Vec::new());
            self.call_back(&asked, callback::LATER_CHANGE, nothing).await;
            answer.await
        };
        let Ok(answer) = answer else { return };
        let (shown, more) = self.outcome(interaction, (form, answer.typed_after(PREFIX)));
        let is_shown = if was_promised {
            self.amend_answer(&asked, shown).await
        } else {
            self.call_back(&asked, callback::CHANGE, shown).await
        };
        if is_shown {
            self.follow_up(&asked, more, Audience::Sender).await;
        }
    }

    /// What stands in the place of a form that was sent, and what after it.
    fn outcome(&self, interaction: &Interaction, (form, answer): (Form, Answer)) -> (Body, Vec<Body>) {
        let again = match answer {
            Answer::Form(again) => again,
            Answer::Refused(card) => Form {
                mistakes: vec![card.to_plain_text()],
                ..form
            },
            taken => {
                let mut bodies = bodies(taken).into_iter();
                let (mut first, files) = bodies.next().unwrap_or_else(|| (json!({}), Vec::new()));
                if first["attachments"].is_null() {
                    // What was filled in goes with the form.
                    first["attachments"] = json!([]);
                }
                return ((first, files), bodies.collect());
            }
        };
        if let Some(seen) = &interaction.message {
            self.forms.change(seen.id, |form| form.clone_from(&again));
        }
        (message(&again), Vec::new())
    }

    /// Brings what was filled in to whoever asked for it, who may be long in taking it.
    fn submit(
        self: &Arc<Self>,
        interaction: &Interaction,
        (form, values): (String, Vec<(String, String)>),
    ) -> Option<oneshot::Receiver<Answer>> {
        let (sender, place) = self.who_and_where(interaction)?;
        let (reply, answer) = oneshot::channel();
        let submitted = Event::Submitted {
            sender,
            place,
            form,
            values,
            origin: None,
            reply,
        };
        let discord = Arc::clone(self);
        tokio::spawn(async move { discord.bring(submitted).await });
        Some(answer)
    }

    /// A form cannot be read any more, or has no such questions. Whoever knows what forms there are has the words for that: it is brought
    /// to them as one that they do not know.
    fn tell_that_it_is_none(self: &Arc<Self>, asked: Asked, interaction: &Interaction) {
        let unknown = (interaction.custom_id().to_owned(), Vec::new());
        if let Some(answer) = self.submit(interaction, unknown) {
            self.answer_later(asked, answer);
        }
    }

    /// The form of a message, changed so.
    async fn form_of(
        &self,
        asked: &Asked,
        interaction: &Interaction,
        change: impl FnOnce(&mut Form),
    ) -> Option<Form> {
        let seen = interaction.message.as_ref()?;
        if !self.forms.has(seen.id) {
            let read = timeout_at(asked.patience(), self.read_form(seen)).await;
            let Ok(Some(form)) = read else {
                tracing::warn!("a form could not be read from its message");
                return None;
            };
            self.forms.remember(seen.id, form);
        }
        self.forms.change(seen.id, change)
    }

    /// Reads a form from its message, as whoever showed it left it there.
    async fn read_form(&self, seen: &MessageSeen) -> Option<Form> {
        let file = seen
            .attachments
            .iter()
            .find(|file| file.filename.ends_with(FILE))?;
        let bytes = self.rest.fetch(&file.url, FORM_MAX).await.ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}
