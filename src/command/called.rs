//! Commands that a platform's clients know by name: what is given to them comes by name too, as it is.

use super::{
    Arguments, Context, Handled, Stop, catalogue,
    catalogue::{COMMANDS, Command},
    completion, not_understood, parser, run, shape, stopped,
};
use crate::{
    chat::{Answer, DroppedFile},
    domain::{language::Language, text::clean},
};

/// A command that was given by name.
pub(crate) struct Called {
    /// Its whole English name.
    pub command: String,
    /// What was given, by the parameter's English name.
    pub arguments: Vec<(String, String)>,
    pub files: Vec<DroppedFile>,
}

/// Answers a command that was given by name. Whatever deceives in what was given to it is left out before anything is made of it.
pub(crate) async fn call(context: &Context<'_>, called: Called) -> Answer {
    let handled = call_by_name(context, called).await;
    handled.unwrap_or_else(|stop| stopped(context.voice(), context.app, stop))
}

async fn call_by_name(context: &Context<'_>, called: Called) -> Handled {
    let voice = context.voice();
    let Some((index, command)) = named(context, &called.command) else {
        // Clients of a platform may remember for a while what an older version told them.
        return Err(Stop::Refusal(
            voice.refusal_command_unknown(clean(&called.command)),
        ));
    };
    let english = context.app.voice(Language::English);
    let mut values = Vec::new();
    for parameter in command.parameters {
        if parameter.kind.is_file() {
            continue;
        }
        let name = (parameter.name)(english);
        let given = called.arguments.iter().find(|(given, _)| *given == name);
        let value = given.map(|(_, value)| clean(value));
        let value = value.filter(|value| !value.trim().is_empty());
        if value.is_none() && parameter.need == super::parameters::Need::Required {
            let missing = parser::ParseError::Missing {
                usage: catalogue::usage(index, &context.app.voices, voice),
                parameter: (parameter.name)(voice),
            };
            return Err(Stop::Refusal(not_understood(voice, &missing)));
        }
        values.push(value);
    }
    let files = Some(called.files);
    run(context, command, Arguments { values, files }).await
}

/// What a parameter may hold of which something is typed: each value, and what people call it. Nothing, where the person may not use the
/// command.
pub(crate) async fn suggest(
    context: &Context<'_>,
    (command, parameter): (&str, &str),
    typed: &str,
) -> Vec<(String, String)> {
    let english = context.app.voice(Language::English);
    let Some((_, command)) = named(context, command) else {
        return Vec::new();
    };
    let mut parameters = command.parameters.iter();
    match parameters.find(|one| (one.name)(english) == parameter) {
        Some(parameter) if matches!(context.has(command.role).await, Ok(true)) => {
            completion::fitting(context, parameter, typed).await
        }
        _ => Vec::new(),
    }
}

/// The command that clients know by this English name, and its place in the catalogue.
fn named(context: &Context<'_>, name: &str) -> Option<(usize, &'static Command)> {
    let voices = &context.app.voices;
    let english = voices.of(Language::English);
    let mut commands = COMMANDS.iter().enumerate();
    commands.find(|(_, command)| shape::whole_name(voices, command)(english) == name)
}
