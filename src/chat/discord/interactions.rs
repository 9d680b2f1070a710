//! Interactions: commands, presses and forms that come back, and what is shown in return.
//!
//! Discord waits three seconds for a first answer. What takes longer is promised, and shown when it is there. An answer that comes too
//! late for Discord is lost, and harmless to lose: whoever asks again is answered again.

mod answering;
mod seen;

use std::sync::Arc;

use tokio::sync::oneshot;

use super::{Discord, form};
use crate::chat::{Attachment, DroppedFile, Event, Origin, Place, Sender};
pub(super) use answering::{Asked, Body, bodies, callback};
use seen::{FileSeen, Given, kind};
pub(super) use seen::{Interaction, MessageSeen};

impl Discord {
    /// Takes an interaction in its turn; whatever takes long is done apart.
    pub(super) async fn interacted(self: &Arc<Self>, interaction: Interaction) {
        if let Some((guild, user, roles)) = interaction.roles() {
            self.members.note(guild, user, Some(roles));
        }
        let asked = Asked::of(&interaction);
        match interaction.kind {
            kind::COMMAND => self.called(asked, interaction).await,
            kind::AUTOCOMPLETE => self.suggesting(asked, interaction).await,
            kind::COMPONENT => self.pressed(asked, interaction).await,
            kind::MODAL => self.filled_in(asked, interaction).await,
            _ => {}
        }
    }

    async fn called(self: &Arc<Self>, asked: Asked, interaction: Interaction) {
        let (command, given) = interaction.command();
        let (mut arguments, mut files) = (Vec::new(), Vec::new());
        for one in given {
            match interaction.file(&one) {
                Some(file) => files.push(self.dropped(file)),
                None => arguments.push((one.name, one.value)),
            }
        }
        let Some((sender, place)) = self.who_and_where(&interaction) else {
            return;
        };
        let (reply, answer) = oneshot::channel();
        self.answer_later(asked, answer);
        self.bring(Event::Called {
            sender,
            place,
            command,
            arguments,
            files,
            origin: NEVER_AGAIN,
            reply,
        })
        .await;
    }

    async fn suggesting(self: &Arc<Self>, asked: Asked, interaction: Interaction) {
        let (command, given) = interaction.command();
        let Some(Given { name, value, .. }) = given.into_iter().find(|one| one.is_focused) else {
            return;
        };
        let Some((sender, place)) = self.who_and_where(&interaction) else {
            return;
        };
        let (suggestions, suggested) = oneshot::channel();
        self.suggest_later(asked, suggested);
        self.bring(Event::Suggesting {
            sender,
            place,
            command,
            parameter: name,
            typed: value,
            suggestions,
        })
        .await;
    }

    async fn pressed(self: &Arc<Self>, asked: Asked, interaction: Interaction) {
        let button = interaction.custom_id().to_owned();
        if let Some(gesture) = form::Gesture::of(&button) {
            return self.form_pressed(asked, interaction, gesture);
        }
        let Some((sender, place)) = self.who_and_where(&interaction) else {
            return;
        };
        let (reply, answer) = oneshot::channel();
        self.answer_later(asked, answer);
        self.bring(Event::Pressed {
            sender,
            place,
            button,
            origin: NEVER_AGAIN,
            reply,
        })
        .await;
    }

    async fn filled_in(self: &Arc<Self>, asked: Asked, interaction: Interaction) {
        let form = interaction.custom_id().to_owned();
        if let Some(form::Gesture::Page(_)) = form::Gesture::of(&form) {
            return self.page_filled_in(asked, interaction);
        }
        let Some((sender, place)) = self.who_and_where(&interaction) else {
            return;
        };
        let (reply, answer) = oneshot::channel();
        self.answer_later(asked, answer);
        self.bring(Event::Submitted {
            sender,
            place,
            form,
            values: interaction.values(),
            origin: NEVER_AGAIN,
            reply,
        })
        .await;
    }

    /// Who did it, and where; none where Discord does not tell.
    pub(super) fn who_and_where(&self, interaction: &Interaction) -> Option<(Sender, Place)> {
        let (account, name) = interaction.account()?;
        let sender = Sender {
            account,
            name,
            locale: interaction.locale.clone(),
        };
        let mut place = self.place(interaction.channel_id?, interaction.guild_id);
        if place.name.is_empty()
            && let Some(name) = interaction.channel_name()
        {
            name.clone_into(&mut place.name);
        }
        Some((sender, place))
    }

    /// A file that came with a command.
    fn dropped(self: &Arc<Self>, file: &FileSeen) -> DroppedFile {
        let (discord, url) = (Arc::clone(self), file.url.clone());
        DroppedFile::new(file.filename.clone(), async move {
            discord.rest.fetch(&url, Attachment::MAX_BYTES).await
        })
    }
}

/// Discord tells of an interaction once.
const NEVER_AGAIN: Option<Origin> = None;
