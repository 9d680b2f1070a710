//! A card as messages of Discord: an embed for what is read, plain content for what is to be copied, buttons for what can be pressed
//! and for links.
//!
//! One message is what there is nearly always. What is too long for it stands in messages before it, and so does a second text to copy:
//! on a phone a message's words are copied whole.

mod components;

use serde_json::{Value, json};

use super::{
    rest::Upload,
    text::{inert, length, shortened, split, to_copy},
};
use crate::chat::{Block, Card, Picture};
use components::{rows, shown};

/// The longest description of an embed.
const DESCRIPTION_MAX: usize = 4_096;
/// The longest content of a message.
const CONTENT_MAX: usize = 2_000;
/// The longest footer: what an embed may hold in all is 6,000.
const FOOTER_MAX: usize = 1_500;
/// The longest words for a picture.
const ALT_MAX: usize = 1_024;
/// Between two languages.
const RULE: &str = "───────────";
/// What an embed shows that would show nothing.
const NOTHING: &str = "\u{200B}";

/// A message before it is sent.
#[derive(Debug, Default)]
pub(super) struct Draft {
    content: String,
    description: String,
    footer: Option<String>,
    picture: Option<Picture>,
    components: Vec<Value>,
}

/// The messages that a card makes; the last one bears what can be pressed.
pub(super) fn drafts(card: &Card) -> Vec<Draft> {
    let (buttons, pressed) = rows(card);
    let mut copies: Vec<(&str, String)> = Vec::new();
    let texts = card
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Copy { .. }));
    let mut texts_left = texts.count();
    let mut descriptions = vec![String::new()];
    if let Some(title) = &card.title {
        add(&mut descriptions, title, bold);
    }
    for block in &card.blocks {
        match block {
            Block::Copy { label, text } => {
                texts_left -= 1;
                // The last one stands with everything else, and the others with what they are.
                if texts_left == 0 {
                    add(&mut descriptions, label, inert);
                }
                let fits = |part: &str| length(&to_copy(part)) <= CONTENT_MAX;
                let parts = split(text, fits).into_iter();
                copies.extend(parts.map(|part| (label.as_str(), to_copy(part))));
            }
            Block::Links { links } => {
                let others = links.iter().filter(|link| !pressed.contains(link));
                let lines: Vec<String> = others.filter_map(shown).collect();
                add_lines(&mut descriptions, &lines);
            }
            Block::List { items } => {
                let lines: Vec<String> = items.iter().map(|item| format!("- {}", inert(item))).collect();
                add_lines(&mut descriptions, &lines);
            }
            Block::Heading { text } => add(&mut descriptions, text, bold),
            Block::Paragraph { text } => add(&mut descriptions, text, inert),
            Block::Quote { text } => add(&mut descriptions, text, quoted),
            Block::Rule => put(&mut descriptions, RULE),
        }
    }
    let last = Draft {
        content: copies.pop().map(|(_, text)| text).unwrap_or_default(),
        description: descriptions.pop().unwrap_or_default(),
        footer: card.footer.as_deref().map(|footer| shortened(footer, FOOTER_MAX)),
        picture: card.picture.clone(),
        components: buttons,
    };
    let before = descriptions.into_iter().map(|description| Draft {
        description,
        ..Draft::default()
    });
    let copied = copies.into_iter().map(|(label, content)| Draft {
        content,
        description: inert(label),
        ..Draft::default()
    });
    before.chain(copied).chain([last]).collect()
}

impl Draft {
    /// The body of a message. What is to be found again in it stands in the embed's address, which nobody sees where the embed has no title.
    pub fn body(&self, mark: Option<&str>) -> Value {
        let is_bare = mark.is_none() && self.description.is_empty() && self.footer.is_none();
        let mut embeds = Vec::new();
        if !is_bare || self.content.is_empty() {
            let description = if self.description.is_empty() {
                NOTHING
            } else {
                &self.description
            };
            let mut embed = json!({ "description": description });
            if let Some(footer) = &self.footer {
                embed["footer"] = json!({ "text": footer });
            }
            if let Some(mark) = mark {
                embed["url"] = json!(mark);
            }
            embeds.push(embed);
        }
        json!({
            "content": self.content,
            "embeds": embeds,
            "components": self.components,
            "allowed_mentions": { "parse": [] },
        })
    }

    /// The body of a message with its picture, and what is uploaded with it. The picture stands beside the embed: within it nobody is told what
    /// it shows, and an edit would lose it.
    pub fn body_with_picture(&self, mark: Option<&str>) -> (Value, Vec<Upload>) {
        let mut body = self.body(mark);
        let Some(picture) = &self.picture else {
            return (body, Vec::new());
        };
        let (name, alt) = (file_name(picture), shortened(&picture.alt, ALT_MAX));
        body["attachments"] = json!([{ "id": 0, "filename": name, "description": alt }]);
        let upload = Upload {
            name,
            media_type: picture.media_type.clone(),
            bytes: picture.bytes.clone(),
        };
        (body, vec![upload])
    }
}

/// A name that Discord leaves as it is.
fn file_name(picture: &Picture) -> String {
    let is_plain = |extension: &&str| extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let extension = picture.name.rsplit_once('.').map(|(_, extension)| extension);
    format!("picture.{}", extension.filter(is_plain).unwrap_or("png"))
}

fn bold(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<String> = lines.map(|line| format!("**{}**", inert(line.trim()))).collect();
    lines.join("\n")
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("> {}", inert(line))).collect();
    lines.join("\n")
}

/// Adds a text in as many parts as it takes.
fn add(descriptions: &mut Vec<String>, text: &str, render: impl Fn(&str) -> String) {
    let fits = |part: &str| length(&render(part)) <= DESCRIPTION_MAX;
    for part in split(text, fits) {
        put(descriptions, &render(part));
    }
}

/// Adds lines that belong together, as far as they fit together.
fn add_lines(descriptions: &mut Vec<String>, lines: &[String]) {
    let mut together = String::new();
    for line in lines {
        if !together.is_empty() && length(&together) + 1 + length(line) > DESCRIPTION_MAX {
            put(descriptions, &together);
            together.clear();
        }
        if !together.is_empty() {
            together.push('\n');
        }
        together.push_str(line);
    }
    put(descriptions, &together);
}

/// Puts a block where there is room for it.
fn put(descriptions: &mut Vec<String>, block: &str) {
    if block.is_empty() {
        return;
    }
    // A line alone may be longer than anything: a list of long names.
    let block = shortened(block, DESCRIPTION_MAX);
    match descriptions.last_mut() {
        Some(last) if last.is_empty() => *last = block,
        Some(last) if length(last) + 2 + length(&block) <= DESCRIPTION_MAX => {
            last.push_str("\n\n");
            last.push_str(&block);
        }
        _ => descriptions.push(block),
    }
}

#[cfg(test)]
mod tests;
