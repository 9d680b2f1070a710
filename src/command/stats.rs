//! `stats` and `summary now`: the numbers, from the tallies.

use super::{Arguments, Context, Handled, Stop, resolve::number_of};
use crate::{
    chat::Answer,
    domain::{day::Day, id::AskId, text::folded},
    i18n::Voice,
    store::{Campaign, Session},
    summary::{
        self,
        stats::{self as numbers, Subject},
    },
};

pub(super) async fn stats(context: &Context<'_>, arguments: Arguments) -> Handled {
    let (app, voice, now) = (context.app, context.voice(), context.now);
    let mut reader = app.store.read().await?;
    let typed = arguments.get(0).unwrap_or_default().trim();
    let wanted = folded(typed);
    let is_word = |word: fn(&Voice) -> String| {
        app.voices
            .all()
            .iter()
            .any(|voice| folded(&word(voice)) == wanted)
    };
    let campaign;
    let subject = if wanted.is_empty() || is_word(|voice| voice.value_today()) {
        Subject::Today
    } else if is_word(|voice| voice.value_week()) {
        let card = numbers::week(app, &mut reader, voice, now).await?;
        return Ok(Answer::private(card));
    } else if let Some(id) = ask_named(context, &mut reader, &wanted).await? {
        Subject::Ask(id)
    } else {
        campaign = campaign_named(context, &mut reader, typed).await?;
        Subject::Campaign(&campaign)
    };
    let card = numbers::in_words(app, &mut reader, context.language(), subject, now).await?;
    let card = card.ok_or_else(|| context.no_such_ask(typed))?;
    Ok(Answer::private(card))
}

/// What stands after this word of either language, where it comes first.
fn after<'a>(context: &Context<'_>, typed: &'a str, word: fn(&Voice) -> String) -> Option<&'a str> {
    let (first, rest) = typed.split_once(char::is_whitespace)?;
    let first = folded(first);
    let mut voices = context.app.voices.all().into_iter();
    voices
        .any(|voice| folded(&word(voice)) == first)
        .then(|| rest.trim())
}

/// The ask that was named: by its number or its reference, with or without the word before it.
async fn ask_named(
    context: &Context<'_>,
    session: &mut Session,
    wanted: &str,
) -> Result<Option<AskId>, Stop> {
    let name = after(context, wanted, |voice| voice.parameter_ask()).unwrap_or(wanted);
    Ok(match number_of(name) {
        Some(id) => Some(id),
        None => session.find_ask_by_reference(name).await?.map(|ask| ask.id),
    })
}

/// The campaign that was named, with or without the word before it.
async fn campaign_named(context: &Context<'_>, session: &mut Session, typed: &str) -> Result<Campaign, Stop> {
    if let Some(name) = after(context, typed, |voice| voice.parameter_campaign()) {
        return context.campaign(session, name).await;
    }
    let refusal = |given: String| context.voice().stats_unknown(given);
    context.campaign_or(session, typed, refusal).await
}

pub(super) async fn summary_now(context: &Context<'_>, _: Arguments) -> Handled {
    let week = Day::of(context.now, &context.app.settings.time_zone)
        .week()
        .before();
    let mut reader = context.app.store.read().await?;
    let card = summary::compose(context.app, &mut reader, week, &[context.language()], context.now).await?;
    Ok(Answer::private(card))
}
