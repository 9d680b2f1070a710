//! How French and English are typeset: each rule by itself, and each tried on a text that breaks it.

use super::fluent::SLOT;

const NARROW: char = '\u{202F}';
const NO_BREAK: char = '\u{00A0}';

/// A text in which addresses and what is typed as it stands (between backticks) are slots, with room at both ends.
struct Text(Vec<char>);

impl Text {
    fn new(text: &str) -> Self {
        let mut prose = String::new();
        for (index, part) in text.split('`').enumerate() {
            if index % 2 == 0 {
                prose.push_str(part);
            } else {
                prose.push(SLOT);
            }
        }
        let is_address = |word: &&str| word.contains("://") || word.starts_with("mailto:");
        let words: Vec<String> = prose
            .split_inclusive([' ', '\n', NO_BREAK, NARROW])
            .map(str::to_owned)
            .collect();
        let without_addresses = words.iter().map(|word| {
            if is_address(&word.as_str()) {
                let end = word.chars().last().filter(|c| c.is_whitespace());
                format!("{SLOT}{}", end.map(String::from).unwrap_or_default())
            } else {
                word.clone()
            }
        });
        Self(
            format!(" {}  ", without_addresses.collect::<String>())
                .chars()
                .collect(),
        )
    }

    /// Whether some character, with the one before and the one after, is as described.
    fn any(&self, is_so: impl Fn(char, char, char) -> bool) -> bool {
        self.0.windows(3).any(|three| is_so(three[0], three[1], three[2]))
    }

    fn contains(&self, part: &str) -> bool {
        let part: Vec<char> = part.chars().collect();
        self.0.windows(part.len()).any(|window| window == part)
    }

    /// The runs of digits: each with where it begins and ends.
    fn numbers(&self) -> impl Iterator<Item = (usize, usize)> {
        let is_start = |at: &usize| self.0[*at].is_ascii_digit() && !self.0[at - 1].is_ascii_digit();
        (1..self.0.len()).filter(is_start).map(|start| {
            let length = self.0[start..].iter().take_while(|c| c.is_ascii_digit()).count();
            (start, start + length)
        })
    }

    /// Whether a number of more than three digits stands without its separators. Years have none, nor do the parts of what
    /// hyphens hold together, such as telephone numbers and dates for machines.
    fn has_bare_thousands(&self) -> bool {
        self.numbers().any(|(start, end)| {
            let digits: String = self.0[start..end].iter().collect();
            let is_year = matches!(digits.parse::<u32>(), Ok(1900..=2100));
            let is_part = self.0[start - 1] == '-' || self.0[end] == '-';
            digits.len() > 3 && !is_year && !is_part
        })
    }

    /// Whether two groups of digits are held together as thousands by one of these.
    fn has_thousands_with(&self, separators: &[char]) -> bool {
        let starts: Vec<(usize, usize)> = self.numbers().collect();
        starts.windows(2).any(|two| {
            let ((start, end), (next, next_end)) = (two[0], two[1]);
            let are_groups = end - start <= 3 && next == end + 1 && next_end - next == 3;
            are_groups && separators.contains(&self.0[end]) && self.0[next_end] != '-'
        })
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | NO_BREAK | NARROW)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || c == SLOT
}

type Rule = (&'static str, fn(&Text) -> bool);

fn broken(rules: &[Rule], text: &str) -> Vec<&'static str> {
    let text = Text::new(text);
    rules
        .iter()
        .filter(|(_, breaks)| breaks(&text))
        .map(|(name, _)| *name)
        .collect()
}

/// What is wrong with a French text.
pub(super) fn french(text: &str) -> Vec<&'static str> {
    broken(&FRENCH, text)
}

/// What is wrong with an English text.
pub(super) fn english(text: &str) -> Vec<&'static str> {
    broken(&ENGLISH, text)
}

const FRENCH: [Rule; 13] = [
    // A mark before a letter begins a command, as in `!relais`.
    ("U+202F before ; ! ?", |text| {
        text.any(|before, mark, after| {
            matches!(mark, ';' | '!' | '?') && !after.is_alphabetic() && !matches!(before, NARROW | '!' | '?')
        })
    }),
    ("U+00A0 before :", |text| {
        text.any(|before, mark, after| {
            let ends = is_space(after) || is_space(before);
            mark == ':' && ends && before != NO_BREAK
        })
    }),
    ("U+00A0 inside « »", |text| {
        text.any(|before, mark, after| {
            (mark == '«' && after != NO_BREAK) || (mark == '»' && before != NO_BREAK)
        })
    }),
    ("« » rather than straight quotes", |text| text.contains("\"")),
    ("U+00A0 before % $ €", |text| {
        text.any(|before, mark, _| matches!(mark, '%' | '$' | '€') && before != NO_BREAK)
    }),
    ("U+00A0 before °C", |text| {
        text.any(|before, mark, after| mark == '°' && before != 'n' && (before != NO_BREAK || after != 'C'))
    }),
    ("18 h 30, with U+00A0", |text| breaks_hours(text)),
    ("nº, then U+00A0", |text| {
        let without_no_break =
            text.any(|before, mark, after| before == 'n' && mark == 'º' && after != NO_BREAK);
        let other = ["n°", "nᵒ", "N°"].iter().any(|wrong| text.contains(wrong));
        let abbreviated = (0..10)
            .map(|digit| format!(" no {digit}"))
            .any(|wrong| text.contains(&wrong));
        without_no_break || other || abbreviated || text.contains(&format!(" no {SLOT}"))
    }),
    ("’ rather than '", |text| text.contains("'")),
    ("… rather than ...", |text| text.contains("...")),
    ("U+202F between thousands, a comma before decimals", |text| {
        let has_decimal_point =
            text.any(|before, mark, after| mark == '.' && before.is_ascii_digit() && after.is_ascii_digit());
        text.has_bare_thousands()
            || text.has_thousands_with(&[' ', NO_BREAK, ',', '\'', '’'])
            || has_decimal_point
    }),
    ("one exclamation mark at most", |text| {
        text.any(|before, mark, _| before == '!' && mark == '!')
    }),
    ("— rather than - between words", |text| text.contains(" - ")),
];

/// Whether an hour is written otherwise than « 18 h 30 ».
fn breaks_hours(text: &Text) -> bool {
    let with_colon = text.0.windows(4).any(|four| {
        four[0].is_ascii_digit() && four[1] == ':' && four[2].is_ascii_digit() && four[3].is_ascii_digit()
    });
    with_colon
        || text.0.windows(5).any(|five| {
            let [far, before, mark, after, next] = [five[0], five[1], five[2], five[3], five[4]];
            let follows_number = is_number(before) || (is_space(before) && is_number(far));
            let is_unit = mark == 'h' && follows_number && !after.is_alphabetic();
            let minutes_apart = is_space(after) && after != NO_BREAK && is_number(next);
            is_unit && (before != NO_BREAK || minutes_apart || after.is_ascii_digit())
        })
}

const ENGLISH: [Rule; 8] = [
    ("“ ” rather than straight quotes", |text| text.contains("\"")),
    ("“ ” rather than « »", |text| {
        text.contains("«") || text.contains("»")
    }),
    ("’ rather than '", |text| text.contains("'")),
    ("… rather than ...", |text| text.contains("...")),
    ("no space before ; : ! ? %", |text| {
        text.any(|before, mark, after| {
            matches!(mark, ';' | ':' | '!' | '?' | '%') && is_space(before) && is_space(after)
        }) && !text.0.iter().all(|c| is_space(*c) || ";:!?%".contains(*c))
    }),
    ("a comma between thousands", |text| {
        text.has_bare_thousands() || text.has_thousands_with(&[' ', NO_BREAK, NARROW, '\'', '’'])
    }),
    ("one exclamation mark at most", |text| {
        text.any(|before, mark, _| before == '!' && mark == '!')
    }),
    ("— rather than - between words", |text| text.contains(" - ")),
];

/// A text with `_` for U+00A0, `~` for U+202F and `@` for what is filled in.
fn planted(text: &str) -> String {
    text.replace('_', "\u{A0}")
        .replace('~', "\u{202F}")
        .replace('@', "\u{FFFC}")
}

#[test]
fn each_french_rule_finds_its_planted_error() {
    let wrong: [(&str, &[&str]); 13] = [
        (
            "U+202F before ; ! ?",
            &[
                "Merci !",
                "Merci!",
                "Quoi_?",
                "Oui ; non",
                "@ ?",
                "Dit-il «_oui_»?",
                "Merci@!",
            ],
        ),
        (
            "U+00A0 before :",
            &["Objectif : @", "Objectif: @", "Objectif~: @", "Objectif:", "@: @"],
        ),
        (
            "U+00A0 inside « »",
            &["« oui_»", "«_oui »", "«oui_»", "«_oui@»", "«~oui~»"],
        ),
        ("« » rather than straight quotes", &["Dites \"oui\""]),
        (
            "U+00A0 before % $ €",
            &["12 %", "12%", "@%", "25~%", "25 $", "$25", "25 €"],
        ),
        ("U+00A0 before °C", &["20 °C", "20°C", "20_° C"]),
        (
            "18 h 30, with U+00A0",
            &[
                "18 h", "18h", "18_h 30", "18h30", "18_h30", "@ h @", "@h", "@_h @", "18:30", "18~h",
            ],
        ),
        (
            "nº, then U+00A0",
            &["nº 12", "nº12", "n°_12", "no 12", "nº @", "no @", "N°_12"],
        ),
        ("’ rather than '", &["l'équipe", "'oui'"]),
        ("… rather than ...", &["Attendez..."]),
        (
            "U+202F between thousands, a comma before decimals",
            &[
                "1000 relais",
                "1 000 relais",
                "1_000 relais",
                "12,345",
                "12345",
                "1’000",
                "1~234 567",
                "0.5",
            ],
        ),
        ("one exclamation mark at most", &["Merci~!!"]),
        ("— rather than - between words", &["Merci - à demain"]),
    ];
    for (rule, texts) in wrong {
        for text in texts {
            let found = french(&planted(text));
            assert!(
                found.contains(&rule),
                "{text:?} does not break {rule:?} but {found:?}"
            );
        }
    }
    assert_eq!(wrong.map(|(rule, _)| rule), FRENCH.map(|(rule, _)| rule));
}

#[test]
fn french_as_it_should_be_breaks_nothing() {
    for text in [
        "C’est noté_: nº_12 relayé sur Mastodon. Merci~! Une erreur~?",
        "Semaine du 23 au 29 novembre 2026 — complet jusqu’à dimanche 23_h_59",
        "1~234~567 gestes par 84 personnes (+12_%), 25_$, −3_°C",
        "«_Appelez avant le vote_»~; puis «_oui_»~? «_Déjà~?_»",
        "@~! @_: @, à @_h_@, à 18_h.",
        "Tapez `action nouvelle --titre \"x\"` ou !relais aide, voir https://example.org/?a=b:c et 514 555-0199",
        "2026-11-23, 1ᵉʳ décembre, 0,5_%, l’h, 12_heures, n’importe quoi, 20_h",
        "touchez un réseau_: il s’ouvre…",
        "📞 Mot_:\nligne",
    ] {
        assert_eq!(french(&planted(text)), [""; 0], "{text}");
    }
}

#[test]
fn each_english_rule_finds_its_planted_error() {
    let wrong: [(&str, &[&str]); 8] = [
        ("“ ” rather than straight quotes", &["Say \"yes\""]),
        ("“ ” rather than « »", &["Say «_yes_»"]),
        ("’ rather than '", &["it's", "'yes'"]),
        ("… rather than ...", &["Wait..."]),
        ("no space before ; : ! ? %", &["Thank you !", "Goal_: @", "12 %"]),
        (
            "a comma between thousands",
            &["1000 calls", "1 000 calls", "12345", "1~000"],
        ),
        ("one exclamation mark at most", &["Thanks!!"]),
        ("— rather than - between words", &["Thanks - see you"]),
    ];
    for (rule, texts) in wrong {
        for text in texts {
            let found = english(&planted(text));
            assert!(
                found.contains(&rule),
                "{text:?} does not break {rule:?} but {found:?}"
            );
        }
    }
    assert_eq!(wrong.map(|(rule, _)| rule), ENGLISH.map(|(rule, _)| rule));
    for text in [
        "Thank you! A busy line counts: they will see it. 1,000 of $25 by 6:30 p.m., December 2, 2026",
        "Row 7, column “closes”: November 31 doesn’t exist… @% of @ (514 555-0199) :@",
    ] {
        assert_eq!(english(&planted(text)), [""; 0], "{text}");
    }
}
