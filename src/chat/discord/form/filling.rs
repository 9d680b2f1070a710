//! Somebody fills in a form that stands in a message.

use std::sync::Arc;

use serde_json::json;
use tokio::{sync::oneshot, time::timeout_at};

use super::{
    super::{
        Discord, PREFIX,
        interactions::{Asked, Interaction, MessageSeen, bodies, callback},
    },
    FILE, Gesture, Sending, fill, message, page, values,
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
                Gesture::Page(number) => discord.open_page(&asked, &interaction, number).await,
                Gesture::Choose(field) => {
                    let chosen = interaction.chosen().join(";");
                    discord
                        .answered(&asked, &interaction, vec![(field, chosen)])
                        .await;
                }
                Gesture::Send => discord.send_form(&asked, &interaction).await,
            }
        });
    }

    /// Some questions of a form were answered.
    pub(in crate::chat::discord) fn page_filled_in(self: &Arc<Self>, asked: Asked, interaction: Interaction) {
        let discord = Arc::clone(self);
        tokio::spawn(async move {
            let values = interaction.values();
            discord.answered(&asked, &interaction, values).await;
        });
    }

    async fn open_page(&self, asked: &Asked, interaction: &Interaction, number: usize) {
        let form = self.form_of(asked, interaction, |_| {}).await;
        if let Some(window) = form.and_then(|form| page(&form, number)) {
            self.call_back(asked, callback::MODAL, (window, Vec::new())).await;
        }
    }

    async fn answered(&self, asked: &Asked, interaction: &Interaction, values: Vec<(String, String)>) {
        let form = self.form_of(asked, interaction, |form| fill(form, values)).await;
        if let Some(form) = form {
            self.call_back(asked, callback::CHANGE, message(&form, Sending::Offered))
                .await;
        }
    }

    /// Sends a form. What is wrong with it is shown in its place; else it stays as it is, so that nothing is lost of it whatever the
    /// answer is, and can be sent again once it is changed.
    async fn send_form(&self, asked: &Asked, interaction: &Interaction) {
        let Some(form) = self.form_of(asked, interaction, |_| {}).await else {
            return;
        };
        let Some((sender, place)) = self.who_and_where(interaction) else {
            return;
        };
        let (reply, mut answer) = oneshot::channel();
        self.bring(Event::Submitted {
            sender,
            place,
            form: form.id.clone(),
            values: values(&form),
            origin: None,
            reply,
        })
        .await;
        let early = timeout_at(asked.patience(), &mut answer).await;
        let was_promised = early.is_err();
        let answer = if let Ok(answer) = early {
            answer
        } else {
            let nothing = (json!({}), Vec::new());
            self.call_back(asked, callback::LATER_CHANGE, nothing).await;
            answer.await
        };
        let Ok(answer) = answer else { return };
        let (shown, more) = match answer.typed_after(PREFIX) {
            Answer::Form(again) => {
                if let Some(seen) = &interaction.message {
                    self.forms.change(seen.id, |form| form.clone_from(&again));
                }
                (message(&again, Sending::Offered), None)
            }
            other => (message(&form, Sending::Done), Some(other)),
        };
        let is_shown = if was_promised {
            self.amend_answer(asked, shown).await
        } else {
            self.call_back(asked, callback::CHANGE, shown).await
        };
        if is_shown && let Some(more) = more {
            self.follow_up(asked, bodies(more), Audience::Sender).await;
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
        let file = seen.attachments.iter().find(|file| file.filename == FILE)?;
        let bytes = self.rest.fetch(&file.url, FORM_MAX).await.ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}
