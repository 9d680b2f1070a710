//! What people type, made inert and comparable.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// Whether a character changes how its neighbours are read rather than saying something: C0 and C1 controls, the marks that
/// turn the direction of writing, invisible characters that hide text, and those that are kept for a program's own use. The joiner of
/// emoji stays.
fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{0000}'..='\u{0009}' | '\u{000B}'..='\u{001F}' | '\u{007F}'..='\u{009F}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2028}' | '\u{2029}'
        | '\u{2060}'..='\u{206F}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFD}' | '\u{E0000}'..='\u{E007F}')
}

/// What a person typed, as it may be stored and shown: composed, without controls and bidirectional marks, with plain line
/// ends, no more than one empty line in a row, and trimmed. Markup is not touched: each adapter renders text as text.
pub fn clean(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n")
        .replace('\t', " ");
    let mut cleaned = String::with_capacity(text.len());
    let mut line_ends = 0;
    for c in text.nfc().filter(|c| !is_deceptive(*c)) {
        line_ends = if c == '\n' { line_ends + 1 } else { 0 };
        if line_ends <= 2 {
            cleaned.push(c);
        }
    }
    cleaned.trim().to_owned()
}

/// [`clean`], on one line.
pub fn clean_line(text: &str) -> String {
    clean(text)
        .split('\n')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text as it is compared: lower case, without accents, with plain apostrophes and spaces. `Arrêt` and `arret` are one.
pub fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        '’' | '‘' | 'ʼ' => '\'',
        '\u{00A0}' | '\u{202F}' => ' ',
        '‐' | '‑' | '–' | '—' => '-',
        other => other,
    };
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(plain)
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('œ', "oe")
        .replace('æ', "ae")
}

/// Of `known`, the one that `given` most likely meant: at most one slip in three letters.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = folded(given);
    let length = given.chars().count();
    known
        .into_iter()
        // Each letter too many or too few is a slip. Comparing costs the product of the lengths, and `given` may be a book.
        .filter(|candidate| {
            let letters = candidate.chars().count();
            length.abs_diff(letters) <= letters.max(3)
        })
        .map(|candidate| (strsim::damerau_levenshtein(&given, &folded(candidate)), candidate))
        .filter(|(slips, candidate)| *slips * 3 <= candidate.chars().count().max(3))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// The most characters of a letter that are shown: one may carry a thousand accents.
const CHARACTERS_IN_A_GRAPHEME: usize = 16;

/// The text, cut on a grapheme and ended by an ellipsis where it is longer than `max` graphemes. A letter with more accents than
/// any writing has is cut as well.
pub fn shortened(text: &str, max: usize) -> String {
    let plain = |grapheme: &str| {
        grapheme
            .chars()
            .take(CHARACTERS_IN_A_GRAPHEME)
            .collect::<String>()
    };
    let mut graphemes = text.graphemes(true);
    let head: String = graphemes.by_ref().take(max).map(plain).collect();
    if graphemes.next().is_none() {
        return head;
    }
    let kept: String = head.graphemes(true).take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The first line or sentence of a text, short enough to be a title.
pub fn title_of(text: &str) -> String {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let sentence = line.unicode_sentences().next().unwrap_or(line).trim();
    shortened(unquoted(sentence), 90)
}

/// A sentence without the quotation marks around it, where it opens with one that does not close within it: a title is set in
/// quotation marks of its own.
fn unquoted(sentence: &str) -> &str {
    let quotes = [('«', '»'), ('“', '”'), ('"', '"')];
    for (open, close) in quotes {
        if let Some(inner) = sentence.strip_prefix(open) {
            let inner = inner.trim();
            let inner = inner.strip_suffix(close).map_or(inner, str::trim_end);
            return if inner.contains(close) { sentence } else { inner };
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_deceives_is_gone_and_what_speaks_stays() {
        for (typed, kept) in [
            ("a\u{202E}b\u{0000}c", "abc"),
            ("  un\r\ndeux\r\n\r\n\r\n\r\ntrois  ", "un\ndeux\n\ntrois"),
            ("👩\u{200D}🌾 d’été", "👩\u{200D}🌾 d’été"),
            ("e\u{0301}", "é"),
            ("<b>@everyone</b> **gras**", "<b>@everyone</b> **gras**"),
            ("\u{0007}\u{200B}\t", ""),
        ] {
            assert_eq!(clean(typed), kept);
        }
        assert_eq!(clean_line(" un \n\n deux "), "un deux");
    }

    #[test]
    fn accents_case_and_apostrophes_do_not_separate_words() {
        assert_eq!(folded("Arrêt"), "arret");
        assert_eq!(folded("AUJOURD’HUI"), "aujourd'hui");
        assert_eq!(folded("Cœur"), "coeur");
    }

    #[test]
    fn the_nearest_is_near() {
        assert_eq!(nearest("montréal", ["laval", "montreal"]), Some("montreal"));
        assert_eq!(nearest("lavale", ["laval", "montreal"]), Some("laval"));
        assert_eq!(nearest("québec", ["laval", "montreal"]), None);
    }

    #[test]
    fn a_title_is_the_first_sentence() {
        assert_eq!(title_of("Signez. Puis partagez."), "Signez.");
        assert_eq!(title_of(""), "");
        assert_eq!(title_of("« On m’a dit non. Puis oui. »"), "On m’a dit non.");
        assert_eq!(title_of("“Yes!” And then?"), "Yes!");
        assert_eq!(title_of("« Non », dit-elle. Et puis"), "« Non », dit-elle.");
        assert_eq!(shortened("abcdef", 4), "abc…");
        assert_eq!(shortened("abcd", 4), "abcd");
        let crowded = format!("a{}b", "\u{0336}".repeat(1_000));
        assert_eq!(shortened(&crowded, 4).chars().count(), 17);
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "\\PC*|.*") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert_eq!(once.find('\u{202E}'), None);
        }

        #[test]
        fn shortening_keeps_to_the_limit(text in "\\PC*", max in 1usize..40) {
            prop_assert!(shortened(&text, max).graphemes(true).count() <= max);
        }
    }
}
