//! The way in: an event becomes a command, a gesture, or nothing.
//!
//! Gestures that nobody waits for are handed to intake in the order in which the platform told them. Whatever is answered is
//! worked on apart, so that a slow command holds nobody up but whoever gave it.

mod dropped;
mod replied;
mod turns;

use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::{Semaphore, mpsc, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    answer,
    app::App,
    chat::{Answer, Event, Origin, Place, Reply, Sender},
    command::{self, Context},
    domain::{
        choice::{Choice, Detail},
        confirmation::{Observation, Source},
        id::PromptId,
        language::Language,
        outcome::Outcome,
    },
    intake::{self, About, Act, Author, Gesture, Intake},
    rooms, store, unreadable,
};
use replied::Replied;
use turns::Turns;

/// How many events are answered at the same time.
const ANSWERING_MAX: usize = 64;
/// How many are in hand, with those that wait for their turn behind what the same account asked for.
const IN_HAND_MAX: usize = 4_096;

/// Each platform's count of connections, which tells those who re-read.
pub(crate) type Connections = BTreeMap<String, watch::Sender<u64>>;

/// Routes events.
#[derive(Clone)]
pub(crate) struct Router {
    pub app: Arc<App>,
    pub intake: Intake,
    pub connections: Arc<Connections>,
}

impl Router {
    /// Takes events until told to stop, and then until those in hand are answered.
    pub async fn run(self, mut events: mpsc::Receiver<Event>, stop: CancellationToken) {
        let in_hand = Arc::new(Semaphore::new(IN_HAND_MAX));
        let answering = Arc::new(Semaphore::new(ANSWERING_MAX));
        let tasks = TaskTracker::new();
        let mut turns = Turns::default();
        while let Some(Some(event)) = stop.run_until_cancelled(events.recv()).await {
            match event {
                Event::Reacted {
                    sender,
                    place,
                    message,
                    key,
                    given,
                    at,
                } => {
                    let seen = if given {
                        Observation::Shown
                    } else {
                        Observation::TakenBack
                    };
                    let gesture = Gesture {
                        author: author(&sender, &place),
                        about: About::Message(place.address, message.0),
                        act: Act::React { key, seen },
                        at,
                    };
                    self.intake.bring(gesture).await;
                }
                Event::Connected { platform } => {
                    if let Some(connections) = self.connections.get(&platform) {
                        connections.send_modify(|count| *count += 1);
                    }
                    rooms::look_at_all(&self.app, &platform);
                }
                Event::RoomChanged { address } => rooms::look_at(&self.app, address),
                event => {
                    // The semaphores are never closed.
                    let Ok(place) = Arc::clone(&in_hand).acquire_owned().await else {
                        return;
                    };
                    let (router, answering) = (self.clone(), Arc::clone(&answering));
                    let mut turn = asker(&event).map(|account| turns.take(account));
                    tasks.spawn(async move {
                        if let Some(turn) = &mut turn {
                            turn.comes().await;
                        }
                        // Whoever waits for their turn keeps nobody else from being answered.
                        let permit = answering.acquire().await;
                        router.answer(event).await;
                        drop((turn, permit, place));
                    });
                }
            }
        }
        tasks.close();
        tasks.wait().await;
    }

    /// Answers one event. Whoever asked may have gone: then there is nobody to tell, and what they did is done.
    async fn answer(&self, event: Event) {
        match event {
            Event::Pressed {
                sender,
                place,
                button,
                origin,
                reply,
            } => {
                self.reply(reply, (&sender, &place), origin.as_ref(), async |context| {
                    Some(self.pressed(context, &button).await)
                })
                .await;
            }
            Event::Submitted {
                sender,
                place,
                form,
                values,
                origin,
                reply,
            } => {
                self.reply(reply, (&sender, &place), origin.as_ref(), async |context| {
                    Some(command::answer_form(context, &form, values).await)
                })
                .await;
            }
            Event::Dropped {
                sender,
                place,
                files,
                origin,
                reply,
            } => {
                self.dropped(reply, (&sender, &place), origin.as_ref(), files)
                    .await;
            }
            Event::Replied {
                sender,
                place,
                to,
                text,
                at,
                origin,
                reply,
            } => {
                let said = Replied { to, text, at };
                self.replied(reply, (&sender, &place), origin.as_ref(), said)
                    .await;
            }
            Event::Cleared { address, message } => {
                intake::read_again(&self.app, &self.intake, (&address, &message)).await;
            }
            Event::Reacted { .. } | Event::Connected { .. } | Event::RoomChanged { .. } => {}
            other => self.commanded(other).await,
        }
    }

    /// Takes a command, or the beginning of one.
    async fn commanded(&self, event: Event) {
        match event {
            Event::Said {
                sender,
                place,
                text,
                origin,
                reply,
            } => {
                self.reply(reply, (&sender, &place), origin.as_ref(), async |context| {
                    Some(command::answer(context, &text).await)
                })
                .await;
            }
            Event::Completing {
                sender,
                place,
                text,
                suggestions,
            } => {
                if let Ok(Some(context)) = self.context(&sender, &place, None).await {
                    let _ = suggestions.send(command::complete(&context, &text).await);
                }
            }
            Event::Called {
                sender,
                place,
                command,
                arguments,
                files,
                origin,
                reply,
            } => {
                let called = command::Called {
                    command,
                    arguments,
                    files,
                };
                self.reply(reply, (&sender, &place), origin.as_ref(), async |context| {
                    Some(command::call(context, called).await)
                })
                .await;
            }
            Event::Suggesting {
                sender,
                place,
                command,
                parameter,
                typed,
                suggestions,
            } => {
                if let Ok(Some(context)) = self.context(&sender, &place, None).await {
                    let about = (command.as_str(), parameter.as_str());
                    let _ = suggestions.send(command::suggest(&context, about, &typed).await);
                }
            }
            other => self.came(other).await,
        }
    }

    /// Takes that the bot is invited, or came in.
    async fn came(&self, event: Event) {
        match event {
            Event::Invited {
                sender,
                place,
                answer,
            } => rooms::answer_invitation(&self.app, (&sender, &place), answer).await,
            Event::Entered {
                by,
                place,
                reach,
                entry,
            } => rooms::greet(&self.app, by.as_ref(), (&place, reach), &entry).await,
            event => unreadable::note(&self.app, event).await,
        }
    }

    /// Finds out who it is and answers; a failure to find out is answered too. What was carried out already is left at that.
    async fn reply(
        &self,
        reply: Reply,
        (sender, place): (&Sender, &Place),
        origin: Option<&Origin>,
        answer: impl AsyncFnOnce(&Context<'_>) -> Option<Answer>,
    ) {
        let platform = place.address.platform.as_str();
        let answer = match self.context(sender, place, origin).await {
            Ok(None) => return,
            Ok(Some(context)) => {
                let answer = answer(&context).await;
                if let Some(origin) = origin {
                    self.hear(platform, origin).await;
                }
                answer
            }
            Err(error) => {
                let language = sender.locale.as_deref().and_then(Language::from_locale);
                let voice = self.app.voice(language.unwrap_or(self.app.settings.language));
                Some(command::stopped(voice, &self.app, error.into()))
            }
        };
        if let Some(answer) = answer
            && reply.send(answer).is_err()
        {
            tracing::debug!("whoever asked was gone before the answer");
        }
    }

    /// Who does something, and where; none where what they want was carried out already.
    async fn context<'a>(
        &'a self,
        sender: &'a Sender,
        place: &'a Place,
        origin: Option<&'a Origin>,
    ) -> store::Result<Option<Context<'a>>> {
        if let Some(origin) = origin {
            let mut reader = self.app.store.read().await?;
            if reader.has_heard(&place.address.platform, &origin.event).await? {
                return Ok(None);
            }
        }
        let mut context = Context::of(&self.app, &self.intake, (sender, place)).await?;
        context.origin = origin;
        Ok(Some(context))
    }

    /// Writes down that something was answered that changed nothing: what changes something says so as it commits.
    async fn hear(&self, platform: &str, origin: &Origin) {
        let heard = async {
            let mut writer = self.app.store.write().await?;
            writer.hear(platform, &origin.event, self.app.clock.now()).await?;
            writer.commit_quietly().await
        };
        if let Err(error) = heard.await {
            // Told again, it is answered again.
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "what was answered could not be written down");
        }
    }

    /// Whether a prompt offers what a button says of it.
    async fn offers(&self, prompt: PromptId, outcome: Outcome, detail: &Detail) -> store::Result<bool> {
        let mut reader = self.app.store.read().await?;
        let Some(prompt) = reader.find_prompt(prompt).await? else {
            return Ok(false);
        };
        let ask = reader.find_ask(prompt.ask).await?;
        Ok(ask.is_some_and(|ask| ask.content.offers(outcome, detail)))
    }

    /// What a button means, done and answered.
    async fn pressed(&self, context: &Context<'_>, button: &str) -> Answer {
        let act = match Choice::decode(button) {
            Some(Choice::Decide {
                ask,
                language,
                verdict,
                seal,
            }) => {
                return command::decide(context, (ask, language), (verdict, &seal)).await;
            }
            Some(Choice::Read { prompt, language }) => {
                let read = command::read(context, (prompt, language)).await;
                return read.unwrap_or_else(|stop| command::stopped(context.voice(), context.app, stop));
            }
            Some(Choice::Confirm {
                prompt,
                outcome,
                detail,
            }) if !matches!(self.offers(prompt, outcome, &detail).await, Ok(false)) => (
                prompt,
                Act::Say {
                    source: Source::Button,
                    outcome,
                    detail,
                },
            ),
            Some(Choice::Undo { prompt }) => {
                self.app.wait_for_reading().await;
                (prompt, Act::Undo)
            }
            Some(Choice::Confirm { .. }) | None => {
                return command::say(context.voice().answer_button_unknown());
            }
        };
        let (prompt, act) = act;
        let gesture = Gesture {
            author: command::author(context),
            about: About::Prompt(prompt),
            act,
            at: self.app.clock.now(),
        };
        let receipt = self.intake.record(gesture).await;
        let answered = answer::to_gesture(context, prompt, receipt).await;
        answered.unwrap_or_else(|error| command::stopped(context.voice(), context.app, error.into()))
    }
}

/// Whose turn an event is, by platform and account. What changes nothing has none.
fn asker(event: &Event) -> Option<(String, String)> {
    match event {
        Event::Said { sender, place, .. }
        | Event::Called { sender, place, .. }
        | Event::Pressed { sender, place, .. }
        | Event::Submitted { sender, place, .. }
        | Event::Replied { sender, place, .. }
        | Event::Dropped { sender, place, .. } => {
            Some((place.address.platform.clone(), sender.account.clone()))
        }
        _ => None,
    }
}

fn author(sender: &Sender, place: &Place) -> Author {
    Author {
        platform: place.address.platform.clone(),
        account: sender.account.clone(),
        name: sender.shown_name(),
        language: sender.locale.as_deref().and_then(Language::from_locale),
    }
}
