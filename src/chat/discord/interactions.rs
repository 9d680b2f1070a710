//! Interactions: commands, presses and forms that come back, and what is shown in return.
//!
//! Discord waits three seconds for a first answer. What takes longer is promised, and shown when it is there. An answer that comes too
//! late for Discord is lost, and harmless to lose: whoever asks again is answered again.

mod answering;
mod seen;

use std::sync::Arc;

use tokio::sync::oneshot;

use super::{Discord, form};
use crate::chat::{Attachment, DroppedFile, Event, Origin, Place, Reply, Sender};
pub(super) use answering::{Asked, Body, bodies, callback};
use seen::{FileSeen, Given, kind};
pub(super) use seen::{Interaction, MessageSeen};

/// Something that somebody did, from when Discord told of it. Their three seconds run, and are kept to, wherever it waits.
pub(super) struct Heard {
    interaction: Interaction,
    awaited: Awaited,
}

/// What whoever did it waits for.
enum Awaited {
    Answer(Reply),
    Suggestions(oneshot::Sender<Vec<(String, String)>>),
}

impl Discord {
    /// Hears what somebody did as it comes from the gateway: what answers it, or promises an answer, begins here. What is to be brought
    /// to others in its turn is given back; what concerns a form that is being filled in is done apart.
    pub(super) fn hear(self: &Arc<Self>, interaction: Interaction) -> Option<Heard> {
        if let Some((guild, user, roles)) = interaction.roles() {
            self.members.note(guild, user, Some(roles));
        }
        let asked = Asked::of(&interaction);
        let awaited = match (interaction.kind, form::Gesture::of(interaction.custom_id())) {
            (kind::COMPONENT, Some(gesture)) => {
                self.form_pressed(asked, interaction, gesture);
                return None;
            }
            (kind::MODAL, Some(form::Gesture::Page(_))) => {
                self.page_filled_in(asked, interaction);
                return None;
            }
            (kind::COMMAND | kind::COMPONENT | kind::MODAL, _) => {
                let (reply, answer) = oneshot::channel();
                self.answer_later(asked, answer);
                Awaited::Answer(reply)
            }
            (kind::AUTOCOMPLETE, _) => {
                let (suggestions, suggested) = oneshot::channel();
                self.suggest_later(asked, suggested);
                Awaited::Suggestions(suggestions)
            }
            _ => return None,
        };
        Some(Heard { interaction, awaited })
    }

    /// Brings what was heard, in its turn.
    pub(super) async fn interacted(self: &Arc<Self>, heard: Heard) {
        let Heard { interaction, awaited } = heard;
        let Some((sender, place)) = self.who_and_where(&interaction) else {
            return;
        };
        let event = match (awaited, interaction.kind) {
            (Awaited::Answer(reply), kind::COMMAND) => self.called(&interaction, (sender, place), reply),
            (Awaited::Answer(reply), kind::COMPONENT) => Event::Pressed {
                sender,
                place,
                button: interaction.custom_id().to_owned(),
                origin: NEVER_AGAIN,
                reply,
            },
            (Awaited::Answer(reply), _) => Event::Submitted {
                sender,
                place,
                form: interaction.custom_id().to_owned(),
                values: interaction.values(),
                origin: NEVER_AGAIN,
                reply,
            },
            (Awaited::Suggestions(suggestions), _) => {
                let (command, given) = interaction.command();
                let Some(Given { name, value, .. }) = given.into_iter().find(|one| one.is_focused) else {
                    return;
                };
                Event::Suggesting {
                    sender,
                    place,
                    command,
                    parameter: name,
                    typed: value,
                    suggestions,
                }
            }
        };
        self.bring(event).await;
    }

    fn called(
        self: &Arc<Self>,
        interaction: &Interaction,
        (sender, place): (Sender, Place),
        reply: Reply,
    ) -> Event {
        let (command, given) = interaction.command();
        let (mut arguments, mut files) = (Vec::new(), Vec::new());
        for one in given {
            match interaction.file(&one) {
                Some(file) => files.push(self.dropped(file)),
                None => arguments.push((one.name, one.value)),
            }
        }
        Event::Called {
            sender,
            place,
            command,
            arguments,
            files,
            origin: NEVER_AGAIN,
            reply,
        }
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
