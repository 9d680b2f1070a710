//! Forms: in one window where they fit, and else as a message with menus and a window for some questions at a time.
//!
//! What was filled in so far stands in that message itself, as a file, so that it outlives whoever showed it; and it is remembered, so
//! that what is filled in quickly is not lost to what was shown before.

mod filling;
mod kept;

use serde_json::{Value, json};

use super::{
    interactions::Body,
    render::drafts,
    rest::Upload,
    text::{length, shortened},
};
use crate::chat::{Block, Card, Field, FieldKind, Form};
pub(super) use kept::Forms;

/// The most questions in a window.
const IN_A_WINDOW: usize = 5;
/// The most windows: a row of buttons.
const WINDOWS: usize = 5;
/// The most menus: with the windows' row and the last one, a message has no room for more.
const MENUS: usize = 3;
/// The most choices of a menu, and the longest of them.
const CHOICES_MAX: usize = 25;
const CHOICE_MAX: usize = 100;
/// The longest title of a window, and label of an input.
const TITLE_MAX: usize = 45;
/// The longest hint in an input, and words of a menu that nothing is chosen from.
const HINT_MAX: usize = 100;
/// The longest label of a button.
const LABEL_MAX: usize = 80;
/// The longest answer.
const VALUE_MAX: usize = 4_000;
/// How much of an answer is shown.
const SHOWN_MAX: usize = 150;
/// What is pressed in a form's message.
const PAGE: &str = "form:page:";
const MENU: &str = "form:menu:";
const SEND: &str = "form:send";
/// What the name of the file ends in, in which a form stands.
const FILE: &str = ".json";
/// The longest name of that file, but for its end.
const FILE_MAX: usize = 60;

/// What somebody does with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gesture {
    /// Some questions are to be answered, or were.
    Page(usize),
    /// Something was chosen for this question.
    Choose(String),
    /// All of it is to be sent.
    Send,
}

impl Gesture {
    /// What pressing this means; none where it is no part of a form.
    pub fn of(custom_id: &str) -> Option<Self> {
        if custom_id == SEND {
            return Some(Self::Send);
        }
        if let Some(page) = custom_id.strip_prefix(PAGE) {
            return page.parse().ok().map(Self::Page);
        }
        let field = custom_id.strip_prefix(MENU)?;
        Some(Self::Choose(field.to_owned()))
    }
}

/// Whether a form fits in one window: a few questions that are answered with words, and nothing to say beside them.
pub(super) fn is_short(form: &Form) -> bool {
    let is_written = |field: &Field| matches!(field.kind, FieldKind::Line | FieldKind::Text);
    form.mistakes.is_empty()
        && (1..=IN_A_WINDOW).contains(&form.fields.len())
        && form.fields.iter().all(|field| is_written(field) && fits(field))
}

/// The questions that are answered from menus.
fn menus(form: &Form) -> Vec<&Field> {
    let can_be = |field: &&Field| match &field.kind {
        FieldKind::OneOf(choices) | FieldKind::SomeOf(choices) => {
            let fits = |text: &str| (1..=CHOICE_MAX).contains(&length(text));
            (1..=CHOICES_MAX).contains(&choices.len())
                && choices
                    .iter()
                    .all(|(value, label)| fits(value) && !label.trim().is_empty())
        }
        FieldKind::Line | FieldKind::Text => false,
    };
    form.fields.iter().filter(can_be).take(MENUS).collect()
}

/// The other questions, a few for each window.
fn pages(form: &Form) -> Vec<Vec<&Field>> {
    let menus = menus(form);
    let others = form.fields.iter().filter(|field| !menus.contains(field));
    let others: Vec<&Field> = others.collect();
    others
        .chunks(IN_A_WINDOW)
        .take(WINDOWS)
        .map(<[_]>::to_vec)
        .collect()
}

/// Whether an answer can be changed in a window.
fn fits(field: &Field) -> bool {
    length(&field.value) <= VALUE_MAX
}

/// A short form as a window.
pub(super) fn modal(form: &Form) -> Value {
    let fields: Vec<&Field> = form.fields.iter().collect();
    window(&form.title, &form.id, &fields, |field| field.is_required)
}

/// The window for some of the questions. Nothing in it is required: what is missing is told once all is sent.
fn page(form: &Form, number: usize) -> Option<Value> {
    let pages = pages(form);
    let fields = pages.get(number)?;
    Some(window(&form.title, &format!("{PAGE}{number}"), fields, |_| false))
}

fn window(title: &str, id: &str, fields: &[&Field], is_required: impl Fn(&Field) -> bool) -> Value {
    let fitting = fields.iter().filter(|field| fits(field));
    let row = |field: &&Field| json!({ "type": 1, "components": [input(field, is_required(field))] });
    let rows: Vec<Value> = fitting.map(row).collect();
    json!({ "title": shortened(title, TITLE_MAX), "custom_id": id, "components": rows })
}

fn input(field: &Field, is_required: bool) -> Value {
    let mut input = json!({
        "type": 4,
        "custom_id": field.id,
        "label": shortened(&field.label, TITLE_MAX),
        "style": if field.kind == FieldKind::Text { 2 } else { 1 },
        "required": is_required,
        "max_length": VALUE_MAX,
    });
    if let Some(hint) = hint(field) {
        input["placeholder"] = shortened(&hint, HINT_MAX).into();
    }
    if !field.value.is_empty() {
        input["value"] = field.value.as_str().into();
    }
    input
}

/// How a question is answered, where that is not plain: where there is no menu, what may be answered.
fn hint(field: &Field) -> Option<String> {
    match &field.kind {
        FieldKind::OneOf(choices) | FieldKind::SomeOf(choices) if !choices.is_empty() => {
            let values: Vec<&str> = choices.iter().map(|(value, _)| value.as_str()).collect();
            Some(values.join(", "))
        }
        _ => field.hint.clone(),
    }
}

/// A form as a message, with all that was filled in so far.
pub(super) fn message(form: &Form) -> Body {
    let body = drafts(&summary(form))
        .into_iter()
        .next()
        .map(|draft| draft.body(None));
    let mut body = body.unwrap_or_else(|| json!({}));
    let mut rows: Vec<Value> = menus(form).into_iter().map(menu).collect();
    let pages = pages(form);
    let buttons: Vec<Value> = pages.iter().enumerate().map(page_button).collect();
    if !buttons.is_empty() {
        rows.push(json!({ "type": 1, "components": buttons }));
    }
    let send = json!({
        "type": 2, "style": 1, "label": shortened(&form.send, LABEL_MAX), "custom_id": SEND,
    });
    rows.push(json!({ "type": 1, "components": [send] }));
    body["components"] = rows.into();
    let name = file_name(form);
    body["attachments"] = json!([{ "id": 0, "filename": name }]);
    let file = Upload {
        name,
        media_type: "application/json".to_owned(),
        bytes: serde_json::to_vec(form).unwrap_or_default().into(),
    };
    (body, vec![file])
}

/// What the file is called in which a form stands, since people see it: what the form is about, as Discord leaves it.
fn file_name(form: &Form) -> String {
    let words = form.title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").to_lowercase().chars().take(FILE_MAX).collect();
    format!("{name}{FILE}")
}

/// What a form is about, what is wrong with it, and what is answered so far.
fn summary(form: &Form) -> Card {
    let mut blocks = Vec::new();
    if !form.mistakes.is_empty() {
        let items = form.mistakes.clone();
        blocks.push(Block::List { items });
    }
    let answered = form.fields.iter().filter(|field| !field.value.trim().is_empty());
    let items: Vec<String> = answered
        .map(|field| format!("{} — {}", field.label, shortened(&shown(field), SHOWN_MAX)))
        .collect();
    if !items.is_empty() {
        blocks.push(Block::List { items });
    }
    Card {
        title: Some(form.title.clone()),
        blocks,
        ..Card::default()
    }
}

/// An answer on one line, as people call it.
fn shown(field: &Field) -> String {
    let (FieldKind::OneOf(choices) | FieldKind::SomeOf(choices)) = &field.kind else {
        return field.value.split_whitespace().collect::<Vec<_>>().join(" ");
    };
    let called = |value: &str| {
        let known = choices.iter().find(|(known, _)| known == value);
        known.map_or_else(|| value.to_owned(), |(_, label)| label.clone())
    };
    let values: Vec<String> = chosen(field).map(called).collect();
    values.join(", ")
}

/// What is chosen of a menu.
fn chosen(field: &Field) -> impl Iterator<Item = &str> {
    field
        .value
        .split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

fn menu(field: &Field) -> Value {
    let (choices, most) = match &field.kind {
        FieldKind::OneOf(choices) => (choices.as_slice(), 1),
        FieldKind::SomeOf(choices) => (choices.as_slice(), choices.len()),
        FieldKind::Line | FieldKind::Text => (&[][..], 1),
    };
    let is_chosen = |value: &str| chosen(field).any(|chosen| chosen == value);
    let option = |(value, label): &(String, String)| json!({ "label": shortened(label, CHOICE_MAX), "value": value, "default": is_chosen(value) });
    let least = usize::from(field.is_required);
    let menu = json!({
        "type": 3,
        "custom_id": format!("{MENU}{}", field.id),
        "placeholder": shortened(&field.label, HINT_MAX),
        "options": choices.iter().map(option).collect::<Vec<_>>(),
        "min_values": least,
        "max_values": most,
    });
    json!({ "type": 1, "components": [menu] })
}

/// The button that opens a window says what is asked there.
fn page_button((number, fields): (usize, &Vec<&Field>)) -> Value {
    let labels: Vec<&str> = fields.iter().map(|field| field.label.as_str()).collect();
    json!({
        "type": 2, "style": 2, "label": shortened(&labels.join(", "), LABEL_MAX), "custom_id": format!("{PAGE}{number}"),
    })
}

/// Puts answers into a form. What is no question of it is none.
fn fill(form: &mut Form, values: Vec<(String, String)>) {
    for (id, value) in values {
        if let Some(field) = form.fields.iter_mut().find(|field| field.id == id) {
            field.value = value;
        }
    }
}

/// All that was answered.
fn values(form: &Form) -> Vec<(String, String)> {
    let value = |field: &Field| (field.id.clone(), field.value.clone());
    form.fields.iter().map(value).collect()
}

#[cfg(test)]
mod tests;
