//! Text → command and arguments. Pure and total: whatever is typed, it is understood or there is a sentence to say.
//!
//! The words of a command are its French or its English name, accents and case aside; but a word that is typed with the accents of
//! one command is never taken for another's that has none. Arguments follow in the order of the
//! parameters, or anywhere as `name:value`; quotes of any kind hold words together; a last parameter of free text takes the rest.

use std::collections::BTreeSet;

use crate::domain::text::{folded, nearest, shortened};

/// What can be typed: each command by each of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Which command, by its place in the catalogue.
    pub command: usize,
    /// The whole name, as it is shown.
    pub shown: String,
    /// Its parameters, in order.
    pub parameters: Vec<ParameterName>,
}

/// What can be given to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParameterName {
    /// What people call it, in the language of the name.
    pub shown: String,
    /// What it is called in either language, folded.
    pub folded: Vec<String>,
    /// Whether it must be given.
    pub is_required: bool,
    /// Whether it takes the rest of the text.
    pub is_rest: bool,
}

/// A command that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// Which command, by its place in the catalogue.
    pub command: usize,
    /// What was given to it, in the order of its parameters.
    pub values: Vec<Option<String>>,
}

/// Why a text is no command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParseError {
    /// There is nothing in it.
    Empty,
    /// Its first words are no command.
    Unknown {
        /// What was typed, shortened.
        given: String,
        /// What was likely meant.
        nearest: Option<String>,
    },
    /// It is the beginning of several commands.
    Incomplete {
        /// How it may go on.
        next: Vec<String>,
    },
    /// Something that the command needs was not given.
    Missing {
        /// How the command is typed.
        usage: String,
        /// What is missing.
        parameter: String,
    },
    /// More was given than the command takes.
    Extra {
        /// How the command is typed.
        usage: String,
        /// What is too much.
        given: String,
    },
}

/// A word of the text: without its quotes, and where it began.
struct Token {
    text: String,
    start: usize,
    is_quoted: bool,
}

/// The closing quote of an opening one.
const fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        '«' => Some('»'),
        _ => None,
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut word = String::new();
        let mut quote = closing(first);
        if quote.is_none() {
            word.push(first);
        }
        let is_quoted = quote.is_some();
        while let Some((_, c)) = rest.peek().copied() {
            if quote.is_none() && c.is_whitespace() {
                break;
            }
            rest.next();
            match quote {
                Some(close) if c == close => break,
                // A quote may open after `name:`.
                None if word.ends_with([':', '=']) && closing(c).is_some() => quote = closing(c),
                _ => word.push(c),
            }
        }
        // The spaces inside « » belong to the quotes.
        let text = if is_quoted { word.trim().to_owned() } else { word };
        tokens.push(Token {
            text,
            start,
            is_quoted,
        });
    }
    tokens
}

/// What people write or say before a number, folded.
pub(super) const NUMBER_MARKS: [&str; 10] = [
    "numero", "number", "no.", "nº.", "n°.", "no", "nº", "n°", "№", "#",
];

/// The words, where a number and what is written before it are one: `nº 12`.
fn with_numbers_whole(tokens: Vec<Token>) -> Vec<Token> {
    let mut whole: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let is_number = token.text.starts_with(|c: char| c.is_ascii_digit());
        let is_mark = |last: &Token| NUMBER_MARKS.contains(&folded(&last.text).as_str());
        match whole.last_mut() {
            Some(last) if is_number && !token.is_quoted && !last.is_quoted && is_mark(last) => {
                last.text = format!("{} {}", last.text, token.text);
            }
            _ => whole.push(token),
        }
    }
    whole
}

/// How a command is typed: its name and its parameters, those that may be left out in brackets.
pub(crate) fn usage(name: &Name) -> String {
    let parameters = name.parameters.iter().map(|parameter| {
        if parameter.is_required {
            format!(" ‹{}›", parameter.shown)
        } else {
            format!(" [{}]", parameter.shown)
        }
    });
    format!("{}{}", name.shown, parameters.collect::<String>())
}

/// Understands a text, without the prefix of its platform.
pub(crate) fn parse(text: &str, names: &[Name]) -> Result<Parsed, ParseError> {
    let tokens = with_numbers_whole(tokens(text));
    let words: Vec<String> = tokens.iter().map(|token| folded(&token.text)).collect();
    if words.is_empty() {
        return Err(ParseError::Empty);
    }
    let may_mean = meanings(&tokens[0].text, names);
    let matching = names.iter().filter(|name| may_mean(name)).filter_map(|name| {
        let own: Vec<String> = name.shown.split_whitespace().map(folded).collect();
        words.starts_with(&own).then_some((own.len(), name))
    });
    let Some((length, name)) = matching.max_by_key(|(length, _)| *length) else {
        let names: Vec<&Name> = names.iter().filter(|name| may_mean(name)).collect();
        return Err(unknown(&tokens, &words, &names));
    };
    let values = assign(text, &tokens[length..], name)?;
    Ok(Parsed {
        command: name.command,
        values,
    })
}

/// Which names a first word may stand for: all of them, unless it bears accents and some commands' first word is the same with
/// accents. Then it is theirs: « résumé » is no “resume”.
pub(crate) fn meanings(first: &str, names: &[Name]) -> impl Fn(&Name) -> bool {
    let (plain, is_accented) = (folded(first), |word: &str| folded(word) != word.to_lowercase());
    let is_meant = |name: &&Name| {
        let word = name.shown.split_whitespace().next().unwrap_or_default();
        is_accented(word) && folded(word) == plain
    };
    let meant: BTreeSet<usize> = if is_accented(first) {
        names.iter().filter(is_meant).map(|name| name.command).collect()
    } else {
        BTreeSet::new()
    };
    move |name| meant.is_empty() || meant.contains(&name.command)
}

fn unknown(tokens: &[Token], words: &[String], names: &[&Name]) -> ParseError {
    let begins = |name: &&&Name| name.shown.split_whitespace().next().map(folded).as_ref() == words.first();
    let mut next: Vec<String> = names
        .iter()
        .filter(begins)
        .map(|name| name.shown.clone())
        .collect();
    next.dedup();
    // « rôle » and “role” are one to the parser; whoever wrote one of them goes on in its language.
    let typed: Vec<&str> = tokens.iter().take(2).map(|token| token.text.as_str()).collect();
    let first = typed
        .first()
        .map(|first| first.to_lowercase())
        .unwrap_or_default();
    let is_written_so = |shown: &String| shown.split_whitespace().next() == Some(first.as_str());
    if next.iter().any(is_written_so) {
        next.retain(is_written_so);
    }
    let given = shortened(&typed.join(" "), 40);
    if !next.is_empty() {
        let likely = nearest(&given, next.iter().map(String::as_str)).map(str::to_owned);
        return match likely {
            Some(likely) if words.len() > 1 => ParseError::Unknown {
                given,
                nearest: Some(likely),
            },
            _ => ParseError::Incomplete { next },
        };
    }
    let shown = || names.iter().map(|name| name.shown.as_str());
    let first = words.first().map(String::as_str).unwrap_or_default();
    let nearest = nearest(&given, shown())
        .or_else(|| nearest(first, shown()))
        .map(str::to_owned);
    ParseError::Unknown { given, nearest }
}

fn assign(text: &str, tokens: &[Token], name: &Name) -> Result<Vec<Option<String>>, ParseError> {
    let mut values: Vec<Option<String>> = vec![None; name.parameters.len()];
    let mut next = 0;
    for token in tokens {
        if let Some((index, value)) = named(token, name) {
            values[index] = Some(value);
            continue;
        }
        while values.get(next).is_some_and(Option::is_some) {
            next += 1;
        }
        let Some(parameter) = name.parameters.get(next) else {
            return Err(ParseError::Extra {
                usage: usage(name),
                given: shortened(&token.text, 40),
            });
        };
        if parameter.is_rest {
            let rest = text[token.start..].trim();
            let is_one_quotation =
                token.is_quoted && tokens.last().is_some_and(|last| last.start == token.start);
            values[next] = Some(if is_one_quotation {
                token.text.clone()
            } else {
                rest.to_owned()
            });
            break;
        }
        values[next] = Some(token.text.clone());
    }
    let is_given = |value: &Option<String>| value.as_deref().is_some_and(|value| !value.trim().is_empty());
    for (parameter, value) in name.parameters.iter().zip(&mut values) {
        if !is_given(value) {
            *value = None;
            if parameter.is_required {
                return Err(ParseError::Missing {
                    usage: usage(name),
                    parameter: parameter.shown.clone(),
                });
            }
        }
    }
    Ok(values)
}

/// The parameter and value of `name:value`, where there is such a parameter.
fn named(token: &Token, name: &Name) -> Option<(usize, String)> {
    if token.is_quoted {
        return None;
    }
    let (key, value) = token.text.split_once([':', '='])?;
    let key = folded(key);
    let index = name
        .parameters
        .iter()
        .position(|parameter| parameter.folded.contains(&key))?;
    Some((index, value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parameter(shown: &str, is_required: bool, is_rest: bool) -> ParameterName {
        ParameterName {
            shown: shown.into(),
            folded: vec![folded(shown)],
            is_required,
            is_rest,
        }
    }

    fn names() -> Vec<Name> {
        let name = |command, shown: &str, parameters| Name {
            command,
            shown: shown.into(),
            parameters,
        };
        let reject = || vec![parameter("ask", true, false), parameter("note", false, true)];
        let add = || {
            vec![
                parameter("purpose", true, false),
                parameter("group", false, false),
            ]
        };
        vec![
            name(0, "today", vec![]),
            name(0, "aujourd’hui", vec![]),
            name(1, "ask reject", reject()),
            name(1, "action refuser", reject()),
            name(2, "room add", add()),
            name(3, "me", vec![]),
            name(4, "me pause", vec![parameter("day", false, false)]),
            name(5, "resume", vec![]),
            name(6, "résumé maintenant", vec![]),
        ]
    }

    #[test]
    fn accents_that_are_typed_are_meant() {
        for text in ["resume", "RESUME"] {
            assert_eq!(understood(text), (5, vec![]), "{text}");
        }
        for text in ["Résumé maintenant", "resume maintenant"] {
            assert_eq!(understood(text), (6, vec![]), "{text}");
        }
        let next = vec!["résumé maintenant".to_owned()];
        for text in ["résumé", "RÉSUMÉ", "resumé"] {
            assert_eq!(
                parse(text, &names()),
                Err(ParseError::Incomplete { next: next.clone() }),
                "{text}"
            );
        }
        // Where nobody bears the accents they are a slip like another.
        assert_eq!(understood("tôday"), (0, vec![]));
    }

    fn understood(text: &str) -> (usize, Vec<Option<String>>) {
        let parsed = parse(text, &names()).unwrap();
        (parsed.command, parsed.values)
    }

    #[test]
    fn names_are_understood_in_both_languages() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(understood("  TODAY "), (0, vec![]));
        assert_eq!(understood("aujourd'hui"), (0, vec![]));
        assert_eq!(understood("Action Réfuser #12 trop long, « vraiment »").0, 1);
        assert_eq!(
            understood("ask reject 12 too  long, please").1,
            vec![some("12"), some("too  long, please")]
        );
        assert_eq!(
            understood("ask reject 12 “too long”").1,
            vec![some("12"), some("too long")]
        );
        assert_eq!(
            understood("room add group:laval « volunteers »").1,
            vec![some("volunteers"), some("laval")]
        );
        assert_eq!(
            understood("room add group:\"rive nord\" x").1,
            vec![some("x"), some("rive nord")]
        );
        for number in ["nº 12", "No. 12", "n°\u{A0}12", "numéro 12", "# 12"] {
            let (_, arguments) = understood(&format!("action refuser {number} pas le no 5"));
            assert_eq!(
                arguments,
                vec![some(number.replace('\u{A0}', " ").as_str()), some("pas le no 5")]
            );
        }
        assert_eq!(understood("me"), (3, vec![]));
        assert_eq!(understood("me pause"), (4, vec![None]));
    }

    #[test]
    fn a_slip_is_named_and_corrected() {
        let error = |text: &str| parse(text, &names()).unwrap_err();
        let near = |given: &str, nearest: &str| ParseError::Unknown {
            given: given.into(),
            nearest: Some(nearest.into()),
        };
        assert_eq!(error(" "), ParseError::Empty);
        // As it was typed, accents and all.
        assert!(matches!(error("Déjà vu"), ParseError::Unknown { given, .. } if given == "Déjà vu"));
        assert_eq!(error("todya"), near("todya", "today"));
        assert_eq!(error("ask rejct 12"), near("ask rejct", "ask reject"));
        assert_eq!(
            error("xyzzy"),
            ParseError::Unknown {
                given: "xyzzy".into(),
                nearest: None
            }
        );
        assert_eq!(
            error("ask"),
            ParseError::Incomplete {
                next: vec!["ask reject".into()]
            }
        );
        let usage = "ask reject ‹ask› [note]".to_owned();
        assert_eq!(
            error("ask reject"),
            ParseError::Missing {
                usage,
                parameter: "ask".into()
            }
        );
        assert!(matches!(error("today please"), ParseError::Extra { given, .. } if given == "please"));
        assert!(matches!(error("me pauses"), ParseError::Extra { .. }));
    }

    proptest! {
        #[test]
        fn parsing_is_total(text in "\\PC*|(ask|room|me|reject|add|:|=|\"|«|»| |12|é)*") {
            let _ = parse(&text, &names());
        }

        #[test]
        fn free_text_arrives_as_it_was_typed(note in "[a-zA-Zé,;!][a-zA-Zé ,;!]{0,60}[a-z]") {
            let parsed = parse(&format!("ask reject 7 {note}"), &names()).unwrap();
            prop_assert_eq!(parsed.values[1].as_deref(), Some(note.as_str()));
        }
    }
}
