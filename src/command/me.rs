//! `me`: one's language, pause, undo, all that is stored, and having it forgotten.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date};
use serde_json::json;

use super::{Arguments, Context, Handled, Stop, say};
use crate::{
    chat::{Answer, Attachment, Block, Card},
    domain::{
        confirmation::{Signal, SignalState, confirmations},
        day::Day,
        id::PromptId,
        language::Language,
        text::folded,
    },
    intake::{About, Act, Author, Gesture, Receipt},
    store::{PromptState, Standing, WrittenSignal},
};

pub(super) async fn me(context: &Context<'_>, _: Arguments) -> Handled {
    let (voice, authority) = (context.voice(), context.authority().await?);
    let mut reader = context.app.store.read().await?;
    let signals = reader.list_signals_of(context.person.id).await?;
    let count = i64::try_from(count_confirmations(&signals)).unwrap_or(i64::MAX);
    let mut items = vec![voice.me_language(voice.value_language(context.language().code()))];
    let paused = context.person.paused_until.filter(|until| *until > context.now);
    items.extend(paused.map(|until| voice.me_paused(last_day(context, until))));
    let roles: Vec<String> = authority
        .0
        .iter()
        .map(|grant| voice.value_role(grant.role.code()))
        .collect();
    if !roles.is_empty() {
        items.push(voice.me_roles(voice.list(roles)));
    }
    items.push(voice.me_confirmations(count, voice.number(count)));
    let blocks = vec![
        Block::List { items },
        Block::Paragraph {
            text: voice.me_hint(),
        },
    ];
    Ok(Answer::private(Card {
        title: Some(voice.me_title()),
        blocks,
        ..Card::default()
    }))
}

/// How many confirmations follow from signals: a button beside a reaction is one.
fn count_confirmations(signals: &[WrittenSignal]) -> usize {
    let mut by_standing: BTreeMap<Standing, Vec<&Signal>> = BTreeMap::new();
    for one in signals {
        by_standing.entry(one.standing).or_default().push(&one.signal);
    }
    by_standing
        .into_values()
        .map(|signals| confirmations(signals).len())
        .sum()
}

pub(super) async fn language(context: &Context<'_>, arguments: Arguments) -> Handled {
    let language: Language = context.language_named(arguments.text(0))?;
    let mut writer = context.write().await?;
    writer.set_language(context.person.id, language).await?;
    writer.commit().await?;
    Ok(say(context.app.voice(language).me_language_set()))
}

pub(super) async fn pause(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let ends = |text: &str| {
        context
            .app
            .voices
            .all()
            .iter()
            .any(|voice| folded(&voice.value_end()) == folded(text.trim()))
    };
    let until = match arguments.get(0) {
        Some(text) if ends(text) => None,
        Some(text) => Some(pause_end(context, text)?),
        None => Some(end_of(context, today(context).saturating_add(7.days()))?),
    };
    let mut writer = context.write().await?;
    writer.set_pause(context.person.id, until).await?;
    writer.commit().await?;
    Ok(say(match until {
        Some(until) => voice.me_pause_set(last_day(context, until)),
        None => voice.me_pause_ended(),
    }))
}

/// The organisation's civil day: people pause by it wherever they type, so that a pause is shown as it was set.
fn today(context: &Context<'_>) -> Date {
    Day::of(context.now, &context.app.settings.time_zone).date()
}

/// The end of a day.
fn end_of(context: &Context<'_>, day: Date) -> Result<Timestamp, Stop> {
    let next = day.saturating_add(1.day());
    let start = next.to_zoned(context.app.settings.time_zone.clone());
    Ok(start.map_err(anyhow::Error::from)?.timestamp())
}

/// The last day of a pause that ends at an instant, with its year where that is not this one.
fn last_day(context: &Context<'_>, end: Timestamp) -> String {
    let last = end.saturating_sub(1.millisecond()).unwrap_or(end);
    let day = Day::of(last, &context.app.settings.time_zone).date();
    if day.year() == today(context).year() {
        context.voice().date(day)
    } else {
        context.voice().date_with_year(day)
    }
}

/// The end of the pause: that of the day that was named.
fn pause_end(context: &Context<'_>, text: &str) -> Result<Timestamp, Stop> {
    let day = context.day(text)?;
    let end = end_of(context, day.date())?;
    if end <= context.now {
        let voice = context.voice();
        return Err(Stop::Refusal(
            voice.me_pause_past(voice.date_with_year(day.date())),
        ));
    }
    Ok(end)
}

pub(super) async fn undo(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    context.app.wait_for_reading().await;
    let mut reader = context.app.store.read().await?;
    let wanted = match arguments.get(0) {
        Some(text) => Some(context.ask(&mut reader, text).await?.id),
        None => None,
    };
    let signals = reader.list_signals_of(context.person.id).await?;
    let mut last: Option<(Timestamp, PromptId)> = None;
    let mut settled = None;
    for one in signals
        .iter()
        .filter(|one| one.signal.state == SignalState::Present && one.signal.key.outcome.counts())
    {
        if wanted.is_some_and(|wanted| wanted != one.standing.ask) {
            continue;
        }
        match reader.find_prompt(one.signal.key.prompt).await? {
            Some(prompt) if prompt.state == PromptState::Posted => {
                last = last.max(Some((one.signal.at, prompt.id)));
            }
            Some(prompt) => settled = settled.max(Some(prompt.ends_at)),
            None => {}
        }
    }
    drop(reader);
    let Some((_, prompt)) = last else {
        return Ok(say(match (wanted, settled) {
            (Some(ask), Some(ended_at)) => voice.answer_settled(ask.to_string(), context.moment(ended_at)),
            (Some(ask), None) => voice.answer_nothing_to_undo(ask.to_string()),
            (None, _) => voice.answer_nothing_to_undo_at_all(),
        }));
    };
    let gesture = Gesture {
        author: author(context),
        about: About::Prompt(prompt),
        act: Act::Undo,
        at: context.app.clock.now(),
    };
    match context.intake.record(gesture).await {
        Some(Receipt::Undone { ask, .. }) => Ok(say(voice.answer_undone(ask.to_string()))),
        Some(Receipt::Settled { ask, ended_at }) => Ok(say(
            voice.answer_settled(ask.to_string(), context.moment(ended_at))
        )),
        Some(_) => Ok(say(voice.answer_nothing_to_undo_at_all())),
        None => Ok(say(voice.answer_not_recorded())),
    }
}

/// Whoever asks, as intake knows them.
pub(crate) fn author(context: &Context<'_>) -> Author {
    Author {
        platform: context.place.address.platform.clone(),
        account: context.sender.account.clone(),
        name: context.sender.shown_name(),
        language: context.sender.locale.as_deref().and_then(Language::from_locale),
    }
}

/// All that is stored about a person, in words that need no manual.
pub(super) async fn export(context: &Context<'_>, _: Arguments) -> Handled {
    let (voice, authority) = (context.voice(), context.authority().await?);
    let mut reader = context.app.store.read().await?;
    let accounts = reader.list_accounts(context.person.id).await?;
    let signals = reader.list_signals_of(context.person.id).await?;
    let (written, approved) = reader.list_asks_touched_by(context.person.id).await?;
    let weeks = reader.list_presences_of(context.person.id).await?;
    let days = reader.list_activity_of(context.person.id).await?;
    let messages = reader.list_deliveries_to(context.person.id).await?;
    let halt = reader
        .find_halt()
        .await?
        .filter(|halt| halt.by == Some(context.person.id));
    let stored = json!({
        "person": context.person.id.0,
        "met_at": context.person.met_at.to_string(),
        "language": context.person.language,
        "paused_until": context.person.paused_until.map(|until| until.to_string()),
        "accounts": accounts.iter().map(|account| json!({
            "platform": account.platform, "id": account.external, "name": account.name,
        })).collect::<Vec<_>>(),
        "roles": authority.0.iter().map(|grant| json!({
            "role": grant.role, "group": grant.group,
        })).collect::<Vec<_>>(),
        "asks_written": written,
        "asks_approved": approved,
        "signals": signals.iter().map(|one| json!({
            "ask": one.standing.ask, "occasion": one.standing.occasion.date().to_string(),
            "outcome": one.signal.key.outcome, "detail": one.signal.key.detail.as_str(),
            "by": one.signal.key.source, "state": one.signal.state, "at": one.signal.at.to_string(),
            "day": one.signal.day.date().to_string(), "room": one.signal.room,
        })).collect::<Vec<_>>(),
        "weeks_active": weeks.iter().map(|(room, presence)| json!({
            "room": room, "first": presence.first.name(), "last": presence.last.name(),
        })).collect::<Vec<_>>(),
        "days_active": days.iter().map(|(day, room, confirmations)| json!({
            "day": day.date().to_string(), "room": room, "confirmations": confirmations,
        })).collect::<Vec<_>>(),
        "private_messages": messages.iter().map(|(at, card)| json!({
            "at": at.to_string(), "says": card.as_deref().map(said).transpose().ok(),
        })).collect::<Vec<_>>(),
        "stopped_everything_at": halt.map(|halt| halt.since.to_string()),
    });
    let bytes = serde_json::to_vec_pretty(&stored).map_err(anyhow::Error::from)?;
    let file = Attachment {
        name: "relais.json".to_owned(),
        bytes: bytes.into(),
    };
    Ok(Answer::File(Card::paragraph(voice.me_export()), file))
}

/// A card that somebody was sent, without those of its marks that nobody reads.
fn said(card: &str) -> serde_json::Result<Card> {
    serde_json::from_str(card).map(|card: Card| card.typed_after(""))
}

pub(super) async fn forget(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let is_sure = arguments.get(0).is_some_and(|text| {
        context
            .app
            .voices
            .all()
            .iter()
            .any(|voice| folded(&voice.value_yes()) == folded(text.trim()))
    });
    if !is_sure {
        return Ok(say(
            voice.me_forget_sure(voice.command_me_forget(), voice.value_yes())
        ));
    }
    let mut writer = context.write().await?;
    writer.forget(context.person.id, context.now).await?;
    writer.commit().await?;
    tracing::info!("somebody had themselves forgotten");
    Ok(say(voice.me_forgotten()))
}
