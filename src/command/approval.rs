//! `ask approve` and `ask reject`, by command or by button: a second person's yes to the exact bytes of one language.

use super::{Arguments, Context, Handled, Stop, ask::too_late, draft_words, say, stopped};
use crate::{
    chat::{Answer, Button, Card, Field, FieldKind, Form, Style},
    domain::{
        ask::{Ask, AskState},
        choice::{Choice, Verdict},
        draft::Problem,
        id::AskId,
        language::Language,
        role::Role,
        seal,
        text::clean,
    },
    i18n::Voice,
    notice::tell_coordinators,
    release::{Standing, settle},
    store::{Approval, Writer},
};

/// The longest note with which an ask is sent back, in characters.
const NOTE_MAX: usize = 1_000;

pub(super) async fn approve(context: &Context<'_>, arguments: Arguments) -> Handled {
    let language = arguments
        .get(1)
        .map(|text| context.language_named(text))
        .transpose()?;
    let mut writer = context.write().await?;
    let ask = context.own_ask(&mut writer, arguments.text(0)).await?;
    let standing = Standing::load(&mut writer, &ask).await?;
    let wanted = language.map_or_else(
        || standing.seals.clone(),
        |language| {
            standing
                .seals
                .iter()
                .filter(|(own, _)| *own == language)
                .cloned()
                .collect()
        },
    );
    if wanted.is_empty() {
        return Err(Stop::Refusal(no_words(
            context.voice(),
            &ask,
            language.unwrap_or(Language::French),
        )));
    }
    carry_out(context, writer, (ask, wanted)).await
}

pub(super) async fn reject(context: &Context<'_>, arguments: Arguments) -> Handled {
    let mut reader = context.app.store.read().await?;
    let ask = context.own_ask(&mut reader, arguments.text(0)).await?;
    drop(reader);
    match arguments.get(1) {
        Some(note) => send_back(context, ask.id, note).await,
        None => Ok(Answer::Form(note_form(context.voice(), ask.id, ""))),
    }
}

/// A decision by a button, about what was shown with it.
pub(crate) async fn decide(
    context: &Context<'_>,
    (ask, language): (AskId, Language),
    (verdict, shown): (Verdict, &str),
) -> Answer {
    let handled = decide_shown(context, (ask, language), (verdict, shown)).await;
    handled.unwrap_or_else(|stop| stopped(context.voice(), context.app, stop))
}

async fn decide_shown(
    context: &Context<'_>,
    (id, language): (AskId, Language),
    (verdict, shown): (Verdict, &str),
) -> Handled {
    context.require(Role::Coordinator).await?;
    let mut writer = context.write().await?;
    let ask = context.own_ask(&mut writer, &id.to_string()).await?;
    if verdict == Verdict::Reject {
        return Ok(Answer::Form(note_form(context.voice(), id, "")));
    }
    let standing = Standing::load(&mut writer, &ask).await?;
    let now = standing
        .seals
        .iter()
        .find(|(own, seal)| *own == language && seal::short(seal) == shown);
    let Some(wanted) = now.cloned() else {
        return Err(Stop::Refusal(
            context.voice().approval_changed_since(ask.id.to_string()),
        ));
    };
    carry_out(context, writer, (ask, vec![wanted])).await
}

async fn carry_out(
    context: &Context<'_>,
    mut writer: Writer,
    (ask, wanted): (Ask, Vec<(Language, String)>),
) -> Handled {
    let voice = context.voice();
    let number = ask.id.to_string();
    if ask.author == Some(context.person.id) {
        return Err(Stop::Refusal(voice.approval_own(number)));
    }
    if ask.state.is_posted() {
        return Err(Stop::Refusal(voice.approval_too_late(number)));
    }
    if ask.content.closes_at.is_some_and(|closes| closes <= context.now) {
        // Another closing time is another text to approve.
        return Err(Stop::Refusal(voice.ask_post_over(number)));
    }
    for (language, seal) in wanted {
        let approval = Approval {
            language,
            seal,
            by: Some(context.person.id),
            at: context.now,
        };
        writer.approve(ask.id, &approval).await?;
    }
    let standing = settle(&mut writer, &ask).await?;
    writer.commit().await?;
    let mut card = Card::paragraph(approved_words(context, &ask, &standing));
    if standing.approved_at().is_some() {
        card.blocks.extend(too_late(context, &ask, &standing));
    }
    Ok(Answer::private(card))
}

/// What is approved now, what is missing, and what happens next.
fn approved_words(context: &Context<'_>, ask: &Ask, standing: &Standing) -> String {
    let voice = context.voice();
    let number = ask.id.to_string();
    let unwritten = standing.unwritten();
    if let Some(language) = unwritten.first() {
        return voice.approval_unwritten(number, voice.value_language(language.code()));
    }
    let missing = standing.missing();
    if !missing.is_empty() {
        let languages = voice.list(missing.iter().map(|language| voice.in_language(language.code())));
        return voice.approval_partial(number, languages);
    }
    let next = ask.content.slot.and_then(|slot| {
        let starts = standing.rooms.iter().filter_map(|room| {
            let zone = context.app.zone_of(room);
            let occurrence = slot.next(&zone, ask.content.closes_at, context.now)?;
            Some((occurrence.starts_at, zone))
        });
        starts.min_by_key(|(starts_at, _)| *starts_at)
    });
    match (next, ask.content.slot) {
        _ if standing.rooms.is_empty() => voice.approval_done_without_rooms(number),
        // By the clock of the room that gets it first, whose wall shows the time that was written.
        (Some((next, zone)), _) => voice.approval_done(number, voice.moment(next, &zone, context.now)),
        (None, Some(_)) => voice.approval_done_late(number),
        (None, None) => voice.approval_done_without_slot(number),
    }
}

fn no_words(voice: &Voice, ask: &Ask, language: Language) -> String {
    voice.approval_no_words(ask.id.to_string(), voice.value_language(language.code()))
}

fn note_form(voice: &Voice, ask: AskId, note: &str) -> Form {
    Form {
        id: format!("1.ask-reject.{ask}"),
        title: voice.approval_note_title(ask.to_string()),
        mistakes: Vec::new(),
        by_text: voice.form_by_text(),
        send: voice.form_send(),
        fields: vec![Field {
            id: "note".to_owned(),
            label: voice.approval_note_label(),
            hint: Some(voice.approval_note_hint()),
            value: note.to_owned(),
            kind: FieldKind::Text,
            is_required: true,
        }],
    }
}

/// Sends an ask back to whoever wrote it, and says so where they work.
pub(super) async fn send_back(context: &Context<'_>, id: AskId, note: &str) -> Handled {
    context.require(Role::Coordinator).await?;
    let voice = context.voice();
    let note = clean(note);
    let length = note.chars().count();
    if note.is_empty() || length > NOTE_MAX {
        let mut form = note_form(voice, id, &note);
        form.mistakes.push(if note.is_empty() {
            voice.approval_note_missing()
        } else {
            let limit = NOTE_MAX;
            draft_words::problem(voice, &Problem::TooLong { limit, length })
        });
        return Ok(Answer::Form(form));
    }
    let mut writer = context.write().await?;
    let ask = context.own_ask(&mut writer, &id.to_string()).await?;
    let number = ask.id.to_string();
    if ask.state.is_posted() {
        return Err(Stop::Refusal(voice.approval_too_late(number)));
    }
    writer.void_approvals(ask.id).await?;
    writer.set_approved_at(ask.id, None).await?;
    writer.set_ask_state(ask.id, AskState::Rejected).await?;
    let words = |voice: &Voice| Card {
        title: Some(voice.approval_rejected_notice(ask.id.to_string())),
        blocks: vec![crate::chat::Block::Quote { text: note.clone() }],
        ..Card::default()
    };
    tell_coordinators(
        context.app,
        &mut writer,
        &ask.content.groups,
        (context.now, words),
    )
    .await?;
    writer.commit().await?;
    Ok(say(voice.approval_rejected(number)))
}

/// The buttons by which a waiting ask is decided about, as it stands.
pub(super) fn buttons(voice: &Voice, ask: AskId, standing: &Standing) -> Vec<Button> {
    let mut buttons = Vec::new();
    for (language, seal) in standing
        .seals
        .iter()
        .filter(|(language, _)| !standing.is_approved(*language))
    {
        let choice = |verdict| {
            Choice::Decide {
                ask,
                language: *language,
                verdict,
                seal: seal::short(seal).to_owned(),
            }
            .encode()
        };
        buttons.push(Button {
            id: choice(Verdict::Approve),
            label: voice.approval_button(language.code()),
            emoji: Some("✅".to_owned()),
            style: Style::Primary,
            ..Button::default()
        });
    }
    if let Some((language, seal)) = standing.seals.first() {
        let choice = Choice::Decide {
            ask,
            language: *language,
            verdict: Verdict::Reject,
            seal: seal::short(seal).to_owned(),
        };
        buttons.push(Button {
            id: choice.encode(),
            label: voice.approval_reject_button(),
            emoji: Some("↩️".to_owned()),
            style: Style::Danger,
            ..Button::default()
        });
    }
    buttons
}
