//! A crowd: invented people who answer what the bot posts as the hours pass, through the embedded chat's own door.
//!
//! They know of the bot what people know of it: what it posts, which buttons stand there and what their emoji mean. What somebody does about a
//! message follows from who they are and which message it is, so that the same start tells the same story, and a demo that is taken
//! up again goes on with it.

mod habit;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use futures_util::{StreamExt, stream};
use jiff::{Timestamp, tz::TimeZone};

use super::organisation::Organisation;
use crate::{
    chat::{
        Message,
        embedded::{Author, Content, DoorError, Embedded, Gesture, PREFIX, Post, PostId},
    },
    domain::{language::Language, room::Purpose},
};
use habit::{Deed, Member};

/// How many people act at the same time.
const ACTING_MAX: usize = 32;
/// How many messages of a room the crowd reads at once.
const READ_MAX: usize = 50;

/// A crowd in the chat.
pub(super) struct Crowd {
    chat: Arc<Embedded>,
    members: Vec<Member>,
    rooms: Vec<Room>,
    plan: BTreeSet<Planned>,
    /// What was to be done until then was done in an earlier demo.
    since: Timestamp,
}

/// A room of volunteers.
struct Room {
    id: String,
    zone: TimeZone,
    /// The last message that the crowd has read.
    read: Option<PostId>,
}

/// What somebody is going to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Planned {
    at: Timestamp,
    member: usize,
    room: usize,
    post: PostId,
    deed: Deed,
}

impl Crowd {
    /// Brings so many people into the chat, unless they are there already.
    pub async fn gather(
        chat: Arc<Embedded>,
        organisation: &Organisation,
        size: usize,
        since: Timestamp,
    ) -> anyhow::Result<Self> {
        let plans = organisation
            .rooms
            .iter()
            .filter(|room| room.purpose == Purpose::Volunteers);
        let languages: Vec<&[Language]> = plans.clone().map(|room| room.language.languages()).collect();
        let members: Vec<Member> = (0..size)
            .map(|number| Member::new(number, &organisation.crowd, &languages))
            .collect();
        let missing = members
            .iter()
            .map(|member| &member.person)
            .filter(|person| chat.person(&person.id).is_none());
        chat.add_people(missing.cloned().collect::<Vec<_>>()).await?;
        let rooms = plans.map(|room| {
            let zone = room.zone.as_ref().unwrap_or(&organisation.time_zone);
            Ok(Room {
                id: room.id.clone(),
                zone: TimeZone::get(zone)?,
                read: None,
            })
        });
        let rooms = rooms.collect::<anyhow::Result<_>>()?;
        Ok(Self {
            chat,
            members,
            rooms,
            plan: BTreeSet::new(),
            since,
        })
    }

    /// When somebody does something next.
    pub fn next(&self) -> Option<Timestamp> {
        self.plan.first().map(|planned| planned.at)
    }

    /// Reads what was posted since, and makes up everybody's mind about it.
    pub async fn look(&mut self) -> anyhow::Result<()> {
        if self.members.is_empty() {
            return Ok(());
        }
        for room in 0..self.rooms.len() {
            let last = self.chat.last_post(&self.rooms[room].id).await?;
            if last <= self.rooms[room].read {
                continue;
            }
            let passage = self.chat.passage(&self.rooms[room].id, None, READ_MAX).await?;
            for standing in &passage.standing {
                if Some(&standing.post.id) > self.rooms[room].read.as_ref() {
                    self.consider(room, &standing.post);
                }
            }
            self.rooms[room].read = last;
        }
        Ok(())
    }

    fn consider(&mut self, room: usize, post: &Post) {
        let (Author::Bot, Content::Card { card, .. }) = (&post.author, &post.content) else {
            return;
        };
        let zone = &self.rooms[room].zone;
        for (number, member) in self
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.rooms.contains(&room))
        {
            let deeds = member.deeds(post, &card.buttons, zone);
            let deeds = deeds.into_iter().filter(|(at, _)| *at > self.since);
            self.plan.extend(deeds.map(|(at, deed)| Planned {
                at,
                member: number,
                room,
                post: post.id.clone(),
                deed,
            }));
        }
    }

    /// Does all that was to be done until now: everybody for themselves, each in order.
    pub async fn act(&mut self, now: Timestamp) {
        let mut by_member: BTreeMap<usize, Vec<Planned>> = BTreeMap::new();
        while let Some(planned) = self.plan.first().filter(|planned| planned.at <= now).cloned() {
            self.plan.remove(&planned);
            by_member.entry(planned.member).or_default().push(planned);
        }
        let acting = by_member.into_values().map(|deeds| self.act_in_order(deeds));
        stream::iter(acting)
            .buffer_unordered(ACTING_MAX)
            .collect::<()>()
            .await;
    }

    async fn act_in_order(&self, deeds: Vec<Planned>) {
        for planned in deeds {
            if let Err(error) = self.carry_out(&planned).await {
                let error = &error as &dyn std::error::Error;
                tracing::debug!(error, "somebody in the crowd was turned away");
            }
        }
    }

    async fn carry_out(&self, planned: &Planned) -> Result<(), DoorError> {
        let member = &self.members[planned.member];
        let room = &self.rooms[planned.room].id;
        let visit = self.chat.visit(&member.person.id, room)?;
        let message = Message::from(planned.post.clone());
        match &planned.deed {
            Deed::Press(button) => visit.under(&message)?.press(button).await.map(drop),
            Deed::React(key) => visit.react(&message, key, Gesture::Give).await,
            Deed::TakeBack(key) => visit.react(&message, key, Gesture::TakeBack).await,
            Deed::Undo => visit.say(&format!("{PREFIX}{}", member.undo)).await.map(drop),
        }
    }
}
