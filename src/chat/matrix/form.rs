//! A form as a text that people copy, fill in and send back: Matrix has no forms.
//!
//! Each question begins a line with a mark that nobody types, so that an answer may have as many lines as it likes.

use std::fmt::Write;

use super::PREFIX;
use crate::chat::{Block, Card, Field, FieldKind, Form};

/// The word after the prefix that says that a form comes back.
const WORD: &str = "form";
/// Before each question.
const MARK: char = '▸';

/// A form that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Submitted {
    /// The form's id.
    pub form: String,
    /// What was filled in, by the field's id.
    pub values: Vec<(String, String)>,
}

/// The form as a message.
pub(super) fn card(form: &Form) -> Card {
    let mut blocks = Vec::new();
    if !form.mistakes.is_empty() {
        let items = form.mistakes.clone();
        blocks.push(Block::List { items });
    }
    let hints: Vec<String> = form.fields.iter().filter_map(hint).collect();
    if !hints.is_empty() {
        blocks.push(Block::List { items: hints });
    }
    let mut text = format!("{PREFIX}{WORD} {}", form.id);
    for field in &form.fields {
        let label = field.label.replace([':', '\n'], " ");
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n{MARK} {} · {}: {}",
            field.id,
            label.trim_end(),
            field.value
        );
    }
    blocks.push(Block::Copy {
        label: form.by_text.clone(),
        text,
    });
    Card {
        title: Some(form.title.clone()),
        blocks,
        ..Card::default()
    }
}

/// How a question is answered, where that is not plain.
fn hint(field: &Field) -> Option<String> {
    let choices = match &field.kind {
        FieldKind::OneOf(choices) | FieldKind::SomeOf(choices) => {
            let choices: Vec<String> = choices
                .iter()
                .map(|(value, label)| format!("{value} ({label})"))
                .collect();
            Some(choices.join(", "))
        }
        FieldKind::Line | FieldKind::Text => None,
    };
    let parts: Vec<String> = field.hint.clone().into_iter().chain(choices).collect();
    (!parts.is_empty()).then(|| format!("{} — {}", field.label, parts.join(" ")))
}

/// The form that a text is, if it is one: the text after the prefix.
pub(super) fn read(text: &str) -> Option<Submitted> {
    let rest = text.trim_start().strip_prefix(WORD)?;
    let (form, answers) = rest.strip_prefix(' ')?.split_once('\n')?;
    let mut values: Vec<(String, String)> = Vec::new();
    for line in answers.lines() {
        if let Some(question) = line.trim_start().strip_prefix(MARK) {
            let (id, rest) = question.trim_start().split_once(' ')?;
            let (_, value) = rest.split_once(':')?;
            values.push((id.to_owned(), value.trim().to_owned()));
        } else {
            let (_, value) = values.last_mut()?;
            value.push('\n');
            value.push_str(line);
        }
    }
    for (_, value) in &mut values {
        value.truncate(value.trim_end().len());
    }
    Some(Submitted {
        form: form.trim().to_owned(),
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: &str, label: &str, value: &str, kind: FieldKind) -> Field {
        Field {
            id: id.into(),
            label: label.into(),
            hint: None,
            value: value.into(),
            kind,
            is_required: false,
        }
    }

    #[test]
    fn what_is_sent_back_unchanged_is_what_was_asked() {
        let choices = FieldKind::OneOf(vec![("share".into(), "Relayer".into())]);
        let form = Form {
            id: "ask.new".into(),
            title: "Nouvelle action".into(),
            mistakes: vec!["Le lien manque.".into()],
            by_text: "Copiez ce texte.".into(),
            fields: vec![
                field("kind", "Type", "share", choices),
                field(
                    "wording_fr",
                    "Texte : en français",
                    "Un.\nlink: deux\n\nTrois",
                    FieldKind::Text,
                ),
                field("link", "Lien", "", FieldKind::Line),
            ],
        };
        let card = card(&form);
        let Some(Block::Copy { text, .. }) = card.blocks.last() else {
            panic!("{card:?}");
        };
        let sent_back = text.strip_prefix(PREFIX).unwrap();
        let values = [
            ("kind", "share"),
            ("wording_fr", "Un.\nlink: deux\n\nTrois"),
            ("link", ""),
        ];
        assert_eq!(
            read(sent_back).unwrap(),
            Submitted {
                form: "ask.new".into(),
                values: values.map(|(id, value)| (id.to_owned(), value.to_owned())).into(),
            }
        );
    }

    #[test]
    fn what_is_no_form_is_none() {
        for text in [
            "form",
            "form ask",
            "formulaire\n▸ a · b: c",
            "form ask\nno mark",
            "form ask\n▸ a",
            "today\n▸ a · b: c",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
