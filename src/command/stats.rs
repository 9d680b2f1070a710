//! `stats` and `summary now`: the numbers, from the tallies.

use super::{Arguments, Context, Handled, Stop, resolve::number_of};
use crate::{
    chat::Answer,
    domain::{day::Day, text::folded},
    summary::{self, stats as numbers},
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
    let card = if wanted.is_empty() || is_word(|voice| voice.value_today()) {
        numbers::today(app, &mut reader, voice, now).await?
    } else if is_word(|voice| voice.value_week()) {
        numbers::week(app, &mut reader, voice, now).await?
    } else if let Some(id) = number_of(&wanted) {
        let card = numbers::ask(app, &mut reader, voice, id, now).await?;
        card.ok_or_else(|| Stop::Refusal(voice.refusal_no_such_ask(id.to_string())))?
    } else {
        let campaign = context.campaign(&mut reader, &wanted).await?;
        numbers::campaign(app, &mut reader, voice, &campaign, now).await?
    };
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
