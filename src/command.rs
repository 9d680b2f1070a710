//! What people ask of the bot, and what it answers.
//!
//! Each command is defined once, in [`catalogue`]. A refusal is a normal answer in the person's language; a failure is for
//! operators, and the person sees one polite sentence with a reference.

mod approval;
mod arrival;
mod ask;
mod ask_form;
mod calendar;
mod called;
mod campaign;
mod catalogue;
mod completion;
mod done;
mod draft_words;
mod halt;
mod help;
mod me;
mod moment;
mod offer;
mod parameters;
mod parser;
mod resolve;
mod room;
mod shape;
mod standing;
mod stats;
mod today;
mod withdraw;

pub(crate) use approval::decide;
pub(crate) use calendar::{ImportResult, import_report, is_calendar, take_files};
pub(crate) use called::{Called, call, suggest};
pub(crate) use completion::complete;
pub(crate) use me::author;
pub(crate) use offer::{enqueue_offer, enqueue_offers, offered};
pub(crate) use shape::shapes;
pub(crate) use today::read;
pub(crate) use withdraw::take_out;

use std::sync::Arc;

use anyhow::anyhow;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::OnceCell;

use crate::{
    app::App,
    authority::{self, Held},
    chat::{Answer, Card, DroppedFile, Origin, Place, Sender},
    domain::{
        id::GroupId,
        language::Language,
        role::{Authority, Role},
        room::Room,
        text::clean,
    },
    i18n::Voice,
    intake::Intake,
    store::{self, Person, Session, Writer},
    word,
};
use catalogue::Command;
use parser::{ParseError, Parsed};

/// What a handler needs to know of whoever asks, where and when.
pub(crate) struct Context<'a> {
    pub app: &'a Arc<App>,
    pub intake: &'a Intake,
    pub sender: &'a Sender,
    pub place: &'a Place,
    pub person: Person,
    /// What the person may do, once that was of interest: [`Self::authority`].
    held: OnceCell<Held>,
    /// The room, where it is linked.
    pub room: Option<Room>,
    /// What brought it, where the platform may tell of it again.
    pub origin: Option<&'a Origin>,
    pub now: Timestamp,
}

/// Why a command is not carried out.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A normal answer: what happened, why, what to do, in the person's language.
    Refusal(String),
    /// Something that operators must look at.
    Failure(anyhow::Error),
}

/// What becomes of a command.
pub(crate) type Handled = Result<Answer, Stop>;

/// Carries a command out.
pub(crate) type Handler = for<'a> fn(&'a Context<'a>, Arguments) -> BoxFuture<'a, Handled>;

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::Failure(error.into())
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failure(error)
    }
}

/// What was given to a command.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    /// The values of its parameters, in their order, as they were typed.
    values: Vec<Option<String>>,
    /// The files; none where it was typed, so that no file can come with it.
    files: Option<Vec<DroppedFile>>,
}

impl Arguments {
    /// The value of the parameter at this place, where it was given.
    pub fn get(&self, index: usize) -> Option<&str> {
        self.values.get(index)?.as_deref()
    }

    /// The value of a parameter, empty where it was not given: a required one always is.
    pub fn text(&self, index: usize) -> &str {
        self.get(index).unwrap_or_default()
    }
}

impl<'a> Context<'a> {
    /// Whoever did something: met, where they are new.
    pub async fn of(
        app: &'a Arc<App>,
        intake: &'a Intake,
        (sender, place): (&'a Sender, &'a Place),
    ) -> store::Result<Self> {
        let now = app.clock.now();
        let (platform, name) = (place.address.platform.as_str(), sender.shown_name());
        let mut reader = app.store.read().await?;
        let room = reader.find_room(&place.address).await?;
        let known = reader.find_account(platform, &sender.account).await?;
        let person = match &known {
            Some(account) => reader.find_person(account.person).await?,
            None => None,
        };
        drop(reader);
        let is_named = known.is_some_and(|account| account.name == name);
        let person = match person {
            Some(person) if is_named && !has_news(&person, sender) => person,
            known => {
                let known = known.and_then(|person| person.language);
                let in_room = room.as_ref().map(|room| room.language.first());
                let language = from_client(sender).or(known).or(in_room);
                let mut writer = app.store.write().await?;
                let met = (platform, sender.account.as_str());
                let person = writer.meet(met, &name, language, now).await?.person;
                let person = writer.load_person(person).await?;
                writer.commit().await?;
                person
            }
        };
        Ok(Self {
            app,
            intake,
            sender,
            place,
            person,
            held: OnceCell::new(),
            room,
            origin: None,
            now,
        })
    }

    /// The one write connection. What it commits is what was asked for: told again, it is not done again.
    pub async fn write(&self) -> store::Result<Writer> {
        let mut writer = self.app.store.write().await?;
        if let Some(origin) = self.origin {
            writer.hear(self.platform(), &origin.event, self.now).await?;
        }
        Ok(writer)
    }

    /// The platform on which they are.
    pub fn platform(&self) -> &'a str {
        &self.place.address.platform
    }

    /// The language of private answers: the one that the person chose, or else that of their client, or what else is known of them, or
    /// the room's, or the organisation's.
    pub fn language(&self) -> Language {
        let (known, rooms) = (self.person.language, self.room.as_ref());
        let chosen = known.filter(|_| self.person.has_chosen_language);
        chosen
            .or(from_client(self.sender))
            .or(known)
            .or(rooms.map(|room| room.language.first()))
            .unwrap_or(self.app.settings.language)
    }

    /// The words of private answers.
    pub fn voice(&self) -> &'a Voice {
        self.app.voice(self.language())
    }

    /// The clock on the person's wall, as far as is known: the room's, or the organisation's.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        self.room.as_ref().map_or_else(
            || self.app.settings.time_zone.clone(),
            |room| self.app.zone_of(room),
        )
    }

    /// An instant, as the person reads it.
    pub fn moment(&self, instant: Timestamp) -> String {
        self.voice().moment(instant, &self.zone(), self.now)
    }

    /// What the person may do. It is found out where it matters alone: a platform may have to be asked, and most people press buttons. Not
    /// for the first time while something is read: [`Self::require`] goes before that.
    pub async fn authority(&self) -> store::Result<&Authority> {
        Ok(&self.held().await?.authority)
    }

    async fn held(&self) -> store::Result<&Held> {
        let find_out = || authority::of(self.app, self.platform(), &self.sender.account);
        self.held.get_or_try_init(find_out).await
    }

    /// What the person may do, where that was found out: it was wherever a command was given that is not everybody's.
    pub fn authority_so_far(&self) -> Option<&Authority> {
        self.held.get().map(|held| &held.authority)
    }

    /// Whether the person has a role somewhere.
    pub async fn has(&self, role: Role) -> store::Result<bool> {
        Ok(role == Role::Volunteer || self.authority().await?.has(role))
    }

    /// A refusal for want of a role, unless it is not certain that it is wanting.
    async fn refusal(&self, text: String) -> Stop {
        match self.held().await {
            Ok(held) if held.is_certain => Stop::Refusal(text),
            Ok(_) => Stop::Failure(anyhow!("it cannot be found out how somebody stands in rooms")),
            Err(error) => error.into(),
        }
    }

    /// Refuses, unless the person has a role somewhere.
    pub async fn require(&self, role: Role) -> Result<(), Stop> {
        if self.has(role).await? {
            return Ok(());
        }
        let voice = self.voice();
        let text = match role {
            Role::Admin => voice.refusal_admins_only(),
            Role::Leader => voice.refusal_leadership_only(),
            _ => voice.refusal_coordinators_only(),
        };
        Err(self.refusal(text).await)
    }

    /// Refuses whoever has no part in the organisation: who is in none of its rooms, has no role and never took part in anything. The bot
    /// may be in rooms where anybody types.
    pub async fn require_part(&self) -> Result<(), Stop> {
        if self.room.is_some() {
            return Ok(());
        }
        let mut reader = self.app.store.read().await?;
        let was_active = !reader.list_presences_of(self.person.id).await?.is_empty();
        drop(reader);
        if was_active
            || authority::is_in_a_room(self.app, self.platform(), &self.sender.account).await?
            || !self.authority().await?.0.is_empty()
        {
            return Ok(());
        }
        let organisation = &self.app.settings.organisation;
        Err(self.refusal(self.voice().refusal_no_part(organisation)).await)
    }

    /// Refuses, unless the person coordinates the whole organisation.
    pub async fn require_everywhere(&self) -> Result<(), Stop> {
        if self.authority().await?.coordinates(&[]) {
            return Ok(());
        }
        let text = self.voice().refusal_coordinators_of_all_only();
        Err(self.refusal(text).await)
    }

    /// Refuses, unless the person coordinates all of these groups.
    pub async fn require_groups(&self, session: &mut Session, groups: &[GroupId]) -> Result<(), Stop> {
        if self.authority().await?.coordinates(groups) {
            return Ok(());
        }
        let known = session.list_groups().await?;
        let name = |id: &GroupId| {
            known
                .iter()
                .find(|(known, _)| known == id)
                .map(|(_, name)| name.clone())
        };
        let names: Vec<String> = groups.iter().filter_map(name).collect();
        let voice = self.voice();
        let text = match names.as_slice() {
            [] => voice.refusal_whole_organisation_only(),
            names => voice.refusal_other_groups(voice.list(names)),
        };
        Err(self.refusal(text).await)
    }
}

/// The language of somebody's client, where the platform tells.
fn from_client(sender: &Sender) -> Option<Language> {
    sender.locale.as_deref().and_then(Language::from_locale)
}

/// Whether somebody's client speaks another language than is known of them, who chose none: what the bot writes to them by itself is to be
/// in it as well.
fn has_news(person: &Person, sender: &Sender) -> bool {
    let told = from_client(sender);
    told.is_some() && told != person.language && !person.has_chosen_language
}

/// A private answer of one paragraph.
pub(crate) fn say(text: impl Into<String>) -> Answer {
    Answer::private(Card::paragraph(text))
}

/// Answers a command that was typed. Whatever deceives in it is left out before anything is made of it.
pub(crate) async fn answer(context: &Context<'_>, text: &str) -> Answer {
    let voices = &context.app.voices;
    let mut text = clean(text);
    if context.place.is_private && word::is_undo(voices, &text) {
        // A receipt offers it, and in private there is nothing to reply to.
        text = context.voice().command_me_undo();
    }
    let handled = match parser::parse(&text, &catalogue::names(voices)) {
        Ok(Parsed { command, values }) => {
            let files = None;
            run(
                context,
                &catalogue::COMMANDS[command],
                Arguments { values, files },
            )
            .await
        }
        Err(error) => Err(Stop::Refusal(not_understood(context.voice(), &error))),
    };
    handled.unwrap_or_else(|stop| stopped(context.voice(), context.app, stop))
}

/// Carries a command out, where the person may use it.
async fn run(context: &Context<'_>, command: &Command, arguments: Arguments) -> Handled {
    context.require(command.role).await?;
    (command.run)(context, arguments).await
}

/// Answers a form that was sent back.
pub(crate) async fn answer_form(context: &Context<'_>, form: &str, values: Vec<(String, String)>) -> Answer {
    let handled = ask_form::submitted(context, form, values).await;
    handled.unwrap_or_else(|stop| stopped(context.voice(), context.app, stop))
}

/// What somebody is told whose command was not carried out. A failure is logged here, once.
pub(crate) fn stopped(voice: &Voice, app: &App, stop: Stop) -> Answer {
    match stop {
        Stop::Refusal(text) => Answer::Refused(Card::paragraph(text)),
        Stop::Failure(error) => {
            let reference = app.chance.key()[..6].to_owned();
            tracing::error!(
                reference,
                error = &*error as &dyn std::error::Error,
                "a command failed"
            );
            Answer::Refused(Card::paragraph(voice.refusal_failure(reference)))
        }
    }
}

fn not_understood(voice: &Voice, error: &ParseError) -> String {
    match error {
        ParseError::Empty => voice.refusal_command_empty(),
        ParseError::Unknown {
            given,
            nearest: Some(nearest),
        } => voice.refusal_command_unknown_nearest(given, nearest),
        ParseError::Unknown { given, nearest: None } => voice.refusal_command_unknown(given),
        ParseError::Incomplete { next } => {
            let next = next.iter().map(|command| voice.common_command(command));
            voice.refusal_command_incomplete(voice.list(next))
        }
        ParseError::Missing { usage, parameter } => voice.refusal_command_missing(parameter, usage),
        ParseError::Extra { usage, given } => voice.refusal_command_extra(given, usage),
    }
}
