//! The imaginary organisation, set up through the embedded chat's own door: its people type, drop and approve what an
//! organisation's people do. What came of it is then looked up, so that a refusal makes the seed fail.

use std::sync::Arc;

use anyhow::{Context, anyhow, bail, ensure};
use jiff::{ToSpan, Zoned};

use super::organisation::{Organisation, PersonPlan, RoomPlan, calendar};
use crate::{
    app::App,
    chat::{
        Answer, Attachment,
        embedded::{DoorError, Embedded, NAME, Visit},
    },
    domain::{ask::AskState, role::Grant},
    store::{self, Session, Store},
};

/// The item of the demo's file that says how far its seed came.
const MARK: (&str, &str) = ("demo", "seed");
/// What it says until the seed is done.
const BEGUN: &str = "begun";
/// What it says from then on.
const DONE: &str = "done";

/// How long after the story's beginning the goals are due, in days.
const GOALS_DUE_AFTER: i32 = 21;

/// Whether the file was left half-way through its seed. One that no demo ever seeded was not.
pub(super) async fn is_half_done(store: &Store) -> store::Result<bool> {
    let mark = store.read().await?.find_chat_item(MARK.0, MARK.1).await?;
    Ok(mark.as_deref() == Some(BEGUN))
}

/// Whether the database serves somebody who is no demo: something is in it, and no demo ever seeded it.
pub(super) async fn is_anothers(store: &Store) -> store::Result<bool> {
    let mut reader = store.read().await?;
    if reader.find_chat_item(MARK.0, MARK.1).await?.is_some() {
        return Ok(false);
    }
    Ok(!reader.list_rooms().await?.is_empty() || !reader.list_newest_asks(1).await?.is_empty())
}

async fn mark(store: &Store, how_far: &str) -> store::Result<()> {
    let mut writer = store.write().await?;
    writer.put_chat_item(MARK.0, MARK.1, how_far).await?;
    writer.commit_quietly().await
}

/// Makes the rooms and the people, unless they are there already, and has them set the organisation up.
pub(super) async fn seed(app: &App, chat: &Embedded, organisation: &Organisation) -> anyhow::Result<()> {
    let mut reader = app.store.read().await?;
    if !reader.list_rooms().await?.is_empty() {
        return Ok(());
    }
    drop(reader);
    mark(&app.store, BEGUN).await?;
    chat.add_rooms(organisation.rooms.iter().map(RoomPlan::room))
        .await?;
    chat.add_people(organisation.people.iter().map(PersonPlan::person))
        .await?;
    let seed = Seed {
        chat,
        organisation,
        now: app.clock.now().to_zoned(app.settings.time_zone.clone()),
    };
    seed.set_up().await?;
    seed.plan().await?;
    let mut reader = app.store.read().await?;
    check_rooms(organisation, &mut reader).await?;
    check_roles(organisation, &mut reader).await?;
    check_asks(organisation, &mut reader).await?;
    drop(reader);
    Ok(mark(&app.store, DONE).await?)
}

struct Seed<'a> {
    chat: &'a Embedded,
    organisation: &'a Organisation,
    now: Zoned,
}

impl Seed<'_> {
    /// The admin makes groups, links rooms and gives roles to those who said hello.
    async fn set_up(&self) -> anyhow::Result<()> {
        let admin = self.organisation.admin()?.id.as_str();
        let office = self.organisation.calendar.room.as_str();
        for group in &self.organisation.groups {
            self.say(admin, office, &format!("/group add {group}")).await?;
        }
        for room in &self.organisation.rooms {
            let named = |name: &str, value: &Option<String>| {
                value
                    .as_ref()
                    .map(|value| format!(" {name}:{value}"))
                    .unwrap_or_default()
            };
            let (group, zone) = (named("group", &room.group), named("zone", &room.zone));
            let text = format!("/room add {} {}{group}{zone}", room.purpose, room.language);
            self.say(admin, &room.id, &text).await?;
        }
        for person in &self.organisation.people {
            let Some(role) = person.role else { continue };
            self.say(&person.id, office, "/me").await?;
            let group = person.group.as_deref().unwrap_or_default();
            self.say(
                admin,
                office,
                &format!("/role grant {} {role} {group}", person.id),
            )
            .await?;
        }
        Ok(())
    }

    /// The coordinators start the campaigns, drop the calendar and approve most of it.
    async fn plan(&self) -> anyhow::Result<()> {
        let Organisation {
            campaigns,
            calendar: dropped,
            approvals,
            ..
        } = self.organisation;
        let (author, office) = (dropped.by.as_str(), dropped.room.as_str());
        let due = self.now.date().checked_add(GOALS_DUE_AFTER.days())?;
        for campaign in campaigns {
            let slug = &campaign.slug;
            let text = format!("/campaign new {slug} \"{}\" \"{}\"", campaign.fr, campaign.en);
            self.say(author, office, &text).await?;
            for goal in &campaign.goals {
                let text = format!("/campaign goal {slug} {} {due} {}", goal.count, goal.kind);
                self.say(author, office, &text).await?;
            }
        }
        let file = Attachment {
            name: "calendar.csv".to_owned(),
            bytes: Arc::from(calendar(&self.now)?.into_bytes()),
        };
        answered(self.visit(author, office)?.drop_files(vec![file]).await)
            .context("dropping the calendar")?;
        for approval in approvals {
            let language = approval
                .language
                .map(|language| language.to_string())
                .unwrap_or_default();
            for ask in &approval.asks {
                self.say(&approval.by, office, &format!("/ask approve {ask} {language}"))
                    .await?;
            }
        }
        Ok(())
    }

    fn visit(&self, who: &str, room: &str) -> anyhow::Result<Visit<'_>> {
        self.chat
            .visit(who, room)
            .with_context(|| format!("{who} in {room}"))
    }

    async fn say(&self, who: &str, room: &str, text: &str) -> anyhow::Result<()> {
        let said = self.visit(who, room)?.say(text).await;
        answered(said).with_context(|| format!("{who} types {text} in {room}"))
    }
}

/// Everything that is done here is answered with a card; whether that is a refusal shows in what came of it.
fn answered(answer: Result<Option<Answer>, DoorError>) -> anyhow::Result<()> {
    match answer? {
        Some(Answer::Card(..)) => Ok(()),
        Some(other) => bail!("a card was to come, and not {other:?}"),
        None => bail!("no answer came"),
    }
}

async fn check_rooms(organisation: &Organisation, session: &mut Session) -> anyhow::Result<()> {
    let groups = session.list_groups().await?;
    for plan in &organisation.rooms {
        let room = session.find_room(&Embedded::address(&plan.id)).await?;
        let room = room.with_context(|| format!("the room {} is not linked", plan.id))?;
        let group = groups
            .iter()
            .find(|(id, _)| room.group == Some(*id))
            .map(|(_, name)| name);
        let zone = plan.zone.as_ref().unwrap_or(&organisation.time_zone);
        let is_as_planned = (room.purpose, room.language, &room.time_zone, group)
            == (plan.purpose, plan.language, zone, plan.group.as_ref());
        ensure!(
            is_as_planned,
            "the room {} is linked otherwise than planned",
            plan.id
        );
    }
    Ok(())
}

async fn check_roles(organisation: &Organisation, session: &mut Session) -> anyhow::Result<()> {
    let groups = session.list_groups().await?;
    for plan in &organisation.people {
        let Some(role) = plan.role else { continue };
        let account = session.find_account(NAME, &plan.id).await?;
        let account = account.with_context(|| format!("{} is not known", plan.id))?;
        let group = groups
            .iter()
            .find(|(_, name)| Some(name) == plan.group.as_ref())
            .map(|(id, _)| *id);
        let authority = session.load_authority(account.person).await?;
        ensure!(
            authority.0.contains(&Grant { role, group }),
            "{} was not given their role",
            plan.id
        );
    }
    Ok(())
}

async fn check_asks(organisation: &Organisation, session: &mut Session) -> anyhow::Result<()> {
    let goals: usize = organisation
        .campaigns
        .iter()
        .map(|campaign| campaign.goals.len())
        .sum();
    ensure!(
        session.list_goals().await?.len() == goals,
        "not every goal was set"
    );
    for approval in &organisation.approvals {
        // One language of two is not enough.
        let state = if approval.language.is_some() {
            AskState::Draft
        } else {
            AskState::Approved
        };
        for reference in &approval.asks {
            let ask = session.find_ask_by_reference(reference).await?;
            let ask = ask.ok_or_else(|| anyhow!("the ask {reference} was not imported"))?;
            ensure!(
                ask.state == state,
                "the ask {reference} is {} and not {state}",
                ask.state
            );
            let approvals = session.list_approvals(ask.id).await?;
            ensure!(!approvals.is_empty(), "the ask {reference} was not approved");
        }
    }
    Ok(())
}
