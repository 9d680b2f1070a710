//! What an ask needs before it may be posted: a valid approval of each language that its rooms read.

use jiff::Timestamp;

use crate::{
    domain::{
        ask::{Ask, AskState},
        language::Language,
        room::{Purpose, Room},
        seal,
    },
    store::{self, Approval, Session, Writer},
};

/// Where the approvals of an ask stand.
#[derive(Debug)]
pub(crate) struct Standing {
    /// The rooms that get it.
    pub rooms: Vec<Room>,
    /// The seal of each language it has words in.
    pub seals: Vec<(Language, String)>,
    /// The approvals that still hold: of exactly the bytes that stand now.
    pub valid: Vec<Approval>,
    /// The languages that its rooms read; all it has while it has no rooms.
    pub needed: Vec<Language>,
}

impl Standing {
    /// Where the approvals of an ask stand.
    pub async fn load(session: &mut Session, ask: &Ask) -> store::Result<Self> {
        let content = &ask.content;
        let digest = match content.picture {
            Some(id) => session
                .list_pictures()
                .await?
                .into_iter()
                .find(|picture| picture.id == id),
            None => None,
        };
        let digest = digest.map(|picture| picture.digest);
        let seal = |(language, _): &(Language, _)| {
            Some((
                *language,
                seal::of_language(content, *language, digest.as_deref())?,
            ))
        };
        let seals: Vec<(Language, String)> = content.wordings.iter().filter_map(seal).collect();
        let mut valid = session.list_approvals(ask.id).await?;
        valid.retain(|approval| seals.contains(&(approval.language, approval.seal.clone())));
        let rooms = audience(session.list_rooms_for(Purpose::Volunteers).await?, ask);
        let mut needed: Vec<Language> = rooms
            .iter()
            .flat_map(|room| room.language.languages())
            .copied()
            .collect();
        if rooms.is_empty() {
            needed = seals.iter().map(|(language, _)| *language).collect();
        }
        needed.sort();
        needed.dedup();
        Ok(Self {
            rooms,
            seals,
            valid,
            needed,
        })
    }

    /// Whether a language is approved as it stands.
    pub fn is_approved(&self, language: Language) -> bool {
        self.valid.iter().any(|approval| approval.language == language)
    }

    /// The languages that must still be approved.
    pub fn missing(&self) -> Vec<Language> {
        self.needed
            .iter()
            .copied()
            .filter(|language| !self.is_approved(*language))
            .collect()
    }

    /// The languages that its rooms read and that it has no words in.
    pub fn unwritten(&self) -> Vec<Language> {
        let has = |language: &Language| self.seals.iter().any(|(own, _)| own == language);
        self.needed
            .iter()
            .copied()
            .filter(|language| !has(language))
            .collect()
    }

    /// When the last of the needed languages was approved; none while one is missing.
    pub fn approved_at(&self) -> Option<Timestamp> {
        if self.needed.is_empty() || !self.missing().is_empty() {
            return None;
        }
        self.valid
            .iter()
            .filter(|approval| self.needed.contains(&approval.language))
            .map(|approval| approval.at)
            .max()
    }

    /// Whether a room may get the ask: all that it reads is approved.
    pub fn covers(&self, room: &Room) -> bool {
        room.language
            .languages()
            .iter()
            .all(|language| self.is_approved(*language))
    }
}

/// The rooms of an ask's groups, or all where it names none.
fn audience(rooms: Vec<Room>, ask: &Ask) -> Vec<Room> {
    let groups = &ask.content.groups;
    let is_meant = |room: &Room| groups.is_empty() || room.group.is_some_and(|group| groups.contains(&group));
    rooms.into_iter().filter(is_meant).collect()
}

/// Brings an ask's state in line with its approvals, after either changed. Returns where they stand.
pub(crate) async fn settle(writer: &mut Writer, ask: &Ask) -> store::Result<Standing> {
    let standing = Standing::load(writer, ask).await?;
    let approved_at = standing.approved_at();
    writer.set_approved_at(ask.id, approved_at).await?;
    let state = match (approved_at, ask.state) {
        (Some(_), _) => AskState::Approved,
        // What was sent back waits for its author, whatever else is said of it.
        (None, AskState::Rejected) if standing.valid.is_empty() => AskState::Rejected,
        (None, _) => AskState::Draft,
    };
    if ask.state != state && !ask.state.is_posted() {
        writer.set_ask_state(ask.id, state).await?;
    }
    Ok(standing)
}
