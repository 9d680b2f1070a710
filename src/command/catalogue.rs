//! Every command, once. The parser, the help, completion and each platform's own commands come from here.

use super::{
    Context, Handler, approval, ask, ask_form, campaign, done, halt, help, me, parser, room, standing, stats,
    today, withdraw,
};
use crate::{
    domain::{role::Role, text::folded},
    i18n::{Voice, Voices},
};

/// A word of a command, in each language.
pub(crate) type Word = fn(&Voice) -> String;

/// What a parameter holds, for those who help somebody type it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The number of an ask.
    Ask,
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
    pub kind: Kind,
    pub need: Need,
}

/// A command.
pub(crate) struct Command {
    /// Its whole name.
    pub name: Word,
    /// Other names that are understood, and not shown unless somebody types their beginning.
    pub also: &'static [Word],
    /// What it does, in a sentence.
    pub help: Word,
    pub parameters: &'static [Parameter],
    /// Who may use it at all; within groups, the handler looks closer.
    pub role: Role,
    pub run: Handler,
}

macro_rules! commands {
    ($($name:ident $(or $also:ident)?, $help:ident, $role:ident, [$($parameter:ident $kind:ident $need:ident),*], $run:path;)*) => {
        /// Every command, in the order of the help.
        pub(crate) static COMMANDS: &[Command] = &[$(
            Command {
                name: |voice| voice.$name(),
                also: &[$(|voice| voice.$also())?],
                help: |voice| voice.$help(),
                parameters: &[$(Parameter {
                    name: |voice| voice.$parameter(),
                    kind: Kind::$kind,
                    need: Need::$need,
                }),*],
                role: Role::$role,
                run: |context: &Context<'_>, arguments| Box::pin($run(context, arguments)),
            }
        ),*];
    };
}

commands! {
    command_today, command_today_help, Volunteer, [], today::today;
    command_done, command_done_help, Volunteer,
        [parameter_ask Ask Required, parameter_outcome Rest Optional], done::done;
    command_me, command_me_help, Volunteer, [], me::me;
    command_me_language, command_me_language_help, Volunteer,
        [parameter_language Language Required], me::language;
    command_me_pause, command_me_pause_help, Volunteer, [parameter_until Rest Optional], me::pause;
    command_me_undo, command_me_undo_help, Volunteer, [parameter_ask Ask Optional], me::undo;
    command_me_export, command_me_export_help, Volunteer, [], me::export;
    command_me_forget, command_me_forget_help, Volunteer, [parameter_sure Free Optional], me::forget;
    command_help, command_help_help, Volunteer, [parameter_command Rest Optional], help::help;
    command_stats, command_stats_help, Leader, [parameter_what Rest Optional], stats::stats;
    command_summary_now or command_summary_now_also, command_summary_now_help, Leader, [], stats::summary_now;
    command_ask_new, command_ask_new_help, Coordinator, [], ask_form::new;
    command_ask_edit, command_ask_edit_help, Coordinator, [parameter_ask Ask Required], ask_form::edit;
    command_ask_show, command_ask_show_help, Coordinator, [parameter_ask Ask Required], ask::show;
    command_ask_list, command_ask_list_help, Coordinator, [parameter_state Rest Optional], ask::list;
    command_ask_approve, command_ask_approve_help, Coordinator,
        [parameter_ask Ask Required, parameter_language Language Optional], approval::approve;
    command_ask_reject, command_ask_reject_help, Coordinator,
        [parameter_ask Ask Required, parameter_note Rest Optional], approval::reject;
    command_ask_schedule, command_ask_schedule_help, Coordinator,
        [parameter_ask Ask Required, parameter_when Rest Required], ask::schedule;
    command_ask_post, command_ask_post_help, Coordinator, [parameter_ask Ask Required], ask::post;
    command_ask_close, command_ask_close_help, Coordinator, [parameter_ask Ask Required], ask::close;
    command_ask_withdraw, command_ask_withdraw_help, Coordinator,
        [parameter_ask Ask Required, parameter_reason Rest Optional], withdraw::withdraw;
    command_stop, command_stop_help, Coordinator, [], halt::stop;
    command_resume, command_resume_help, Coordinator, [], halt::resume;
    command_campaign_new, command_campaign_new_help, Coordinator,
        [parameter_campaign Free Required, parameter_title_fr Free Optional, parameter_title_en Free Optional],
        campaign::new;
    command_campaign_goal, command_campaign_goal_help, Coordinator,
        [parameter_campaign Campaign Required, parameter_count Free Required, parameter_by Free Required,
         parameter_kind Deed Optional], campaign::goal;
    command_campaign_list, command_campaign_list_help, Coordinator, [], campaign::list;
    command_room_add, command_room_add_help, Admin,
        [parameter_purpose Purpose Required, parameter_room_language RoomLanguage Required,
         parameter_group Group Optional, parameter_zone Free Optional], room::add;
    command_room_list, command_room_list_help, Coordinator, [], room::list;
    command_room_seed, command_room_seed_help, Admin, [parameter_switch Free Required], room::seed;
    command_room_crosspost, command_room_crosspost_help, Admin, [parameter_switch Free Required], room::crosspost;
    command_room_remove, command_room_remove_help, Admin, [parameter_room Room Optional], room::remove;
    command_group_add, command_group_add_help, Admin, [parameter_group Free Required], room::add_group;
    command_group_space, command_group_space_help, Admin,
        [parameter_group Group Required, parameter_space Space Required], standing::space;
    command_role_grant, command_role_grant_help, Admin,
        [parameter_person Free Required, parameter_role Role Required, parameter_group Group Optional],
        room::grant;
    command_role_revoke, command_role_revoke_help, Admin,
        [parameter_person Free Required, parameter_role Role Required, parameter_group Group Optional],
        room::revoke;
    command_role_map, command_role_map_help, Admin,
        [parameter_level Free Required, parameter_role Role Required, parameter_group Group Optional],
        standing::map;
    command_role_unmap, command_role_unmap_help, Admin,
        [parameter_level Free Required, parameter_role Role Required, parameter_group Group Optional],
        standing::unmap;
    command_role_list, command_role_list_help, Admin, [], standing::list;
}

impl Command {
    /// Its names in a language, the one that is shown first.
    pub fn names(&self, voice: &Voice) -> impl Iterator<Item = String> {
        let also = self.also.iter().map(|also| also(voice));
        [(self.name)(voice)].into_iter().chain(also)
    }
}

/// Everything that can be typed: each command in French and in English.
pub(crate) fn names(voices: &Voices) -> Vec<parser::Name> {
    let both = voices.all();
    let each = COMMANDS.iter().enumerate().flat_map(|(command, entry)| {
        let names = both.map(|voice| entry.names(voice).map(move |shown| (voice, shown)));
        names.into_iter().flatten().map(move |(voice, shown)| {
            let parameters = entry.parameters.iter().map(|parameter| parser::ParameterName {
                shown: (parameter.name)(voice),
                folded: both.map(|voice| folded(&(parameter.name)(voice))).to_vec(),
                is_required: parameter.need == Need::Required,
                is_rest: matches!(parameter.kind, Kind::Rest | Kind::Room | Kind::Space),
            });
            parser::Name {
                command,
                shown,
                parameters: parameters.collect(),
            }
        })
    });
    each.collect()
}

/// How a command is typed in a language.
pub(crate) fn usage(command: usize, voices: &Voices, voice: &Voice) -> String {
    let shown = (COMMANDS[command].name)(voice);
    let name = names(voices)
        .into_iter()
        .find(|name| name.command == command && name.shown == shown);
    name.map(|name| parser::usage(&name)).unwrap_or(shown)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn no_two_commands_share_a_name_in_any_language() {
        let mut by_name = BTreeMap::new();
        for name in names(&Voices::load()) {
            let other = by_name.insert(folded(&name.shown), name.command);
            assert!(other.is_none_or(|other| other == name.command), "{}", name.shown);
        }
    }

    #[test]
    fn only_the_last_parameter_takes_the_rest_and_none_is_required_after_an_optional_one() {
        for command in COMMANDS {
            let kinds: Vec<Kind> = command
                .parameters
                .iter()
                .map(|parameter| parameter.kind)
                .collect();
            if let Some((_, before)) = kinds.split_last() {
                assert!(!before.contains(&Kind::Rest));
            }
            let needs: Vec<Need> = command
                .parameters
                .iter()
                .map(|parameter| parameter.need)
                .collect();
            assert!(
                !needs
                    .windows(2)
                    .any(|pair| pair == [Need::Optional, Need::Required])
            );
        }
    }
}
