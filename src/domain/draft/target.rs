//! Whom to call, as people type it: `Marie Dupont: 514 555-0199`, or a jurisdiction of the directory.

use super::{
    NAME_MAX,
    mistake::{Problem, quoted},
};
use crate::domain::{
    ask::Target,
    text::{folded, shortened},
};

/// How many digits a telephone number has: three for a short code, fifteen by E.164.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;
/// How many digits an extension has at most.
const EXTENSION_MAX: usize = 8;
/// The longest piece that is read as a name with a number, in bytes: what is longer is neither.
const ITEM_MAX: usize = 1_000;
/// What comes before an extension, folded; what contains another comes first.
const EXTENSION_MARKS: &[&str] = &["extension", "ext.", "ext", "poste", "p.", "x", "#"];

/// One of those whom an ask offers to call.
pub(super) fn target(typed: &str) -> Result<Target, Problem> {
    let not_a_target = || Problem::NotATarget { given: quoted(typed) };
    if typed.len() > ITEM_MAX {
        return Err(not_a_target());
    }
    if let Some(jurisdiction) = jurisdiction(typed) {
        return Ok(Target::Representative { jurisdiction });
    }
    let (name, number) = typed
        .rsplit_once(':')
        .or_else(|| before_number(typed))
        .ok_or_else(not_a_target)?;
    let name = name
        .trim_end_matches(|c: char| c.is_whitespace() || ":,-–—".contains(c))
        .trim();
    let is_name = name.chars().any(char::is_alphabetic) && shortened(name, NAME_MAX) == name;
    if !is_name || number.trim().is_empty() {
        return Err(not_a_target());
    }
    Ok(Target::Number {
        name: name.to_owned(),
        number: dialled(number).ok_or_else(|| Problem::BadNumber {
            given: quoted(number),
        })?,
    })
}

/// A code such as `ca`, `ca-qc` or `fr`: a country's two letters, and parts of it.
fn jurisdiction(typed: &str) -> Option<String> {
    let code = folded(typed);
    let mut parts = code.trim().split('-');
    let is_country = parts
        .next()
        .is_some_and(|country| country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase()));
    let is_part = |part: &str| {
        (1..=8).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    (is_country && code.len() <= 16 && parts.all(is_part)).then(|| code.trim().to_owned())
}

/// A name and what comes after it from its first digit, `+` or `(5` on, where a word begins so.
fn before_number(typed: &str) -> Option<(&str, &str)> {
    let begins = |rest: &str| {
        let opened = rest.strip_prefix('(').unwrap_or(rest);
        rest.starts_with('+') || opened.starts_with(|c: char| c.is_ascii_digit())
    };
    typed
        .match_indices(char::is_whitespace)
        .map(|(at, space)| typed.split_at(at + space.len()))
        .find(|(_, rest)| begins(rest))
}

/// A number as a telephone dials it: digits, after a `+` where it is international, before `;ext=` and an extension where there is
/// one.
fn dialled(typed: &str) -> Option<String> {
    let typed = folded(typed);
    let (main, extension) = match EXTENSION_MARKS.iter().find_map(|mark| typed.split_once(mark)) {
        Some((main, extension)) => (main, Some(extension.trim_matches([' ', '.', ':']))),
        None => (typed.as_str(), None),
    };
    let main = main.trim();
    let (plus, national) = match main.strip_prefix('+') {
        // The zero of `+33 (0)1` is dialled within the country alone.
        Some(rest) => ("+", rest.replacen("(0)", "", 1)),
        None => ("", main.to_owned()),
    };
    let separates = |c: char| c.is_whitespace() || ".-()".contains(c);
    let digits: String = national.chars().filter(|c| !separates(*c)).collect();
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !DIGITS.contains(&digits.len()) || !are_digits(&digits) {
        return None;
    }
    match extension {
        None => Some(format!("{plus}{digits}")),
        Some(extension) => ((1..=EXTENSION_MAX).contains(&extension.len()) && are_digits(extension))
            .then(|| format!("{plus}{digits};ext={extension}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_number() {
        for (typed, name, number) in [
            ("Marie Dupont: 514 555-0199", "Marie Dupont", "5145550199"),
            ("Marie Dupont\u{A0}: (514) 555.0199", "Marie Dupont", "5145550199"),
            ("Marie Dupont 514-555-0199", "Marie Dupont", "5145550199"),
            (
                "Marie Dupont – +33 (0)1 23 45 67 89",
                "Marie Dupont",
                "+33123456789",
            ),
            (
                "Bureau (Laval) 450 555‑0123 poste 12",
                "Bureau (Laval)",
                "4505550123;ext=12",
            ),
            ("Hôtel de ville: 311", "Hôtel de ville", "311"),
            ("Ministre : 418 555-0100 p. 7", "Ministre", "4185550100;ext=7"),
            ("Minister: 418 555-0100 ext. 7", "Minister", "4185550100;ext=7"),
            ("Minister: 418 555-0100 x7", "Minister", "4185550100;ext=7"),
            ("Bureau 12: 418 555-0100", "Bureau 12", "4185550100"),
        ] {
            let expected = Target::Number {
                name: name.into(),
                number: number.into(),
            };
            assert_eq!(target(typed), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn a_jurisdiction() {
        for typed in ["ca-qc", "CA-QC", "us", "us-ca", "fr"] {
            let jurisdiction = typed.to_lowercase();
            assert_eq!(
                target(typed),
                Ok(Target::Representative { jurisdiction }),
                "{typed}"
            );
        }
    }

    #[test]
    fn neither() {
        for typed in [
            "Marie Dupont",
            "514 555-0199",
            ": 514 555-0199",
            "Marie:",
            "ca-",
            "quebec",
            &"a".repeat(101),
            &format!("{}: 311", "a".repeat(101)),
            &"1 ".repeat(50_000),
        ] {
            assert!(
                matches!(target(typed), Err(Problem::NotATarget { .. })),
                "{typed}"
            );
        }
        for (typed, number) in [
            ("Marie: 12", "12"),
            ("Marie: 1234567890123456", "1234567890123456"),
            ("Marie: 1-800-FLEURS", "1-800-FLEURS"),
            ("Marie 514 555-0199 ou 0200", "514 555-0199 ou 0200"),
            ("Bureau 12 rue Laval 514 555-0199", "12 rue Laval 514 555-0199"),
            ("Marie: 514+5550199", "514+5550199"),
            ("Marie: 514 555-0199 ext. quatre", "514 555-0199 ext. quatre"),
            ("Marie: ٥١٤٥٥٥", "٥١٤٥٥٥"),
        ] {
            let given = number.to_owned();
            assert_eq!(target(typed), Err(Problem::BadNumber { given }), "{typed}");
        }
    }
}
