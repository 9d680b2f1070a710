//! Forms that are being filled in, by the message in which they stand.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use serenity::model::id::MessageId;

use crate::chat::Form;

/// How many forms are remembered; of the others the message itself tells.
const KEPT: usize = 500;

/// The forms that are remembered.
#[derive(Default)]
pub(in crate::chat::discord) struct Forms(Mutex<Known>);

#[derive(Default)]
struct Known {
    forms: HashMap<MessageId, Form>,
    oldest: VecDeque<MessageId>,
}

impl Forms {
    /// Whether a form is remembered.
    pub(super) fn has(&self, message: MessageId) -> bool {
        self.lock().forms.contains_key(&message)
    }

    /// Remembers a form, where it is not remembered yet.
    pub(super) fn remember(&self, message: MessageId, form: Form) {
        let mut known = self.lock();
        if known.forms.contains_key(&message) {
            return;
        }
        known.forms.insert(message, form);
        known.oldest.push_back(message);
        if known.oldest.len() > KEPT
            && let Some(oldest) = known.oldest.pop_front()
        {
            known.forms.remove(&oldest);
        }
    }

    /// Changes a form that is remembered, and gives it as it is then.
    pub(super) fn change(&self, message: MessageId, change: impl FnOnce(&mut Form)) -> Option<Form> {
        let mut known = self.lock();
        let form = known.forms.get_mut(&message)?;
        change(form);
        Some(form.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
