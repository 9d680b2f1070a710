//! Buttons, and links as buttons.

use serde_json::{Value, json};

use super::{inert, shortened};
use crate::chat::{Block, Button, Card, Link, Style};

/// The most buttons in a row, and rows under a message.
const IN_A_ROW: usize = 5;
const ROWS: usize = 5;
/// The longest label.
const LABEL_MAX: usize = 80;
/// The longest address behind a button.
const URL_MAX: usize = 512;
/// The longest address that is shown.
const SHOWN_MAX: usize = 300;

/// What can be pressed, in rows, and the links that are among it.
pub(super) fn rows(card: &Card) -> (Vec<Value>, Vec<&Link>) {
    let pressed: Vec<Value> = card.buttons.iter().take(IN_A_ROW * ROWS).map(button).collect();
    let links = card.blocks.iter().filter_map(|block| match block {
        Block::Links { links } => Some(links),
        _ => None,
    });
    // Each kind of button has rows of its own.
    let filled = pressed.len().div_ceil(IN_A_ROW);
    let room = (ROWS - filled) * IN_A_ROW;
    let leading: Vec<(&Link, &str)> = links
        .flatten()
        .filter_map(|link| Some((link, address(link)?)))
        .take(room)
        .collect();
    let buttons = leading
        .iter()
        .map(|(link, url)| json!({ "type": 2, "style": 5, "label": label(&link.label), "url": url }));
    let buttons: Vec<Value> = buttons.collect();
    let row = |buttons: &[Value]| json!({ "type": 1, "components": buttons });
    let mut rows: Vec<Value> = pressed.chunks(IN_A_ROW).map(row).collect();
    rows.extend(buttons.chunks(IN_A_ROW).map(row));
    (rows, leading.into_iter().map(|(link, _)| link).collect())
}

/// The address that a button can lead to.
fn address(link: &Link) -> Option<&str> {
    let fits = |url: &&str| is_page(url) && url.encode_utf16().count() <= URL_MAX;
    Some(link.url.as_str())
        .filter(fits)
        .or_else(|| link.page.as_deref().filter(fits))
}

fn is_page(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A link as text: where it leads behind its label, or beside it where Discord follows no such link; none where it would say nothing.
pub(super) fn shown(link: &Link) -> Option<String> {
    let label = inert(&link.label);
    if is_page(&link.url) {
        // What would end the address is written otherwise.
        let url = link
            .url
            .replace('(', "%28")
            .replace(')', "%29")
            .replace(char::is_whitespace, "%20");
        return Some(format!("[{label}]({url})"));
    }
    let url = if link.url.len() > SHOWN_MAX {
        link.url.split('?').next().unwrap_or_default()
    } else {
        link.url.as_str()
    };
    let url = url.strip_prefix("tel:").unwrap_or(url);
    let says_something = !url.is_empty() && !url.ends_with(':');
    says_something.then(|| format!("{label} — {}", inert(url)))
}

fn label(text: &str) -> String {
    shortened(text, LABEL_MAX)
}

fn button(button: &Button) -> Value {
    let style = match button.style {
        Style::Primary => 1,
        Style::Secondary => 2,
        Style::Danger => 4,
    };
    let mut shown =
        json!({ "type": 2, "style": style, "label": label(&button.label), "custom_id": button.id });
    if let Some(emoji) = &button.emoji {
        shown["emoji"] = json!({ "name": emoji });
    }
    shown
}
