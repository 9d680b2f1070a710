//! A card as plain text, for terminals, files and logs of what was said, with commands as in a private conversation. It must not
//! know any language.

use super::{Block, Button, Card, Link, typed_after};

/// What stands between two languages.
const RULE: &str = "———";

impl Card {
    /// The card as plain text: paragraphs apart, lists and links a line each, a picture as what it shows.
    pub fn to_plain_text(&self) -> String {
        let buttons: Vec<String> = self.buttons.iter().map(button).collect();
        let parts = self
            .title
            .iter()
            .cloned()
            .chain(self.blocks.iter().map(block))
            .chain([buttons.join(" ")])
            .chain(self.footer.iter().cloned())
            .chain(self.picture.iter().map(|picture| bracketed(&picture.alt)));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        typed_after("", &parts.join("\n\n"))
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { text } | Block::Paragraph { text } => text.clone(),
        Block::Quote { text } => lines(text.lines(), "> "),
        Block::Copy { label, text } => format!("{label}\n{}", lines(text.lines(), "  ")),
        Block::List { items } => lines(items.iter().map(String::as_str), "• "),
        Block::Links { links } => {
            let links: Vec<String> = links.iter().map(link).collect();
            links.join("\n")
        }
        Block::Rule => RULE.to_owned(),
    }
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>, mark: &str) -> String {
    let marked: Vec<String> = lines.map(|line| format!("{mark}{line}")).collect();
    marked.join("\n")
}

fn link(link: &Link) -> String {
    format!("{} <{}>", link.label, link.url)
}

fn button(button: &Button) -> String {
    match &button.emoji {
        Some(emoji) => bracketed(&format!("{emoji} {}", button.label)),
        None => bracketed(&button.label),
    }
}

fn bracketed(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("[{text}]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::{Picture, Style};

    #[test]
    fn everything_on_a_card_is_read() {
        let text = |text: &str| text.to_owned();
        let card = Card {
            title: Some(text("Titre")),
            blocks: vec![
                Block::Paragraph {
                    text: text("Une ligne\nUne autre"),
                },
                Block::Quote { text: text("a\nb") },
                Block::Copy {
                    label: text("À copier"),
                    text: text("c\nd"),
                },
                Block::List {
                    items: vec![text("un"), text("deux")],
                },
                Block::Links {
                    links: vec![Link::to(text("Lire"), text("https://example.org/"))],
                },
                Block::Rule,
                Block::Heading { text: text("Title") },
            ],
            buttons: vec![
                Button {
                    id: text("1"),
                    label: text("Fait"),
                    emoji: Some(text("✅")),
                    style: Style::Primary,
                    ..Button::default()
                },
                Button {
                    id: text("2"),
                    label: text("Non"),
                    emoji: None,
                    style: Style::Secondary,
                    ..Button::default()
                },
            ],
            by_reaction: Some(text("Réagissez :")),
            footer: Some(text("Fin")),
            picture: Some(Picture {
                name: text("a.png"),
                media_type: text("image/png"),
                alt: text("Une image"),
                bytes: [].into(),
            }),
        };
        assert_eq!(
            card.to_plain_text(),
            "Titre\n\nUne ligne\nUne autre\n\n> a\n> b\n\nÀ copier\n  c\n  d\n\n• un\n• deux\n\nLire <https://example.org/>\n\n\
             ———\n\nTitle\n\n[✅ Fait] [Non]\n\nFin\n\n[Une image]"
        );
        assert_eq!(Card::default().to_plain_text(), "");
    }
}
