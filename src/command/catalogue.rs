//! Every command, once. The parser, the help, completion and each platform's own commands come from here.

use super::{
    Context, Handler, approval, ask, ask_form, calendar, campaign, done, halt, help, me,
    parameters::{
        ASK, BY, CAMPAIGN, COMMAND, COUNT, FILE, GROUP, KIND, LANGUAGE, LEVEL, NEW_CAMPAIGN, NEW_GROUP, NOTE,
        Need, OPEN_ASK, OUTCOME, PERSON, PICTURES, PURPOSE, Parameter, REASON, ROLE, ROOM, ROOM_LANGUAGE,
        SPACE, STATE, SURE, SWITCH, TITLE_EN, TITLE_FR, UNTIL, WHAT, WHEN, ZONE,
    },
    parser, room, standing, stats, today, withdraw,
};
use crate::{
    domain::{role::Role, text::folded},
    i18n::{Voice, Voices},
};

/// A word of a command, in each language.
pub(crate) type Word = fn(&Voice) -> String;

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
    ($($name:ident $(or $also:ident)?, $help:ident, $role:ident, [$($parameter:expr),*], $run:path;)*) => {
        /// Every command, in the order of the help.
        pub(crate) static COMMANDS: &[Command] = &[$(
            Command {
                name: |voice| voice.$name(),
                also: &[$(|voice| voice.$also())?],
                help: |voice| voice.$help(),
                parameters: &[$($parameter),*],
                role: Role::$role,
                run: |context: &Context<'_>, arguments| Box::pin($run(context, arguments)),
            }
        ),*];
    };
}

commands! {
    command_today, command_today_help, Volunteer, [], today::today;
    command_done, command_done_help, Volunteer,
        [OPEN_ASK, OUTCOME.optional()], done::done;
    command_me or command_me_also, command_me_help, Volunteer, [], me::me;
    command_me_language, command_me_language_help, Volunteer,
        [LANGUAGE], me::language;
    command_me_pause, command_me_pause_help, Volunteer, [UNTIL.optional()], me::pause;
    command_me_undo, command_me_undo_help, Volunteer, [OPEN_ASK.optional()], me::undo;
    command_me_export, command_me_export_help, Volunteer, [], me::export;
    command_me_forget, command_me_forget_help, Volunteer, [SURE.optional()], me::forget;
    command_help, command_help_help, Volunteer, [COMMAND.optional()], help::help;
    command_stats, command_stats_help, Leader, [WHAT.optional()], stats::stats;
    command_summary_now or command_summary_now_also, command_summary_now_help, Leader, [], stats::summary_now;
    command_ask_new, command_ask_new_help, Coordinator, [], ask_form::new;
    command_ask_edit, command_ask_edit_help, Coordinator, [ASK], ask_form::edit;
    command_ask_show, command_ask_show_help, Coordinator, [ASK], ask::show;
    command_ask_list, command_ask_list_help, Coordinator, [STATE.optional()], ask::list;
    command_ask_approve, command_ask_approve_help, Coordinator,
        [ASK, LANGUAGE.optional()], approval::approve;
    command_ask_reject, command_ask_reject_help, Coordinator,
        [ASK, NOTE.optional()], approval::reject;
    command_ask_schedule, command_ask_schedule_help, Coordinator,
        [ASK, WHEN], ask::schedule;
    command_ask_post, command_ask_post_help, Coordinator, [ASK], ask::post;
    command_ask_close, command_ask_close_help, Coordinator, [ASK], ask::close;
    command_ask_withdraw, command_ask_withdraw_help, Coordinator,
        [ASK, REASON.optional()], withdraw::withdraw;
    command_calendar_import, command_calendar_import_help, Coordinator,
        [FILE.optional(), PICTURES.optional()], calendar::bring;
    command_stop, command_stop_help, Coordinator, [], halt::stop;
    command_resume, command_resume_help, Coordinator, [], halt::resume;
    command_campaign_new, command_campaign_new_help, Coordinator,
        [NEW_CAMPAIGN, TITLE_FR.optional(), TITLE_EN.optional()],
        campaign::new;
    command_campaign_goal, command_campaign_goal_help, Coordinator,
        [CAMPAIGN, COUNT, BY,
         KIND.optional()], campaign::goal;
    command_campaign_list, command_campaign_list_help, Coordinator, [], campaign::list;
    command_room_add, command_room_add_help, Admin,
        [PURPOSE, ROOM_LANGUAGE,
         GROUP.optional(), ZONE.optional()], room::add;
    command_room_list, command_room_list_help, Coordinator, [], room::list;
    command_room_seed, command_room_seed_help, Admin, [SWITCH], room::seed;
    command_room_crosspost, command_room_crosspost_help, Admin, [SWITCH], room::crosspost;
    command_room_remove, command_room_remove_help, Admin, [ROOM.optional()], room::remove;
    command_group_add, command_group_add_help, Admin, [NEW_GROUP], room::add_group;
    command_group_space, command_group_space_help, Admin,
        [GROUP, SPACE], standing::space;
    command_role_grant, command_role_grant_help, Admin,
        [PERSON, ROLE, GROUP.optional()],
        room::grant;
    command_role_revoke, command_role_revoke_help, Admin,
        [PERSON, ROLE, GROUP.optional()],
        room::revoke;
    command_role_map, command_role_map_help, Admin,
        [LEVEL, ROLE, GROUP.optional()],
        standing::map;
    command_role_unmap, command_role_unmap_help, Admin,
        [LEVEL, ROLE, GROUP.optional()],
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
            let typed = entry
                .parameters
                .iter()
                .filter(|parameter| !parameter.kind.is_file());
            let parameters = typed.map(|parameter| parser::ParameterName {
                shown: (parameter.name)(voice),
                folded: both.map(|voice| folded(&(parameter.name)(voice))).to_vec(),
                is_required: parameter.need == Need::Required,
                is_rest: parameter.kind.is_rest(),
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

    use super::{super::parameters::Kind, *};

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
                assert!(!before.iter().any(|kind| kind.is_rest()));
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
