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
/// Between a question's id and its words.
const BETWEEN: char = '·';

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

/// The form that a text is, if it is one: the text after the prefix. What people made of it on the way is taken as well as it can be;
/// what cannot be read of it is asked for again.
pub(super) fn read(text: &str) -> Option<Submitted> {
    let rest = text.trim_start().strip_prefix(WORD)?;
    let rest = rest.strip_prefix(char::is_whitespace)?.trim_start();
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (form, answers) = rest.split_at(end);
    if !is_ours(form) {
        return None;
    }
    // Some clients lose the line ends of what is copied.
    let answers = if answers.trim().contains('\n') {
        answers.to_owned()
    } else {
        answers.replace(MARK, &format!("\n{MARK}"))
    };
    let mut values: Vec<(String, String)> = Vec::new();
    for line in answers.lines() {
        match (question(line), values.last_mut()) {
            (Some(answered), _) => values.push(answered),
            (None, Some((_, value))) => {
                value.push('\n');
                value.push_str(line);
            }
            (None, None) => {}
        }
    }
    for (_, value) in &mut values {
        value.truncate(value.trim_end().len());
    }
    Some(Submitted {
        form: form.to_owned(),
        values,
    })
}

/// Whether a word is the id of a form: its version, then what it is.
fn is_ours(id: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    id.starts_with(|c: char| c.is_ascii_digit()) && id.contains('.') && id.chars().all(known)
}

/// The question that a line begins with what stands after it. The mark may have been lost, where what follows it was not.
fn question(line: &str) -> Option<(String, String)> {
    let line = line.trim_start();
    let marked = line.strip_prefix(MARK).map(str::trim_start);
    let text = marked.unwrap_or(line);
    let id: String = text
        .chars()
        .take_while(|c| c.is_ascii_lowercase() || *c == '_')
        .collect();
    let rest = text[id.len()..].trim_start();
    if id.is_empty() || (marked.is_none() && !rest.starts_with(BETWEEN)) {
        return None;
    }
    let value = rest.split_once(':').map_or("", |(_, value)| value);
    Some((id, value.trim().to_owned()))
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
            id: "1.ask-new".into(),
            title: "Nouvelle action".into(),
            mistakes: vec!["Le lien manque.".into()],
            by_text: "Copiez ce texte.".into(),
            send: "Envoyer".into(),
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
                form: "1.ask-new".into(),
                values: values.map(|(id, value)| (id.to_owned(), value.to_owned())).into(),
            }
        );
    }

    #[test]
    fn what_people_made_of_it_is_read_all_the_same() {
        let expected = Submitted {
            form: "1.ask-new".into(),
            values: vec![
                ("kind".into(), "share".into()),
                ("link".into(), "https://a.example/".into()),
            ],
        };
        for text in [
            "form 1.ask-new\n▸ kind · Type: share\n▸ link · Lien: https://a.example/",
            "form 1.ask-new ▸ kind · Type: share ▸ link · Lien: https://a.example/",
            "form  1.ask-new\n\n  ▸ kind · Type:share  \n\n▸link · Lien: https://a.example/\n",
            "form 1.ask-new\nVoilà !\nkind · Type: share\nlink · Lien: https://a.example/",
        ] {
            assert_eq!(read(text).as_ref(), Some(&expected), "{text:?}");
        }
        let empty = read("form 1.ask-new").unwrap();
        assert_eq!(empty.values, []);
    }

    #[test]
    fn what_is_no_form_is_none() {
        for text in [
            "form",
            "form ask",
            "formulaire\n▸ a · b: c",
            "form ask\nno mark",
            "form 1,5 times",
            "today\n▸ a · b: c",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
