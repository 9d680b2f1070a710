//! What is wrong with a draft or with a calendar, in words.

use jiff::civil::DateTime;

use crate::{
    calendar::{self, ColumnMistake, RowMistake, Unreadable},
    domain::{
        draft::{DraftField, Mistake, Problem},
        network::Network,
    },
    i18n::Voice,
};

/// How many mistakes are told one by one: what fits a message that somebody reads to its end.
const TOLD_MAX: usize = 20;
/// February: where a day of it does not exist, that depends on the year.
const FEBRUARY: i8 = 2;

/// A field, as a form labels it.
pub(crate) fn field(voice: &Voice, field: DraftField) -> String {
    voice.draft_field(field.code())
}

/// A mistake in a form: « Clôture : le 31 novembre n’existe pas. Corrigez le jour. »
pub(crate) fn mistake(voice: &Voice, mistake: &Mistake) -> String {
    voice.draft_mistake(field(voice, mistake.field), problem(voice, &mistake.problem))
}

/// All that is wrong with a calendar's rows, line by line; past the first of them, how many more there are.
pub(crate) fn rows(voice: &Voice, mistakes: &[RowMistake]) -> Vec<String> {
    let told = mistakes.iter().take(TOLD_MAX).map(|RowMistake { row, mistake }| {
        voice.calendar_mistake(
            count(voice, *row),
            mistake.field.code(),
            problem(voice, &mistake.problem),
        )
    });
    let more = mistakes.len().saturating_sub(TOLD_MAX);
    let more = (more > 0).then(|| voice.calendar_mistakes_more(more, count(voice, more)));
    told.chain(more).collect()
}

/// Why a file is no calendar, line by line.
pub(crate) fn unreadable(voice: &Voice, refusal: &Unreadable) -> Vec<String> {
    let columns = || voice.list(DraftField::ALL.iter().map(|field| field.code()));
    let why = match refusal {
        Unreadable::TooLarge => voice.calendar_too_large(count(voice, calendar::MAX_BYTES / 1024 / 1024)),
        Unreadable::TooManyRows => voice.calendar_too_many_rows(count(voice, calendar::MAX_ROWS)),
        Unreadable::Empty => voice.calendar_empty(columns()),
        Unreadable::NoRows => voice.calendar_no_rows(),
        Unreadable::NotUtf8 { line } => voice.calendar_not_utf8(count(voice, *line)),
        Unreadable::UnclosedQuote { row } => voice.calendar_unclosed_quote(count(voice, *row)),
        Unreadable::OldWorkbook => voice.calendar_old_workbook(),
        Unreadable::BrokenWorkbook => voice.calendar_broken_workbook(),
        Unreadable::BrokenFormula { cell } => voice.calendar_broken_formula(cell),
        Unreadable::NoHeader => voice.calendar_no_header(columns()),
        Unreadable::Columns(mistakes) => return column_mistakes(voice, mistakes),
        Unreadable::StrayCell { row } => voice.calendar_stray_cell(count(voice, *row)),
    };
    vec![why]
}

fn column_mistakes(voice: &Voice, mistakes: &[ColumnMistake]) -> Vec<String> {
    let told = mistakes.iter().take(TOLD_MAX).map(|mistake| match mistake {
        ColumnMistake::Missing { field } => voice.calendar_column_missing(field.code()),
        ColumnMistake::Repeated { field } => voice.calendar_column_repeated(field.code()),
        ColumnMistake::Unknown { given, nearest: None } => voice.calendar_column_unknown(given),
        ColumnMistake::Unknown {
            given,
            nearest: Some(nearest),
        } => voice.calendar_column_unknown_near(given, nearest.code()),
    });
    let more = mistakes.len().saturating_sub(TOLD_MAX);
    let more = (more > 0).then(|| voice.calendar_columns_more(more, count(voice, more)));
    told.chain(more).collect()
}

/// What is wrong, and what to do, as it follows a colon.
pub(crate) fn problem(voice: &Voice, problem: &Problem) -> String {
    match problem {
        Problem::Missing => voice.draft_missing(),
        Problem::TooLong { limit, length } => {
            voice.draft_too_long(count(voice, *length), count(voice, *limit))
        }
        Problem::TooMany { limit, count: number } => {
            voice.draft_too_many(count(voice, *number), count(voice, *limit))
        }
        Problem::BadReference { given } => voice.draft_reference_bad(given),
        Problem::RepeatedReference { row } => voice.draft_reference_repeated(count(voice, *row)),
        Problem::BadCampaign { given } => voice.draft_campaign_bad(given),
        Problem::UnknownKind { given, nearest } => kind_unknown(voice, given, nearest.as_deref()),
        Problem::UnknownNetwork { given, nearest } => network_unknown(voice, given, nearest.as_deref()),
        Problem::UnknownGroup { given, nearest } => group_unknown(voice, given, nearest.as_deref()),
        Problem::NotADay { given } => voice.draft_day_unknown(given),
        Problem::NoSuchDay { year, month, day } => {
            voice.draft_day_impossible(impossible(voice, *year, *month, *day))
        }
        Problem::NotATime { given } => voice.draft_time_unknown(given),
        Problem::NotAMoment { given } => voice.draft_moment_unknown(given),
        Problem::SkippedByTheClock { when } => skipped(voice, *when),
        Problem::TimeWithoutDay => voice.draft_day_missing(),
        Problem::DayWithoutTime => voice.draft_time_missing(),
        Problem::ClosesBeforeStart { start } => voice.draft_closes_too_early(voice.on_day_and_time(*start)),
        Problem::NoWording => voice.draft_wording_none(),
        Problem::WordingMissing { language } => voice.draft_wording_missing(language.code()),
        Problem::NotALink { given } => voice.draft_link_bad(given),
        Problem::NotAHashtag { given } => voice.draft_hashtag_bad(given),
        Problem::NoSuchPicture { given, nearest } => picture_unknown(voice, given, nearest.as_deref()),
        Problem::AltWithoutPicture => voice.draft_picture_missing(),
        Problem::MissingAlt { language } => voice.draft_alt_missing(language.code()),
        Problem::NotATarget { given } => voice.draft_target_bad(given),
        Problem::BadNumber { given } => voice.draft_number_bad(given),
        Problem::TargetWithoutCall => voice.draft_target_idle(),
    }
}

fn kind_unknown(voice: &Voice, given: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => voice.draft_kind_unknown_near(given, nearest),
        None => voice.draft_kind_unknown(given),
    }
}

fn network_unknown(voice: &Voice, given: &str, nearest: Option<&str>) -> String {
    if let Some(nearest) = nearest {
        return voice.draft_network_unknown_near(given, nearest);
    }
    let networks = voice.list(Network::ALL.iter().map(|network| network.code()));
    voice.draft_network_unknown(given, networks)
}

fn group_unknown(voice: &Voice, given: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => voice.draft_group_unknown_near(given, nearest),
        None => voice.draft_group_unknown(given),
    }
}

fn picture_unknown(voice: &Voice, given: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => voice.draft_picture_unknown_near(given, nearest),
        None => voice.draft_picture_unknown(given),
    }
}

fn skipped(voice: &Voice, when: DateTime) -> String {
    voice.draft_time_skipped(voice.time(when.time()), voice.date(when.date()))
}

/// A day that no calendar has, so that no date can hold it. Its year matters for the 29th of February alone.
pub(super) fn impossible(voice: &Voice, year: i16, month: i8, day: i8) -> String {
    let date = voice.common_date(day, voice.common_month(month), day.to_string());
    match month {
        FEBRUARY => voice.common_date_year(date, year.to_string()),
        _ => date,
    }
}

fn count(voice: &Voice, number: usize) -> String {
    voice.number(i64::try_from(number).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZone};

    use super::*;
    use crate::{
        domain::{
            ask::AskKind,
            draft::{Draft, Known, check},
            language::Language,
        },
        i18n::Voices,
    };

    fn both(show: impl Fn(&Voice) -> String) -> [String; 2] {
        let voices = Voices::load();
        voices.all().map(show)
    }

    fn row(row: usize, field: DraftField, problem: Problem) -> RowMistake {
        let mistake = Mistake { field, problem };
        RowMistake { row, mistake }
    }

    const THIRTY_FIRST: Problem = Problem::NoSuchDay {
        year: 2026,
        month: 11,
        day: 31,
    };

    #[test]
    fn a_row_is_named_with_its_column() {
        let mistakes = [row(1_007, DraftField::Closes, THIRTY_FIRST)];
        assert_eq!(
            both(|voice| rows(voice, &mistakes).join("\n")),
            [
                "Ligne 1\u{202F}007, colonne «\u{A0}closes\u{A0}»\u{A0}: le 31 novembre n’existe pas. Corrigez le jour.",
                "Row 1,007, column “closes”: November 31 does not exist. Correct the day.",
            ]
        );
    }

    #[test]
    fn a_form_names_its_fields() {
        let start = date(2026, 11, 23).at(9, 0, 0, 0);
        let too_early = Mistake {
            field: DraftField::Closes,
            problem: Problem::ClosesBeforeStart { start },
        };
        assert_eq!(
            both(|voice| mistake(voice, &too_early)),
            [
                "Clôture\u{A0}: l’action paraît le lundi 23 novembre à 9\u{A0}h et ne peut pas se terminer avant. \
                 Choisissez un moment plus tardif.",
                "Closes: the ask is posted on Monday, November 23 at 9 a.m. and cannot close before that. \
                 Choose a later time.",
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_particulars() {
        let nearest = || Some("laval".to_owned());
        let given = || "lavall".to_owned();
        let when = date(2027, 3, 14).at(2, 30, 0, 0);
        let language = Language::French;
        for (wrong, french, english) in [
            (
                Problem::NoSuchDay {
                    year: 2027,
                    month: 2,
                    day: 29,
                },
                "le 29 février 2027 n’existe pas. Corrigez le jour.",
                "February 29, 2027 does not exist. Correct the day.",
            ),
            (
                Problem::UnknownGroup {
                    given: given(),
                    nearest: nearest(),
                },
                "aucun groupe ne s’appelle «\u{A0}lavall\u{A0}». Vouliez-vous dire «\u{A0}laval\u{A0}»\u{202F}?",
                "no group is called “lavall”. Did you mean “laval”?",
            ),
            (
                Problem::SkippedByTheClock { when },
                "le 14 mars, on avance l’heure et l’horloge saute 2\u{A0}h\u{A0}30. Choisissez une autre heure.",
                "the clocks skip 2:30 a.m. on March 14, when they go forward. Choose another time.",
            ),
            (
                Problem::TooLong {
                    limit: 4_000,
                    length: 12_500,
                },
                "12\u{202F}500 caractères, c’est trop. Raccourcissez le texte à 4\u{202F}000.",
                "12,500 characters are too many. Shorten it to 4,000.",
            ),
            (
                Problem::TooMany { limit: 5, count: 6 },
                "il y en a 6. Gardez-en 5 au plus.",
                "there are 6 here. Keep 5 at most.",
            ),
            (
                Problem::MissingAlt { language },
                "l’image n’est pas décrite en français. Dites ce qu’elle montre, pour les personnes qui ne la voient pas.",
                "the picture is not described in French. Say what it shows, for those who do not see it.",
            ),
        ] {
            assert_eq!(both(|voice| problem(voice, &wrong)), [french, english]);
        }
    }

    #[test]
    fn the_words_that_are_proposed_are_understood() {
        let unknown = Problem::UnknownKind {
            given: "?".into(),
            nearest: None,
        };
        let known = Known {
            groups: &[],
            campaigns: &[],
            pictures: &[],
            zone: &TimeZone::UTC,
        };
        let understood = |word: &str| {
            let fields = [(DraftField::Kind, word), (DraftField::WordingFr, "x")];
            check(&fields.into_iter().collect::<Draft>(), &known).map(|checked| checked.content.kind)
        };
        for sentence in both(|voice| problem(voice, &unknown)) {
            let words = sentence.rsplit_once(['É', 'W']).unwrap().1.trim_end_matches('.');
            let kinds: Vec<AskKind> = words
                .split([' ', ','])
                .skip(1)
                .filter(|word| !word.is_empty() && !["or", "ou"].contains(word))
                .map(|word| understood(word).unwrap())
                .collect();
            assert_eq!(kinds, AskKind::ALL, "{sentence}");
        }
    }

    #[test]
    fn every_field_has_a_name_of_its_own() {
        for voice in Voices::load().all() {
            let names: std::collections::BTreeSet<String> =
                DraftField::ALL.iter().map(|own| field(voice, *own)).collect();
            assert_eq!(names.len(), DraftField::ALL.len());
        }
    }

    #[test]
    fn of_many_mistakes_the_first_are_told() {
        let mistakes: Vec<RowMistake> = (2..36)
            .map(|number| row(number, DraftField::Date, THIRTY_FIRST))
            .collect();
        let last = |lines: Vec<String>| (lines.len(), lines[lines.len() - 1].clone());
        let voices = Voices::load();
        let (french, english) = (voices.of(Language::French), voices.of(Language::English));
        assert_eq!(
            last(rows(french, &mistakes)),
            (21, "Et 14 autres erreurs.".into())
        );
        assert_eq!(
            last(rows(english, &mistakes)),
            (21, "And 14 more mistakes.".into())
        );
        assert_eq!(
            last(rows(english, &mistakes[..21])),
            (21, "And one more mistake.".into())
        );
        assert_eq!(rows(english, &mistakes[..20]).len(), 20);
    }

    #[test]
    fn a_file_that_is_no_calendar_is_told_why() {
        let unknown = ColumnMistake::Unknown {
            given: "close".into(),
            nearest: Some(DraftField::Closes),
        };
        let missing = ColumnMistake::Missing {
            field: DraftField::AltEn,
        };
        for (refusal, french, english) in [
            (
                Unreadable::TooLarge,
                "Le fichier est trop lourd. Un calendrier fait au plus 10\u{A0}Mo.",
                "The file is too large. A calendar has at most 10 MB.",
            ),
            (
                Unreadable::NotUtf8 { line: 3 },
                "La ligne 3 contient des caractères illisibles. Enregistrez le calendrier en «\u{A0}CSV UTF-8\u{A0}» ou en classeur .xlsx.",
                "Line 3 has characters that cannot be read. Save the calendar as “CSV UTF-8” or as an .xlsx workbook.",
            ),
            (
                Unreadable::Columns(vec![unknown, missing]),
                "La colonne «\u{A0}close\u{A0}» ne fait pas partie d’un calendrier. Vouliez-vous dire «\u{A0}closes\u{A0}»\u{202F}?\n\
                 La colonne «\u{A0}alt_en\u{A0}» manque. Ajoutez-la\u{202F}; ses cellules peuvent être vides.",
                "Column “close” is not part of a calendar. Did you mean “closes”?\n\
                 Column “alt_en” is missing. Add it; its cells may be empty.",
            ),
        ] {
            let why = both(|voice| unreadable(voice, &refusal).join("\n"));
            assert_eq!(why, [french, english]);
        }
    }
}
