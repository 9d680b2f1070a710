//! `stats` and `summary now`: the numbers, from the tallies.

use super::{Arguments, Context, Handled, Stop, resolve::number_of};
use crate::{
    chat::Answer,
    domain::{day::Day, text::folded},
    summary::{
        self,
        stats::{self as numbers, Subject},
    },
};

pub(super) async fn stats(context: &Context<'_>, arguments: Arguments) -> Handled {
    let (app, voice, now) = (context.app, context.voice(), context.now);
    let mut reader = app.store.read().await?;
    let wanted = folded(arguments.get(0).unwrap_or_default().trim());
    let is_word = |word: fn(&crate::i18n::Voice) -> String| {
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
    } else if let Some(id) = number_of(&wanted) {
        Subject::Ask(id)
    } else {
        campaign = context.campaign(&mut reader, &wanted).await?;
        Subject::Campaign(&campaign)
    };
    let card = numbers::in_words(app, &mut reader, context.language(), subject, now).await?;
    let card = card.ok_or_else(|| Stop::Refusal(voice.refusal_no_such_ask(wanted)))?;
    Ok(Answer::private(card))
}

pub(super) async fn summary_now(context: &Context<'_>, _: Arguments) -> Handled {
    let week = Day::of(context.now, &context.app.settings.time_zone)
        .week()
        .before();
    let mut reader = context.app.store.read().await?;
    let card = summary::compose(context.app, &mut reader, week, &[context.language()], context.now).await?;
    Ok(Answer::private(card))
}
