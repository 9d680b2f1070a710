//! What goes out: a small semantic value that each adapter renders its own way.
//!
//! Every text in a card is plain text. Whatever looks like markup or a mention in it is somebody's words, and an adapter shows
//! it as such.

use serde::{Deserialize, Serialize};

/// A message, before any platform has given it a shape.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The first line, which alone says what it is about.
    pub title: Option<String>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// What can be pressed, in order.
    pub buttons: Vec<Button>,
    /// What is said above the buttons where one presses them by a reaction.
    #[serde(default)]
    pub by_reaction: Option<String>,
    /// A last, quiet line.
    pub footer: Option<String>,
    /// The picture that goes with it. It is not stored with the card: whoever composes the card draws or loads it.
    #[serde(skip)]
    pub picture: Option<Picture>,
}

/// A piece of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "block")]
pub enum Block {
    /// A title within the card, such as that of its second language.
    Heading {
        /// The title.
        text: String,
    },
    /// A paragraph; its line ends are kept.
    Paragraph {
        /// The text.
        text: String,
    },
    /// Somebody's words, set apart.
    Quote {
        /// The text.
        text: String,
    },
    /// A text to be copied out, as it stands.
    Copy {
        /// What it is for.
        label: String,
        /// The text to copy.
        text: String,
    },
    /// Lines that belong together.
    List {
        /// The lines.
        items: Vec<String>,
    },
    /// Places to go.
    Links {
        /// The links.
        links: Vec<Link>,
    },
    /// A thin rule between two languages.
    Rule,
}

/// A place to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What is pressed.
    pub label: String,
    /// `http:`, `https:`, `mailto:` or `tel:`.
    pub url: String,
    /// A page of ours that leads there, for platforms where nobody can press a link of this kind or length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

impl Link {
    /// A link that has no page of ours.
    pub fn to(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            url: url.into(),
            page: None,
        }
    }
}

/// What can be pressed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What the platform carries for it and gives back: at most 100 ASCII characters.
    pub id: String,
    /// What it says.
    pub label: String,
    /// The emoji before the label. On platforms without buttons it is the reaction that means the same.
    pub emoji: Option<String>,
    /// How much it asks for attention.
    pub style: Style,
    /// How long it holds where it is pressed by a reaction.
    #[serde(default)]
    pub hold: Hold,
}

/// How long a button holds where it is pressed by a reaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// It does something once, when it is pressed: the reaction is a press, and taking it back is nothing.
    #[default]
    Once,
    /// It holds as long as the reaction stands, which is read again after a gap.
    Standing,
}

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// What most people will press.
    Primary,
    /// Another way.
    #[default]
    Secondary,
    /// What cannot be taken back easily.
    Danger,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name as a file, with the extension of its type.
    pub name: String,
    /// Its type, such as `image/png`.
    pub media_type: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The picture itself.
    pub bytes: std::sync::Arc<[u8]>,
}

impl Card {
    /// A card that is one paragraph.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self {
            blocks: vec![Block::Paragraph { text: text.into() }],
            ..Self::default()
        }
    }

    /// The card as it waits in the outbox: everything but its picture.
    pub fn to_json(&self) -> String {
        // Strings, lists and codes of enums always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The card with a paragraph more.
    #[must_use]
    pub fn with_paragraph(mut self, text: impl Into<String>) -> Self {
        self.blocks.push(Block::Paragraph { text: text.into() });
        self
    }
}
