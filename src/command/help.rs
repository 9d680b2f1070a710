//! `help`: what the person may do here, or how one command is typed.

use std::collections::BTreeSet;

use super::{
    Arguments, Context, Handled,
    catalogue::{self, COMMANDS, Command},
    parser,
    resolve::given,
    say,
};
use crate::{
    chat::{Answer, Block, Card},
    domain::{
        role::Authority,
        text::{folded, nearest},
    },
};

pub(super) async fn help(context: &Context<'_>, arguments: Arguments) -> Handled {
    let authority = context.authority().await?;
    Ok(match arguments.get(0) {
        Some(text) => about(context, authority, text),
        None => everything(context, authority),
    })
}

/// What this person may do, those commands left out that they may not use.
fn everything(context: &Context<'_>, authority: &Authority) -> Answer {
    let voice = context.voice();
    let introduction = Block::Paragraph {
        text: voice.help_introduction(),
    };
    Answer::private(Card {
        title: Some(voice.help_title()),
        blocks: vec![introduction, lines(context, authority, COMMANDS.iter())],
        ..Card::default()
    })
}

/// A line about each of these commands that the person may use.
fn lines<'a>(
    context: &Context<'_>,
    authority: &Authority,
    commands: impl Iterator<Item = &'a Command>,
) -> Block {
    let voice = context.voice();
    let allowed = commands.filter(|command| authority.has(command.role));
    let items = allowed.map(|command| voice.help_line((command.name)(voice), (command.help)(voice)));
    Block::List {
        items: items.collect(),
    }
}

fn about(context: &Context<'_>, authority: &Authority, text: &str) -> Answer {
    let voice = context.voice();
    let names = catalogue::names(&context.app.voices);
    let text = text.trim();
    let text = text.strip_prefix(prefix(context)).unwrap_or(text);
    let wanted = folded(text);
    let wanted_word = text.split_whitespace().next().unwrap_or_default();
    let may_mean = parser::meanings(wanted_word, &names);
    let exact = names
        .iter()
        .find(|name| folded(&name.shown) == wanted && may_mean(name));
    let family: BTreeSet<usize> = names
        .iter()
        .filter(|name| folded(&name.shown).split(' ').next() == Some(wanted.as_str()) && may_mean(name))
        .map(|name| name.command)
        .filter(|command| authority.has(COMMANDS[*command].role))
        .collect();
    if exact.is_none() && !family.is_empty() {
        return Answer::private(Card {
            blocks: vec![lines(
                context,
                authority,
                family.iter().map(|command| &COMMANDS[*command]),
            )],
            ..Card::default()
        });
    }
    let near = || {
        let near = nearest(text, names.iter().map(|name| name.shown.as_str()))?;
        names.iter().find(|name| name.shown == near)
    };
    let Some(name) = exact.or_else(near) else {
        return say(voice.refusal_command_unknown(given(text)));
    };
    let usage = catalogue::usage(name.command, &context.app.voices, voice);
    let help = (COMMANDS[name.command].help)(voice);
    Answer::private(Card::paragraph(help).with_paragraph(voice.help_usage(usage)))
}

/// What is typed before a command here.
fn prefix(context: &Context<'_>) -> &'static str {
    if context.place.is_private {
        return "";
    }
    let platform = context.app.platform(&context.place.address.platform);
    platform.map_or("", |platform| platform.capabilities().command_prefix)
}
