//! How a command that is being typed may go on.

mod values;

use super::{
    Context,
    catalogue::{COMMANDS, Command},
    parameters::Parameter,
    parser,
    resolve::number_of,
};
use crate::{
    chat::Suggestion,
    domain::{language::Language, role::Authority, text::folded},
};
use values::values;

/// How many ways to go on are shown: what Discord takes.
const MOST: usize = 25;

/// How a command may go on: its own words first, then what its parameters may hold.
pub(crate) async fn complete(context: &Context<'_>, text: &str) -> Vec<Suggestion> {
    let Ok(authority) = context.authority().await else {
        return Vec::new();
    };
    let mut found = names(context, authority, text.trim_start());
    if let Some((command, used, typed_value, before)) = parameter(context, authority, text)
        && let Some(parameter) = command.parameters.get(used)
    {
        let fitting = fitting(context, parameter, &typed_value).await.into_iter();
        found.extend(fitting.map(|(value, label)| Suggestion {
            text: format!("{before}{}", quoted(value)),
            label,
        }));
    }
    found.truncate(MOST);
    found
}

/// What a parameter may hold of which something is typed already: each value, with what it is.
pub(super) async fn fitting(
    context: &Context<'_>,
    parameter: &Parameter,
    typed: &str,
) -> Vec<(String, String)> {
    let wanted = folded(typed.trim());
    let wanted = wanted.trim_start_matches('#');
    let number = number_of(typed).map(|ask| ask.to_string());
    let begins = |value: &str| {
        value.starts_with(wanted) || number.as_ref().is_some_and(|number| value.starts_with(number))
    };
    let mut values = values(context, parameter).await;
    values.retain(|(value, label)| begins(&folded(value)) || folded(label).contains(wanted));
    // The number that was typed comes before those that begin so, and these before what has it somewhere.
    values.sort_by_key(|(value, _)| (number.as_ref() != Some(value), !begins(&folded(value))));
    values.truncate(MOST);
    values
}

/// The commands that begin as was typed, in the person's language, or in the other where only that fits.
fn names(context: &Context<'_>, authority: &Authority, text: &str) -> Vec<Suggestion> {
    let typed = folded(text);
    let written = text.to_lowercase();
    // Accents may be left out, but whoever types them means them: « résu » is not the beginning of “resume”.
    let begins = |name: &str| {
        folded(name).starts_with(&typed) && (typed == written || name.to_lowercase().starts_with(&written))
    };
    let allowed = || COMMANDS.iter().filter(|command| authority.has(command.role));
    let in_language = |language: Language| {
        let voice = context.app.voice(language);
        let named = allowed().filter_map(|command| {
            let name = command.names(voice).find(|name| begins(name))?;
            Some((name, (command.help)(voice)))
        });
        named
            .filter(|(name, _)| folded(name) != typed.trim_end())
            .map(|(text, label)| Suggestion { text, label })
            .collect::<Vec<_>>()
    };
    let own = in_language(context.language());
    if own.is_empty() {
        in_language(context.language().other())
    } else {
        own
    }
}

/// The command that was typed whole, how many of its parameters stand before the cursor, what stands of the next, and all that stands
/// before that.
fn parameter(
    context: &Context<'_>,
    authority: &Authority,
    text: &str,
) -> Option<(&'static Command, usize, String, String)> {
    let text = text.trim_start();
    let names = super::catalogue::names(&context.app.voices);
    let typed = folded(text);
    let is_typed = |name: &&parser::Name| typed.starts_with(&format!("{} ", folded(&name.shown)));
    let name = names
        .iter()
        .filter(is_typed)
        .max_by_key(|name| name.shown.len())?;
    let command = COMMANDS.get(name.command)?;
    if !authority.has(command.role) {
        return None;
    }
    let words = name.shown.split_whitespace().count();
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_between = text.ends_with(char::is_whitespace);
    let given = parts.len().checked_sub(words)?;
    let (used, value) = if is_between {
        (given, "")
    } else {
        (given.checked_sub(1)?, parts.last().copied().unwrap_or_default())
    };
    let before = text.strip_suffix(value).unwrap_or(text).to_owned();
    Some((command, used, value.to_owned(), before))
}

/// A value as it is typed where it has spaces.
fn quoted(value: String) -> String {
    if value.contains(char::is_whitespace) {
        format!("\"{value}\"")
    } else {
        value
    }
}
