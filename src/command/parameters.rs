//! What commands are given: each parameter once, whichever commands it is a parameter of.

use super::catalogue::Word;

/// What a parameter holds, for those who help somebody type it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The number of an ask.
    Ask,
    /// The number of an ask that is open where the person sees it.
    OpenAsk,
    /// The short name of a campaign.
    Campaign,
    /// The name of a group.
    Group,
    /// French or English.
    Language,
    /// French, English or both.
    RoomLanguage,
    /// What a room is for.
    Purpose,
    /// A role.
    Role,
    /// The kind of an ask.
    Deed,
    /// The name of a linked room, which may have spaces.
    Room,
    /// The name of a space, which may have spaces too.
    Space,
    /// What somebody is where a room is: a power level, a role of a server.
    Standing,
    /// The name of a command.
    Command,
    /// What numbers are about: a time, an ask or a campaign.
    Subject,
    /// Where an ask stands.
    State,
    /// On or off.
    Switch,
    /// A file.
    File,
    /// Some files.
    Files,
    /// Something that only the person knows: a name, a number, a day.
    Free,
    /// The rest of what is typed.
    Rest,
}

/// Whether a parameter must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// Something that is given to a command.
pub(crate) struct Parameter {
    pub name: Word,
    /// What it is, in a sentence.
    pub help: Word,
    pub kind: Kind,
    pub need: Need,
}

impl Parameter {
    /// The same, where it may be left out.
    pub const fn optional(self) -> Self {
        Self {
            need: Need::Optional,
            ..self
        }
    }
}

impl Kind {
    /// Whether it takes the rest of what is typed: it may have spaces.
    pub const fn is_rest(self) -> bool {
        matches!(
            self,
            Self::Rest | Self::Room | Self::Space | Self::Command | Self::Subject | Self::State
        )
    }

    /// Whether it is given as a file, so that it cannot be typed.
    pub const fn is_file(self) -> bool {
        matches!(self, Self::File | Self::Files)
    }
}

macro_rules! parameters {
    ($($constant:ident: $name:ident, $help:ident, $kind:ident;)*) => {
        $(pub(super) const $constant: Parameter = Parameter {
            name: |voice| voice.$name(),
            help: |voice| voice.$help(),
            kind: Kind::$kind,
            need: Need::Required,
        };)*
    };
}

parameters! {
    LANGUAGE: parameter_language, parameter_language_help, Language;
    UNTIL: parameter_until, parameter_until_help, Rest;
    ASK: parameter_ask, parameter_ask_help, Ask;
    OPEN_ASK: parameter_ask, parameter_ask_help, OpenAsk;
    SURE: parameter_sure, parameter_sure_help, Free;
    COMMAND: parameter_command, parameter_command_help, Command;
    WHAT: parameter_what, parameter_what_help, Subject;
    STATE: parameter_state, parameter_state_help, State;
    NOTE: parameter_note, parameter_note_help, Rest;
    WHEN: parameter_when, parameter_when_help, Rest;
    CAMPAIGN: parameter_campaign, parameter_campaign_help, Campaign;
    NEW_CAMPAIGN: parameter_campaign, parameter_campaign_new_help, Free;
    TITLE_FR: parameter_title_fr, parameter_title_fr_help, Free;
    TITLE_EN: parameter_title_en, parameter_title_en_help, Free;
    COUNT: parameter_count, parameter_count_help, Free;
    BY: parameter_by, parameter_by_help, Free;
    KIND: parameter_kind, parameter_kind_help, Deed;
    PURPOSE: parameter_purpose, parameter_purpose_help, Purpose;
    ROOM_LANGUAGE: parameter_room_language, parameter_room_language_help, RoomLanguage;
    GROUP: parameter_group, parameter_group_help, Group;
    NEW_GROUP: parameter_group, parameter_group_new_help, Free;
    ZONE: parameter_zone, parameter_zone_help, Free;
    PERSON: parameter_person, parameter_person_help, Free;
    ROLE: parameter_role, parameter_role_help, Role;
    OUTCOME: parameter_outcome, parameter_outcome_help, Rest;
    REASON: parameter_reason, parameter_reason_help, Rest;
    SWITCH: parameter_switch, parameter_switch_help, Switch;
    SPACE: parameter_space, parameter_space_help, Space;
    LEVEL: parameter_level, parameter_level_help, Standing;
    ROOM: parameter_room, parameter_room_help, Room;
    FILE: parameter_file, parameter_file_help, File;
    PICTURES: parameter_picture, parameter_picture_help, Files;
}
