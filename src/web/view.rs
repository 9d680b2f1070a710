//! What the page is told, as JSON: the chat's own values, with times and lists in words.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    page::Viewer,
    words::{reactions, words},
};
use crate::chat::{
    Attachment, Card, Field, FieldKind, Form, Picture, Suggestion,
    embedded::{
        Author, Cast, Content, DoorError, Embedded, PREFIX, PictureRef, Post, Reaction, Room, Standing,
        Whisper,
    },
};

/// How many people who reacted are named before the others are counted.
const NAMES_MAX: usize = 12;

/// All but the messages.
pub(super) async fn snapshot(viewer: &Viewer) -> anyhow::Result<Value> {
    let mut rooms = Vec::new();
    for room in viewer.chat().rooms() {
        let last = viewer.chat().last_post(&room.id).await?;
        rooms.push(of_room(
            &room,
            last.as_ref().map(crate::chat::embedded::PostId::as_str),
        ));
    }
    let direct = Embedded::direct(&viewer.person.id);
    let last = viewer.chat().last_post(&direct).await?;
    let leads = viewer
        .chat()
        .people()
        .into_iter()
        .filter(|person| person.cast == Cast::Lead);
    let people: Vec<_> = leads
        .map(|person| json!({ "id": person.id, "name": person.name, "locale": person.locale, "about": person.about }))
        .collect();
    let quick: Vec<_> = reactions(viewer.voice())
        .into_iter()
        .map(|(key, label)| json!({ "key": key, "label": label }))
        .collect();
    Ok(json!({
        "me": { "id": viewer.person.id, "name": viewer.person.name, "language": viewer.language },
        "people": people,
        "rooms": rooms,
        "direct": { "id": direct, "last": last.map(|id| id.to_string()) },
        "reactions": quick,
        "prefix": PREFIX,
        "text_max": DoorError::TEXT_MAX,
        "clock": clock(viewer),
        "words": words(viewer.voice()),
    }))
}

fn of_room(room: &Room, last: Option<&str>) -> Value {
    json!({ "id": room.id, "name": room.name, "topic": room.topic, "labels": room.labels, "last": last })
}

/// What time it is.
pub(super) fn clock(viewer: &Viewer) -> Value {
    let now = viewer.page.clock.now().to_zoned(viewer.page.clock.zone());
    json!({ "now": now.timestamp().to_string(), "shown": viewer.voice().day_and_time(now.datetime()) })
}

/// A message as somebody sees it.
pub(super) fn message(viewer: &Viewer, room: &str, change: u64, standing: &Standing) -> Value {
    let Standing { post, reactions } = standing;
    let at = post.at().to_zoned(viewer.page.clock.zone()).datetime();
    let mut message = json!({
        "id": post.id,
        "room": room,
        "change": change,
        "author": author(viewer, post),
        "at": post.at().to_string(),
        "time": viewer.voice().time(at.time()),
        "day": viewer.voice().day(at.date()),
        "edited": post.is_edited,
        "reactions": tallied(viewer, reactions),
    });
    let (kind, content) = match &post.content {
        Content::Text(text) => ("text", json!(text)),
        Content::Card { card, picture } => ("card", of_card(card, picture.as_ref().map(of_stored).as_ref())),
        Content::Files(names) => ("files", json!(names)),
        Content::Withdrawn => ("text", json!(viewer.voice().page_withdrawn())),
    };
    message[kind] = content;
    message
}

fn author(viewer: &Viewer, post: &Post) -> Value {
    match &post.author {
        Author::Bot => json!({ "bot": true, "name": viewer.voice().page_bot_name() }),
        Author::Person(id) => json!({ "bot": false, "id": id, "name": name(viewer, id) }),
    }
}

/// What somebody alone was told.
pub(super) fn whisper(whisper: &Whisper) -> Value {
    json!({
        "number": whisper.number,
        "room": whisper.room,
        "under": whisper.under,
        "said": whisper.said,
        "card": of_card(&whisper.card, whisper.card.picture.as_ref().map(of_picture).as_ref()),
        "file": whisper.file.as_ref().map(of_file),
    })
}

fn of_card(card: &Card, picture: Option<&Value>) -> Value {
    json!({
        "title": card.title,
        "blocks": card.blocks,
        "buttons": card.buttons,
        "footer": card.footer,
        "picture": picture,
    })
}

fn of_stored(picture: &PictureRef) -> Value {
    json!({ "address": format!("/picture/{}", picture.id), "name": picture.name, "alt": picture.alt })
}

/// A picture that is kept nowhere travels with its message.
fn of_picture(picture: &Picture) -> Value {
    json!({
        "type": picture.media_type,
        "base64": STANDARD.encode(&picture.bytes),
        "name": picture.name,
        "alt": picture.alt,
    })
}

fn of_file(file: &Attachment) -> Value {
    json!({ "name": file.name, "base64": STANDARD.encode(&file.bytes) })
}

/// Reactions by emoji, in the order in which each first stood.
fn tallied(viewer: &Viewer, reactions: &[Reaction]) -> Vec<Value> {
    let mut by_key: Vec<(&str, Vec<&str>)> = Vec::new();
    for reaction in reactions {
        match by_key.iter_mut().find(|(key, _)| *key == reaction.key) {
            Some((_, people)) => people.push(&reaction.person),
            None => by_key.push((&reaction.key, vec![&reaction.person])),
        }
    }
    let tally = |(key, people): (&str, Vec<&str>)| {
        json!({
            "key": key,
            "count": people.len(),
            "mine": people.contains(&viewer.person.id.as_str()),
            "who": who(viewer, &people),
        })
    };
    by_key.into_iter().map(tally).collect()
}

fn who(viewer: &Viewer, people: &[&str]) -> String {
    let voice = viewer.voice();
    let named = people.iter().take(NAMES_MAX).map(|id| name(viewer, id));
    let others = people.len().saturating_sub(NAMES_MAX);
    if others == 0 {
        return voice.list(named);
    }
    let others = i64::try_from(others).unwrap_or(i64::MAX);
    let named: Vec<_> = named.collect();
    voice.page_reaction_others(others, named.join(", "), voice.number(others))
}

fn name(viewer: &Viewer, person: &str) -> String {
    viewer
        .chat()
        .person(person)
        .map_or_else(|| person.to_owned(), |person| person.name.clone())
}

/// How a command may go on.
pub(super) fn suggestions(suggestions: &[Suggestion]) -> Value {
    suggestions
        .iter()
        .map(|one| json!({ "text": one.text, "label": one.label }))
        .collect()
}

/// A form to fill in.
pub(super) fn form(form: &Form) -> Value {
    let fields: Vec<_> = form.fields.iter().map(FieldView::of).collect();
    json!({ "id": form.id, "title": form.title, "mistakes": form.mistakes, "fields": fields })
}

#[derive(Serialize)]
struct FieldView<'a> {
    id: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    value: &'a str,
    kind: &'static str,
    choices: &'a [(String, String)],
    required: bool,
}

impl<'a> FieldView<'a> {
    fn of(field: &'a Field) -> Self {
        let (kind, choices): (_, &[_]) = match &field.kind {
            FieldKind::Line => ("line", &[]),
            FieldKind::Text => ("text", &[]),
            FieldKind::OneOf(choices) => ("one-of", choices),
            FieldKind::SomeOf(choices) => ("some-of", choices),
        };
        Self {
            id: &field.id,
            label: &field.label,
            hint: field.hint.as_deref(),
            value: &field.value,
            kind,
            choices,
            required: field.is_required,
        }
    }
}
