//! `ask show`, `list`, `schedule`, `post` and `close`.

use jiff::{Timestamp, tz::TimeZone};

use super::{Arguments, Context, Handled, Stop, approval, arrival, resolve::given, say};
use crate::{
    chat::{Answer, Block, Card},
    domain::{
        ask::{Ask, AskState},
        slot::Slot,
        text::{folded, title_of},
    },
    i18n::Voice,
    notice::room_names,
    prompt::{PromptView, Reader},
    release::{Standing, settle},
    store::{PromptState, Session},
};

/// How many asks a list shows.
const LIST_MAX: i64 = 20;

pub(super) async fn show(context: &Context<'_>, arguments: Arguments) -> Handled {
    let mut reader = context.app.store.read().await?;
    let ask = context.ask(&mut reader, arguments.text(0)).await?;
    Ok(Answer::private(shown(context, &mut reader, ask).await?))
}

/// An ask as the rooms will see it, with where it stands and what can be decided about it.
pub(super) async fn shown(context: &Context<'_>, session: &mut Session, ask: Ask) -> Result<Card, Stop> {
    let voice = context.voice();
    let standing = Standing::load(session, &ask).await?;
    let zone = context.zone();
    let ends_at = ends_at(context, &ask);
    let mut blocks = vec![Block::List {
        items: facts(context, session, (&ask, &standing)).await?,
    }];
    let is_waiting = matches!(ask.state, AskState::Draft | AskState::Rejected);
    let buttons = if is_waiting {
        approval::buttons(voice, ask.id, &standing)
    } else {
        Vec::new()
    };
    let state = voice.value_state(ask.state.code());
    let title = voice.ask_shown_title(ask.id.to_string(), state);
    let view = PromptView::preview(session, ask, ends_at).await?;
    let languages: Vec<_> = view
        .ask
        .content
        .wordings
        .iter()
        .map(|(language, _)| *language)
        .collect();
    let preview = view.card(&Reader::new(
        context.app,
        &languages,
        (&zone, context.now),
        context.platform(),
    ));
    blocks.push(Block::Rule);
    blocks.extend(preview.title.map(|text| Block::Heading { text }));
    blocks.extend(preview.blocks);
    Ok(Card {
        title: Some(title),
        blocks,
        by_reaction: (!buttons.is_empty()).then(|| voice.common_by_reaction()),
        buttons,
        footer: None,
        picture: preview.picture,
    })
}

/// When an ask ends, for those who see it before it is posted.
fn ends_at(context: &Context<'_>, ask: &Ask) -> Timestamp {
    let of_slot = || {
        let slot = ask.content.slot?;
        let zone = &context.app.settings.time_zone;
        let next = slot
            .next(zone, None, context.now)
            .or_else(|| slot.latest(zone, None, context.now));
        next.map(|occurrence| occurrence.ends_at)
    };
    // Posted now, it would end with the day.
    let of_today = || {
        let now = Slot::Now(context.now);
        let today = now.latest(&context.app.settings.time_zone, None, context.now)?;
        Some(today.ends_at)
    };
    let ends_at = ask.content.closes_at.or_else(of_slot).or_else(of_today);
    ends_at.unwrap_or(context.now)
}

/// Where an ask stands, a line each: when, where, who wrote it, who approved what, what is missing.
async fn facts(
    context: &Context<'_>,
    session: &mut Session,
    (ask, standing): (&Ask, &Standing),
) -> Result<Vec<String>, Stop> {
    let voice = context.voice();
    let mut facts = vec![match ask.content.slot {
        Some(slot) => voice.ask_fact_slot(slot_words(context, slot)),
        None => voice.ask_fact_no_slot(),
    }];
    let rooms = i64::try_from(standing.rooms.len()).unwrap_or(i64::MAX);
    facts.push(voice.ask_fact_rooms(rooms, voice.number(rooms)));
    facts.push(match ask.author {
        Some(author) => {
            let name = session.find_name(author).await?;
            name.map_or_else(
                || voice.ask_fact_author_gone(),
                |name| voice.ask_fact_author(name),
            )
        }
        // A person who had themselves forgotten is nobody any more either.
        None if ask.reference.is_none() => voice.ask_fact_author_gone(),
        None => voice.ask_fact_imported(),
    });
    for approval in &standing.valid {
        let name = match approval.by {
            Some(person) => session.find_name(person).await?,
            None => None,
        };
        let language = voice.value_language(approval.language.code());
        let when = context.moment(approval.at);
        facts.push(match name {
            Some(name) => voice.ask_fact_approved_by(language, name, when),
            None => voice.ask_fact_approved(language, when),
        });
    }
    let missing = standing.missing();
    if !missing.is_empty() && !ask.state.is_over() {
        let languages = missing.iter().map(|language| voice.in_language(language.code()));
        facts.push(voice.ask_fact_missing(voice.list(languages)));
    }
    facts.extend(arrival::facts(context, session, (ask, standing)).await?);
    Ok(facts)
}

fn slot_words(context: &Context<'_>, slot: Slot) -> String {
    let voice = context.voice();
    match slot {
        Slot::Once(when) => voice.on_day_and_time(when),
        Slot::Weekdays { from, at } => voice.ask_weekdays(voice.time(at), voice.date(from)),
        Slot::Now(instant) => context.moment(instant),
    }
}

pub(super) async fn list(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let mut reader = context.app.store.read().await?;
    let asks = match arguments.get(0) {
        Some(text) => reader.list_asks(state_named(context, text)?).await?,
        None => reader.list_newest_asks(LIST_MAX).await?,
    };
    if asks.is_empty() {
        return Ok(say(voice.ask_list_empty()));
    }
    let items = asks.iter().map(|ask| line(context, ask)).collect();
    let blocks = vec![
        Block::List { items },
        Block::Paragraph {
            text: voice.ask_list_hint(),
        },
    ];
    Ok(Answer::private(Card {
        title: Some(voice.ask_list_title()),
        blocks,
        ..Card::default()
    }))
}

fn state_named(context: &Context<'_>, text: &str) -> Result<AskState, Stop> {
    let wanted = folded(text);
    let voices = context.app.voices.all();
    // Of several asks one says « ouvertes ».
    let is_named = |name: &str| wanted == name || wanted.strip_suffix('s') == Some(name);
    let is_wanted = |state: &&AskState| {
        state.code() == wanted
            || voices
                .iter()
                .any(|voice| is_named(&folded(&voice.value_state(state.code()))))
    };
    AskState::ALL.iter().find(is_wanted).copied().ok_or_else(|| {
        let voice = context.voice();
        let known = voice.list(AskState::ALL.iter().map(|state| voice.value_state(state.code())));
        Stop::Refusal(voice.refusal_no_such_value(given(text), known))
    })
}

/// An ask on one line.
fn line(context: &Context<'_>, ask: &Ask) -> String {
    let voice = context.voice();
    let wordings = &ask.content.wordings;
    let own = ask
        .content
        .wording(context.language())
        .or_else(|| wordings.first().map(|(_, wording)| wording));
    let title = own.map(|wording| title_of(&wording.text)).unwrap_or_default();
    let when = ask
        .content
        .slot
        .map_or_else(|| voice.ask_line_no_slot(), |slot| slot_words(context, slot));
    let emoji = ask.content.kind.emoji();
    voice.ask_line(
        emoji,
        ask.id.to_string(),
        title,
        voice.value_state(ask.state.code()),
        when,
    )
}

pub(super) async fn schedule(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let slot = context.slot(arguments.text(1))?;
    let mut writer = context.write().await?;
    let mut ask = context.own_ask(&mut writer, arguments.text(0)).await?;
    let number = ask.id.to_string();
    if ask.state.is_posted() {
        return Err(Stop::Refusal(voice.ask_schedule_posted(number)));
    }
    refuse_never(
        context,
        (&ask, slot),
        std::slice::from_ref(&context.app.settings.time_zone),
    )?;
    writer.set_slot(ask.id, slot, context.now).await?;
    ask.content.slot = Some(slot);
    let standing = settle(&mut writer, &ask).await?;
    let zones: Vec<TimeZone> = standing
        .rooms
        .iter()
        .map(|room| context.app.zone_of(room))
        .collect();
    if !zones.is_empty() {
        refuse_never(context, (&ask, slot), &zones)?;
    }
    writer.commit().await?;
    let when = slot_words(context, slot);
    let mut card = Card::paragraph(if standing.approved_at().is_some() {
        voice.ask_scheduled(number, when)
    } else {
        voice.ask_scheduled_unapproved(number, when)
    });
    card.blocks.extend(too_late(context, &ask, &standing));
    Ok(Answer::private(card))
}

/// Refuses a slot that none of these zones' clocks is going to show before the ask ends.
fn refuse_never(context: &Context<'_>, (ask, slot): (&Ask, Slot), zones: &[TimeZone]) -> Result<(), Stop> {
    let voice = context.voice();
    let closes_at = ask.content.closes_at;
    let comes_before = |end: Option<Timestamp>| {
        zones
            .iter()
            .any(|zone| slot.next(zone, end, context.now).is_some())
    };
    if !comes_before(None) {
        return Err(Stop::Refusal(voice.ask_schedule_past(slot_words(context, slot))));
    }
    if !comes_before(closes_at) {
        let ends = closes_at.map(|closes| context.moment(closes)).unwrap_or_default();
        return Err(Stop::Refusal(
            voice.ask_schedule_after_end(ask.id.to_string(), ends),
        ));
    }
    Ok(())
}

/// Which rooms an ask's slot comes too late for while others get it, in words: their clock has shown it already, or the ask ends
/// before it does.
pub(super) fn too_late(context: &Context<'_>, ask: &Ask, standing: &Standing) -> Option<Block> {
    let slot = ask.content.slot?;
    let is_to_come = |zone| slot.next(&zone, ask.content.closes_at, context.now).is_some();
    let rooms = standing.rooms.iter();
    let missed = rooms.filter(|room| !is_to_come(context.app.zone_of(room)));
    let missed: Vec<String> = missed.map(|room| room.name.clone()).collect();
    let is_some = !missed.is_empty() && missed.len() < standing.rooms.len();
    let count = i64::try_from(missed.len()).unwrap_or(i64::MAX);
    let voice = context.voice();
    is_some.then(|| Block::Paragraph {
        text: voice.ask_too_late_rooms(count, room_names(voice, &missed)),
    })
}

pub(super) async fn post(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let mut writer = context.write().await?;
    let mut ask = context.own_ask(&mut writer, arguments.text(0)).await?;
    let number = ask.id.to_string();
    let refusal = match ask.state {
        state if state.is_posted() => Some(voice.ask_post_posted(&number)),
        _ if ask.content.closes_at.is_some_and(|closes| closes <= context.now) => {
            Some(voice.ask_post_over(&number))
        }
        _ => None,
    };
    let standing = Standing::load(&mut writer, &ask).await?;
    let missing = standing.missing();
    let refusal = refusal.or_else(|| {
        let languages = missing.iter().map(|language| voice.in_language(language.code()));
        (!missing.is_empty()).then(|| voice.ask_post_unapproved(&number, voice.list(languages)))
    });
    let refusal = refusal.or_else(|| {
        standing
            .rooms
            .is_empty()
            .then(|| voice.ask_post_no_rooms(&number))
    });
    if let Some(refusal) = refusal {
        return Err(Stop::Refusal(refusal));
    }
    let slot = Slot::Now(context.now);
    writer.set_slot(ask.id, slot, context.now).await?;
    ask.content.slot = Some(slot);
    settle(&mut writer, &ask).await?;
    let is_halted = writer.find_halt().await?.is_some();
    writer.commit().await?;
    let rooms = i64::try_from(standing.rooms.len()).unwrap_or(i64::MAX);
    Ok(say(if is_halted {
        voice.ask_post_halted(number)
    } else {
        voice.ask_posting(rooms, number, voice.number(rooms))
    }))
}

pub(super) async fn close(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let mut writer = context.write().await?;
    let ask = context.own_ask(&mut writer, arguments.text(0)).await?;
    let number = ask.id.to_string();
    if ask.state.is_over() {
        return Err(Stop::Refusal(voice.ask_close_over(number)));
    }
    for prompt in writer.list_prompts_of(ask.id).await? {
        writer.set_prompt_end(prompt.id, context.now).await?;
        if prompt.state == PromptState::Due {
            // The outbox drops what no longer has an open ask.
            writer.set_prompt_state(prompt.id, PromptState::Expired).await?;
        }
    }
    writer.set_ask_state(ask.id, AskState::Closed).await?;
    writer.commit().await?;
    Ok(say(voice.ask_closed(number)))
}

/// What is said of an ask that was just written or changed.
pub(super) fn saved_words(voice: &Voice, ask: &Ask, (voided, standing): (u64, &Standing)) -> String {
    let number = ask.id.to_string();
    if voided > 0 {
        voice.ask_saved_voided(number)
    } else if standing.approved_at().is_some() {
        voice.ask_saved_approved(number)
    } else {
        voice.ask_saved(number)
    }
}
