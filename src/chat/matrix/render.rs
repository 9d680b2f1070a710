//! A card as Matrix shows it: HTML, and the same in plain text for whoever does not see it.
//!
//! Every text is escaped, so that what people typed is shown as they typed it. What can be pressed elsewhere is here a reaction:
//! its emoji and what it means, a line each.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::presses;
use crate::chat::{Block, Button, Card, Link};

/// Where the outbox key stands in an event's content, so that a message can be found again by it.
pub(super) const KEY: &str = "org.relais.key";

/// Where the event of its picture stands in a message's content, so that both are taken back together.
pub(super) const PICTURE: &str = "org.relais.picture";

/// How a message asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// It notifies, as people's own messages do.
    Message,
    /// It notifies nobody.
    Notice,
}

/// The content of an `m.room.message`. Nobody is mentioned by it, whatever its words look like.
pub(super) fn content(card: &Card, tone: Tone) -> Map<String, Value> {
    let card = &presses::told_apart(card.clone());
    let kind = match tone {
        Tone::Message => "m.text",
        Tone::Notice => "m.notice",
    };
    let fields = [
        ("msgtype", json!(kind)),
        ("body", json!(plain(card))),
        ("format", json!("org.matrix.custom.html")),
        ("formatted_body", json!(html(card))),
        ("m.mentions", json!({})),
    ];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
    let mut content: Map<String, Value> = fields.collect();
    presses::add_to(&mut content, card);
    content
}

/// The card as plain text, without its picture, which is a message of its own.
fn plain(card: &Card) -> String {
    let mut card = Card {
        picture: None,
        ..card.clone()
    };
    let by_reaction = card.by_reaction.take().filter(|_| !card.buttons.is_empty());
    card.blocks
        .extend(by_reaction.map(|text| Block::Paragraph { text }));
    card.to_plain_text()
}

/// The card as the HTML that clients show.
pub(super) fn html(card: &Card) -> String {
    let mut html = String::new();
    if let Some(title) = &card.title {
        put(&mut html, ("<p><strong>", title, "</strong></p>"));
    }
    for block in &card.blocks {
        add_block(&mut html, block);
    }
    if !card.buttons.is_empty() {
        let by_reaction = card.by_reaction.as_deref().map(escaped);
        let lines = by_reaction.into_iter().chain(card.buttons.iter().map(button));
        let _ = write!(html, "<p>{}</p>", lines.collect::<Vec<_>>().join("<br>"));
    }
    if let Some(footer) = &card.footer {
        put(&mut html, ("<p><em>", footer, "</em></p>"));
    }
    html
}

fn add_block(html: &mut String, block: &Block) {
    match block {
        Block::Heading { text } => put(html, ("<p><strong>", text, "</strong></p>")),
        Block::Paragraph { text } => put(html, ("<p>", text, "</p>")),
        Block::Quote { text } => put(html, ("<blockquote><p>", text, "</p></blockquote>")),
        Block::Copy { label, text } => {
            put(html, ("<p>", label, "</p>"));
            // Within it lines end as they do in the text.
            let _ = write!(html, "<pre><code>{}</code></pre>", escaped(text));
        }
        Block::List { items } => {
            html.push_str("<ul>");
            for item in items {
                put(html, ("<li>", item, "</li>"));
            }
            html.push_str("</ul>");
        }
        Block::Links { links } => {
            let links: Vec<String> = links.iter().map(link).collect();
            let _ = write!(html, "<p>{}</p>", links.join(" · "));
        }
        Block::Rule => html.push_str("<hr>"),
    }
}

/// Puts a text between two tags, its line ends kept.
fn put(html: &mut String, (open, text, close): (&str, &str, &str)) {
    let lines: Vec<String> = text.lines().map(escaped).collect();
    // Writing to a String cannot fail.
    let _ = write!(html, "{open}{}{close}", lines.join("<br>"));
}

fn link(link: &Link) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(&link.url), escaped(&link.label))
}

fn button(button: &Button) -> String {
    match &button.emoji {
        Some(emoji) => format!("{} {}", escaped(emoji), escaped(&button.label)),
        None => escaped(&button.label),
    }
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_typed_is_markup() {
        let card = Card {
            title: Some("<b>@room</b>".into()),
            blocks: vec![
                Block::Paragraph {
                    text: "a & b\n<script>".into(),
                },
                Block::Copy {
                    label: "À copier".into(),
                    text: "x\n</code>".into(),
                },
                Block::Links {
                    links: vec![Link::to("\"Lire\"", "https://example.org/?a=1&b='2'")],
                },
            ],
            footer: Some("12".into()),
            ..Card::default()
        };
        assert_eq!(
            html(&card),
            "<p><strong>&lt;b&gt;@room&lt;/b&gt;</strong></p><p>a &amp; b<br>&lt;script&gt;</p><p>À copier</p>\
             <pre><code>x\n&lt;/code&gt;</code></pre>\
             <p><a href=\"https://example.org/?a=1&amp;b=&#39;2&#39;\">&quot;Lire&quot;</a></p><p><em>12</em></p>"
        );
        let content = content(&card, Tone::Message);
        assert_eq!(content["m.mentions"], json!({}));
        assert_eq!(content["msgtype"], "m.text");
        assert!(
            content["body"]
                .as_str()
                .is_some_and(|body| body.starts_with("<b>@room</b>\n"))
        );
    }
}
