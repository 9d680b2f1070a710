//! The rooms of the organisation.

use super::{
    code::coded,
    id::{GroupId, RoomId},
    language::RoomLanguage,
};

coded! {
    /// What a room is for.
    pub enum Purpose {
        /// Volunteers read and answer prompts here.
        Volunteers = "volunteers",
        /// Coordinators prepare and approve here, and are told what needs them.
        Coordination = "coordination",
        /// Leaders read the weekly summary here.
        Leadership = "leadership",
    }
}

coded! {
    /// Why the bot cannot work in a room that is linked. What is due there waits.
    pub enum Absence {
        /// It was put out, and may be invited again.
        Removed = "removed",
        /// It was put out for good.
        Barred = "barred",
        /// Another room follows this one, and the bot is not let in there.
        Moved = "moved",
        /// Nobody else is left there.
        Empty = "empty",
        /// It may not write there.
        Silenced = "silenced",
        /// It was deleted.
        Gone = "gone",
    }
}

/// Where a room is: the platform and the name that the platform gives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct RoomAddress {
    /// The platform's name, such as `discord`.
    pub platform: String,
    /// The room's id on that platform.
    pub room: String,
}

/// A room that an admin linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Its id.
    pub id: RoomId,
    /// Where it is.
    pub address: RoomAddress,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// What it reads.
    pub language: RoomLanguage,
    /// The time zone whose clock hangs on its wall, such as `America/Montreal`.
    pub time_zone: String,
    /// The group it belongs to.
    pub group: Option<GroupId>,
}
