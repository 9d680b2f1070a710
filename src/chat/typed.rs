//! Commands that a card quotes, as they are typed where it is read.
//!
//! What stands before a command differs from place to place: `/` in a room of the embedded chat, nothing in a private
//! conversation. Only the adapter knows where a card is shown, so the words bear a mark before each command that they quote, the
//! term `-prefix` of `locales`, and the adapter puts there what is typed.

use super::{Answer, Block, Card, Form};

/// Before a command that is quoted: a character that Unicode keeps for a program's own use, and that nobody types.
const MARK: char = '\u{FDD0}';

/// A text in which each command that it quotes stands after `prefix`.
pub fn typed_after(prefix: &str, text: &str) -> String {
    text.replace(MARK, prefix)
}

impl Card {
    /// The card, in which each command that it quotes stands after `prefix`.
    #[must_use]
    pub fn typed_after(mut self, prefix: &str) -> Self {
        let mut put = |text: &mut String| put(prefix, text);
        self.title.iter_mut().for_each(&mut put);
        for block in &mut self.blocks {
            match block {
                Block::Heading { text } | Block::Paragraph { text } | Block::Quote { text } => put(text),
                Block::Copy { label, .. } => put(label),
                Block::List { items } => items.iter_mut().for_each(&mut put),
                Block::Links { links } => links.iter_mut().for_each(|link| put(&mut link.label)),
                Block::Rule => {}
            }
        }
        self.buttons.iter_mut().for_each(|button| put(&mut button.label));
        self.by_reaction.iter_mut().for_each(&mut put);
        self.footer.iter_mut().for_each(&mut put);
        self
    }
}

impl Form {
    fn typed_after(mut self, prefix: &str) -> Self {
        put(prefix, &mut self.title);
        put(prefix, &mut self.by_text);
        put(prefix, &mut self.send);
        self.mistakes.iter_mut().for_each(|text| put(prefix, text));
        for field in &mut self.fields {
            put(prefix, &mut field.label);
            field.hint.iter_mut().for_each(|text| put(prefix, text));
        }
        self
    }
}

impl Answer {
    /// The answer, in which each command that it quotes stands after `prefix`.
    #[must_use]
    pub fn typed_after(self, prefix: &str) -> Self {
        match self {
            Self::Card(card, audience) => Self::Card(card.typed_after(prefix), audience),
            Self::Refused(card) => Self::Refused(card.typed_after(prefix)),
            Self::Form(form) => Self::Form(form.typed_after(prefix)),
            Self::File(card, file) => Self::File(card.typed_after(prefix), file),
        }
    }
}

fn put(prefix: &str, text: &mut String) {
    if text.contains(MARK) {
        *text = typed_after(prefix, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::{chat::Card, domain::language::Language, i18n::Voices};

    #[test]
    fn a_quoted_command_is_typed_as_it_stands() {
        let voices = Voices::load();
        let card = || Card::paragraph(voices.of(Language::English).refusal_room_not_linked());
        let shown = |prefix| card().typed_after(prefix).to_plain_text();
        assert!(shown("!relais ").ends_with("links it with “!relais room add”."));
        assert!(shown("").ends_with("links it with “room add”."));
        assert_eq!(card().to_plain_text(), shown(""));
    }
}
