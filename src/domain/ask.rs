//! Asks: what volunteers are asked to do.

use jiff::Timestamp;

use super::{
    choice::Detail,
    code::coded,
    id::{AskId, CampaignId, GroupId, PersonId, PictureId},
    language::Language,
    network::Network,
    outcome::Outcome,
    slot::Slot,
};

coded! {
    /// What volunteers are asked to do.
    pub enum AskKind {
        /// Relay a post on social networks.
        Share = "share",
        /// Telephone somebody.
        Call = "call",
        /// Write to somebody.
        Write = "write",
        /// Sign a petition.
        Sign = "sign",
        /// Give money.
        Give = "give",
        /// Come to an event.
        Attend = "attend",
        /// Anything else.
        Other = "other",
    }
}

impl AskKind {
    /// The emoji that marks it.
    pub const fn emoji(self) -> &'static str {
        match self {
            Self::Share => "📣",
            Self::Call => "📞",
            Self::Write => "✉️",
            Self::Sign => "✍️",
            Self::Give => "💛",
            Self::Attend => "📅",
            Self::Other => "⭐",
        }
    }
}

coded! {
    /// Where an ask stands between its first words and its end.
    pub enum AskState {
        /// Being written, or waiting for approval.
        Draft = "draft",
        /// Sent back with a note.
        Rejected = "rejected",
        /// Approved in every language that its rooms need; posted when its time comes.
        Approved = "approved",
        /// In the rooms.
        Open = "open",
        /// Over: its time passed, or a coordinator closed it.
        Closed = "closed",
        /// Its time passed before it could be posted.
        Expired = "expired",
        /// Over: a coordinator took it back, and with it what stands in rooms.
        Withdrawn = "withdrawn",
    }
}

impl AskState {
    /// Whether rooms have seen it, or were to when it was closed.
    pub const fn is_posted(self) -> bool {
        matches!(self, Self::Open | Self::Closed | Self::Withdrawn)
    }

    /// Whether anything can still happen to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Expired | Self::Withdrawn)
    }
}

/// Whom a call is for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Somebody with a name and a number.
    Number {
        /// Whom to ask for.
        name: String,
        /// The number as a telephone dials it: digits, with a leading `+` where it is international and `;ext=12` at the end
        /// where there is an extension.
        number: String,
    },
    /// The caller's own representative in a jurisdiction of the directory, such as `ca-qc`.
    Representative {
        /// The jurisdiction's code.
        jurisdiction: String,
    },
}

/// An ask's words in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Wording {
    /// What the prompt says, and what is copied to a social network.
    pub text: String,
    /// What a caller says.
    pub script: Option<String>,
    /// What the picture shows, for those who do not see it.
    pub alt: Option<String>,
}

/// Everything of an ask that its coordinators wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskContent {
    /// What is asked.
    pub kind: AskKind,
    /// The end it serves.
    pub campaign: Option<CampaignId>,
    /// Its words, in one language or both.
    pub wordings: Vec<(Language, Wording)>,
    /// Where to read more, sign or give.
    pub link: Option<String>,
    /// With their `#`.
    pub hashtags: Vec<String>,
    /// The social networks it is meant for; empty where the kind has none.
    pub networks: Vec<Network>,
    /// The picture that goes with it.
    pub picture: Option<PictureId>,
    /// Whom to call.
    pub targets: Vec<Target>,
    /// The groups whose rooms get it; empty for every volunteers' room.
    pub groups: Vec<GroupId>,
    /// When it is posted.
    pub slot: Option<Slot>,
    /// When it ends. An ask without one ends with the day of its slot, in each room's zone.
    pub closes_at: Option<Timestamp>,
}

impl AskContent {
    /// Its words in a language, where it has them.
    pub fn wording(&self, language: Language) -> Option<&Wording> {
        self.wordings
            .iter()
            .find(|(own, _)| *own == language)
            .map(|(_, wording)| wording)
    }

    /// Whether a prompt of it offers this choice: an outcome of its kind, of nothing in particular or of one of its networks or
    /// targets. A button's id says what it means, and anybody may write one.
    pub fn offers(&self, outcome: Outcome, detail: &Detail) -> bool {
        let is_named = match self.kind {
            AskKind::Call => (0..self.targets.len()).any(|index| Detail::target(index) == *detail),
            _ => self
                .networks
                .iter()
                .any(|network| network.code() == detail.as_str()),
        };
        match outcome {
            Outcome::NotToday => detail.is_general(),
            outcome => Outcome::offered(self.kind).contains(&outcome) && (detail.is_general() || is_named),
        }
    }
}

/// An ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Its number, which people say aloud.
    pub id: AskId,
    /// The calendar's own name for it; importing again updates by it.
    pub reference: Option<String>,
    /// Where it stands.
    pub state: AskState,
    /// Who wrote it; nobody where the operator imported it.
    pub author: Option<PersonId>,
    /// When the last of its languages was approved.
    pub approved_at: Option<Timestamp>,
    /// When it was given its slot.
    pub slot_set_at: Option<Timestamp>,
    /// What its coordinators wrote.
    pub content: AskContent,
}

impl Ask {
    /// Since when it may be posted: since it is approved and has its slot. Where a room's clock had shown the slot by then, it missed
    /// that room.
    pub fn ready_at(&self) -> Option<Timestamp> {
        self.approved_at
            .max(self.slot_set_at)
            .filter(|_| self.approved_at.is_some())
    }
}
