//! Texts on Discord: made inert, measured as Discord measures, and split.
//!
//! What people typed is shown as they typed it: nothing in it is markup, mentions anybody or hides where it leads. An address stays one that
//! can be followed, since it says itself where it leads.

use unicode_segmentation::UnicodeSegmentation;

/// Which markup of a text is to be shown as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Markup {
    /// All of it.
    All,
    /// What hides or changes something: lists may stay.
    Deceptive,
}

/// Where invitations to servers lead, which Discord shows as something to enter.
const INVITATIONS: [&str; 4] = [
    "discord.gg/",
    "discord.com/invite",
    "discordapp.com/invite",
    "discord.me/",
];
/// Around a block in which nothing is markup.
const FENCE: &str = "```";

/// How long Discord counts a text: in UTF-16 units, which is never less than it counts.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text in which nothing is markup.
pub(super) fn inert(text: &str) -> String {
    escaped(text, Markup::All)
}

/// A text as it stands in plain content, where it is to be copied as it is: bare where nothing in it is markup, and else in a block of code.
pub(super) fn to_copy(text: &str) -> String {
    let lower = text.to_lowercase();
    let invites = INVITATIONS.iter().any(|invitation| lower.contains(invitation));
    if !invites && escaped(text, Markup::Deceptive) == text {
        return text.to_owned();
    }
    if text.contains(FENCE) {
        // No block of code can hold its own end.
        return inert(text);
    }
    format!("{FENCE}\n{text}\n{FENCE}")
}

fn escaped(text: &str, markup: Markup) -> String {
    let has_masked_link = text.contains("](");
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| escaped_line(line, markup, has_masked_link))
        .collect();
    lines.join("\n")
}

fn escaped_line(line: &str, markup: Markup, has_masked_link: bool) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let words = line.trim_start();
    let indent = line.len() - words.len();
    escaped.push_str(&line[..indent]);
    let mut rest = words;
    if let Some(at) = line_mark(words, markup) {
        escaped.push_str(&words[..at]);
        escaped.push('\\');
        let mark = words[at..].chars().next().map_or(0, char::len_utf8);
        escaped.push_str(&words[at..at + mark]);
        rest = &words[at + mark..];
    }
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let address = address_at(rest);
        if address > 0 && !before.is_some_and(char::is_alphanumeric) {
            escaped.push_str(&rest[..address]);
            before = rest[..address].chars().next_back();
            rest = &rest[address..];
            continue;
        }
        let after = &rest[c.len_utf8()..];
        let next = after.chars().next();
        let is_markup = match c {
            '*' | '`' | '<' | '\\' => true,
            '_' => {
                let is_within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !(is_within(before) && is_within(next))
            }
            '~' | '|' => before == Some(c) || next == Some(c),
            '[' | ']' => has_masked_link,
            '@' => after.starts_with("everyone") || after.starts_with("here"),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
        rest = after;
    }
    escaped
}

/// Where in a line stands what would make it a heading, a quotation, small print or an item of a list.
fn line_mark(words: &str, markup: Markup) -> Option<usize> {
    let is_followed_by_space = |length: usize| words[length..].starts_with(char::is_whitespace);
    let run = |mark: char| words.chars().take_while(|c| *c == mark).count();
    let hashes = run('#');
    if (1..=3).contains(&hashes) && is_followed_by_space(hashes) {
        return Some(0);
    }
    if words.starts_with("-#") && is_followed_by_space(2) {
        return Some(0);
    }
    let quotes = run('>');
    if matches!(quotes, 1 | 3) && is_followed_by_space(quotes) {
        return Some(0);
    }
    if markup == Markup::Deceptive {
        return None;
    }
    if words.starts_with(['-', '+']) && is_followed_by_space(1) {
        return Some(0);
    }
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    (digits > 0 && words[digits..].starts_with('.') && is_followed_by_space(digits + 1)).then_some(digits)
}

/// How many bytes of an address the text begins with: up to what would end it or be markup.
fn address_at(text: &str) -> usize {
    let begins = ["https://", "http://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    if !begins {
        return 0;
    }
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '*' | '`' | '|' | '~' | '\\' | '[' | ']');
    text.find(ends).unwrap_or(text.len())
}

/// A text cut into parts that each fit: at a line's end where one is near, else between words, and never within a letter.
pub(super) fn split(text: &str, fits: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !fits(rest) {
        let at = cut(rest, &fits);
        parts.push(rest[..at].trim_end());
        rest = rest[at..].trim_start();
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

fn cut(text: &str, fits: impl Fn(&str) -> bool) -> usize {
    let ends: Vec<usize> = text
        .grapheme_indices(true)
        .map(|(at, grapheme)| at + grapheme.len())
        .collect();
    let fitting = ends.partition_point(|end| fits(&text[..*end]));
    // Where not even one letter fits, something has to go all the same.
    let most = ends[fitting.max(1) - 1];
    let near = |end: &usize| *end > most / 2;
    let line = text[..most].rfind('\n').filter(near);
    let word = text[..most].rfind(' ').filter(near);
    line.or(word).unwrap_or(most)
}

/// A text no longer than this, ended by an ellipsis where something is left out.
pub(super) fn shortened(text: &str, max: usize) -> String {
    if length(text) <= max {
        return text.to_owned();
    }
    let kept = split(text, |part| length(part) < max).first().copied();
    format!("{}…", kept.unwrap_or_default())
}

#[cfg(test)]
mod tests;
