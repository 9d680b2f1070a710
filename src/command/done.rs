//! `done`: an answer to an ask by its number, without pressing anything: in private, or where reactions are seen by others.

use std::collections::HashSet;

use super::{Arguments, Context, Handled, Stop, resolve::given, say};
use crate::{
    answer,
    domain::id::AskId,
    store::{self, Prompt, PromptState, Session},
    word::{self, Meaning},
};

pub(super) async fn done(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    context.require_part().await?;
    let mut reader = context.app.store.read().await?;
    let ask = context.ask(&mut reader, arguments.text(0)).await?;
    let number = ask.id.to_string();
    let Some(prompt) = prompt_of(context, &mut reader, ask.id).await? else {
        return Err(Stop::Refusal(voice.word_not_open(number)));
    };
    drop(reader);
    let text = arguments
        .get(1)
        .map_or_else(|| voice.command_done(), str::to_owned);
    match word::meaning(&context.app.voices, &ask.content, &text) {
        Some(Meaning::Said(said)) => {
            let now = context.app.clock.now();
            Ok(answer::to_words(context, prompt.id, (&said, now)).await?)
        }
        Some(Meaning::Unclear) => Ok(say(voice.word_which_outcome_command(number))),
        None => {
            let known = voice.list(word::known(voice, &ask.content));
            Err(Stop::Refusal(voice.word_unknown(given(&text), number, known)))
        }
    }
}

/// The prompt that an answer by number is about: the one that stands here, or in a room where the person was ever active, or else in any
/// room; one that is over where none is open. None where the ask was never posted.
async fn prompt_of(
    context: &Context<'_>,
    session: &mut Session,
    ask: AskId,
) -> store::Result<Option<Prompt>> {
    let here = context.room.as_ref().map(|room| room.id);
    let own = session.list_presences_of(context.person.id).await?;
    let own: HashSet<_> = own.into_iter().map(|(room, _)| room).collect();
    let prompts = session.list_prompts_of(ask).await?.into_iter();
    let shown = prompts.filter(|prompt| matches!(prompt.state, PromptState::Posted | PromptState::Closed));
    Ok(shown.max_by_key(|prompt| {
        (
            prompt.ends_at > context.now,
            prompt.occasion,
            Some(prompt.room) == here,
            own.contains(&prompt.room),
            std::cmp::Reverse(prompt.id),
        )
    }))
}
