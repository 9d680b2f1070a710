//! The shared calendar, and files made by hand for all that can be wrong with one.

mod workbooks;

use std::{env, fs, path::PathBuf};

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::domain::id::{CampaignId, GroupId, PictureId};

const HEADER: &str = "ref,campaign,kind,date,time,groups,networks,wording_fr,wording_en,script_fr,script_en,\
                      link,hashtags,image,alt_fr,alt_en,target,closes";

/// A file of the data that the tests share. Where it is not there the test is skipped, said aloud; in CI it must be there.
fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = env::var_os("RELAIS_TEST_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = folder.join("calendar").join(name);
    let bytes = fs::read(&path).ok();
    if bytes.is_none() {
        assert!(env::var_os("CI").is_none(), "no {}", path.display());
        eprintln!("SKIPPED: no {}; set RELAIS_TEST_DATA", path.display());
    }
    bytes
}

/// A calendar of these lines below the header.
fn csv(lines: &[&str]) -> String {
    format!("{HEADER}\n{}\n", lines.join("\n"))
}

/// A line with this reference, a kind and a French wording.
fn line(reference: &str, wording: &str) -> String {
    format!("{reference},,share,,,,,{wording},,,,,,,,,,")
}

/// The numbers of the rows, with their references.
fn references(sheet: &Sheet) -> Vec<(usize, &str)> {
    sheet
        .rows
        .iter()
        .map(|(row, draft)| (*row, draft.get(DraftField::Ref)))
        .collect()
}

#[test]
fn the_shared_calendar_is_the_same_in_both_forms_and_without_a_mistake() {
    let (Some(csv), Some(xlsx)) = (shared("calendar.csv"), shared("calendar.xlsx")) else {
        return;
    };
    let sheet = read(&csv).unwrap();
    assert_eq!(read(&xlsx).unwrap(), sheet);
    assert_eq!(sheet.rows.len(), 10);
    assert_eq!(sheet.pictures(), BTreeSet::from(["temoignage.png".to_owned()]));

    let named = |name: &str, id| (name.to_owned(), GroupId(id));
    let known = Known {
        groups: &[named("montreal", 1), named("laval", 2), named("partenaires", 3)],
        campaigns: &[("halte-renovictions".to_owned(), CampaignId(4))],
        pictures: &[("temoignage.png".to_owned(), PictureId(5))],
        zone: &TimeZone::get("America/Montreal").unwrap(),
    };
    let checked = check_all(&sheet, &known).unwrap();
    let rows: Vec<usize> = checked.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, (2..=11).collect::<Vec<_>>());
    assert_eq!(checked[2].1.content.picture, Some(PictureId(5)));
    assert_eq!(checked[3].1.content.groups, [GroupId(1), GroupId(2), GroupId(3)]);
    assert_eq!(checked[0].1.content.campaign, Some(CampaignId(4)));
    assert_eq!(checked[5].1.content.campaign, None);
    assert_eq!(checked[5].1.campaign.as_deref(), Some("chauffage-hiver"));
}

mod text {
    use super::*;

    #[test]
    fn a_file_comes_with_any_mark_separator_and_line_end() {
        let plain = csv(&[
            &line("a", "Relayez."),
            &line("b", "\"Une, \"\"deux\"\"\n\ntrois\""),
        ]);
        let expected = read(plain.as_bytes()).unwrap();
        assert_eq!(references(&expected), [(2, "a"), (3, "b")]);
        assert_eq!(
            expected.rows[1].1.get(DraftField::WordingFr),
            "Une, \"deux\"\n\ntrois"
        );

        let semicolons = plain
            .replace("Une, ", "Une; ")
            .replace(',', ";")
            .replace("Une; ", "Une, ");
        for (form, file) in [
            ("mark", format!("\u{FEFF}{plain}")),
            ("no last line end", plain.trim_end().to_owned()),
            ("semicolons", semicolons),
            ("header", plain.replacen("wording_fr", " Wording FR ", 1)),
        ] {
            assert_eq!(read(file.as_bytes()).as_ref(), Ok(&expected), "{form}");
        }
        for end in ["\r\n", "\r"] {
            let sheet = read(plain.replace('\n', end).as_bytes()).unwrap();
            assert_eq!(references(&sheet), references(&expected), "{end:?}");
        }
    }

    #[test]
    fn columns_come_in_any_order_and_short_rows_are_filled() {
        let mut names: Vec<&str> = HEADER.split(',').collect();
        names.reverse();
        let sheet = read(format!("{}\n2026-11-24 20:00,ca-qc\n", names.join(",")).as_bytes()).unwrap();
        let expected: Draft = [
            (DraftField::Closes, "2026-11-24 20:00"),
            (DraftField::Target, "ca-qc"),
        ]
        .into_iter()
        .collect();
        assert_eq!(sheet.rows, [(2, expected)]);
    }

    #[test]
    fn rows_keep_the_numbers_that_a_spreadsheet_shows() {
        let two_lines = line("b", "\"un\ndeux\"");
        let file = csv(&[&line("a", "x"), "", "", ",,,", &two_lines, &line("c", "x"), " "]);
        for end in ["\n", "\r\n", "\r"] {
            let sheet = read(format!("\n{file}").replace('\n', end).as_bytes()).unwrap();
            assert_eq!(references(&sheet), [(3, "a"), (7, "b"), (8, "c")], "{end:?}");
        }
    }

    #[test]
    fn empty_cells_beyond_the_last_column_are_nothing() {
        let good = format!("{HEADER},,\n{},,,,\n", line("a", "x"));
        assert_eq!(references(&read(good.as_bytes()).unwrap()), [(2, "a")]);
        let stray = csv(&[&line("a", "x"), &format!("{},oups", line("b", "x"))]);
        assert_eq!(read(stray.as_bytes()), Err(Unreadable::StrayCell { row: 3 }));
    }

    #[test]
    fn an_organisation_of_one_language_needs_no_columns_of_the_other() {
        let header = HEADER
            .replace("wording_en,", "")
            .replace("script_en,", "")
            .replace("alt_en,", "");
        let sheet = read(format!("{header}\na,,share,,,,,Relayez.\n").as_bytes()).unwrap();
        assert_eq!(references(&sheet), [(2, "a")]);
        let neither = "ref,campaign,kind,date,time,groups,networks,link,hashtags,image,target,closes\na\n";
        assert!(matches!(read(neither.as_bytes()), Err(Unreadable::Columns(missing)) if missing.len() == 6));
    }

    #[test]
    fn columns_are_named_right() {
        use ColumnMistake::{Missing, Repeated, Unknown};
        let refused = |header: String| match read(format!("{header}\na\n").as_bytes()) {
            Err(Unreadable::Columns(mistakes)) => mistakes,
            other => panic!("{other:?}"),
        };
        let unknown = |given: &str, nearest| Unknown {
            given: given.to_owned(),
            nearest,
        };
        assert_eq!(
            refused(HEADER.replace("closes", "close")),
            [unknown("close", Some(DraftField::Closes))]
        );
        assert_eq!(
            refused(HEADER.replace(",closes", ",\"\u{202E}météo\"")),
            [
                unknown("météo", None),
                Missing {
                    field: DraftField::Closes
                }
            ]
        );
        assert_eq!(
            refused(HEADER.replace("alt_en,", "")),
            [Missing {
                field: DraftField::AltEn
            }]
        );
        assert_eq!(
            refused(format!("{HEADER},Kind,kind")),
            [Repeated {
                field: DraftField::Kind
            }]
        );
    }

    #[test]
    fn what_is_no_calendar_is_refused() {
        let unclosed = csv(&[&line("a", "x"), &line("b", "\"x"), &line("c", "x")]);
        let mut latin = csv(&[&line("a", "x"), &line("b", "?")]).into_bytes();
        let accent = latin.iter().position(|byte| *byte == b'?').unwrap();
        latin[accent] = 0xE9;
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(HEADER.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let many = csv(&vec![line("a", "x").as_str(); MAX_ROWS + 1]);
        for (file, refusal) in [
            (b"".as_slice(), Unreadable::Empty),
            (b"\xEF\xBB\xBF\n \n;;\n", Unreadable::Empty),
            (HEADER.as_bytes(), Unreadable::NoRows),
            (format!("{HEADER}\n,,,\n\n").as_bytes(), Unreadable::NoRows),
            (b"Bonjour,\nvoici le calendrier.", Unreadable::NoHeader),
            (&latin, Unreadable::NotUtf8 { line: 3 }),
            (&utf16, Unreadable::NotUtf8 { line: 1 }),
            (b"\x89PNG\r\n", Unreadable::NotUtf8 { line: 1 }),
            (unclosed.as_bytes(), Unreadable::UnclosedQuote { row: 3 }),
            (b"\"", Unreadable::UnclosedQuote { row: 1 }),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", Unreadable::OldWorkbook),
            (b"PK\x03\x04", Unreadable::BrokenWorkbook),
            (many.as_bytes(), Unreadable::TooManyRows),
            (&vec![b'a'; MAX_BYTES + 1], Unreadable::TooLarge),
        ] {
            let shown = String::from_utf8_lossy(&file[..file.len().min(40)]).into_owned();
            assert_eq!(read(file), Err(refusal), "{shown}");
        }
        let full = csv(&vec![line("a", "x").as_str(); MAX_ROWS]);
        assert_eq!(read(full.as_bytes()).unwrap().rows.len(), MAX_ROWS);
    }

    #[test]
    fn a_cell_as_long_as_a_book_is_a_mistake_and_no_more() {
        let long = "é".repeat(100_000);
        let sheet = read(csv(&[&line(&long, &long)]).as_bytes()).unwrap();
        let mistakes = check_all(&sheet, &nothing(&TimeZone::UTC)).unwrap_err();
        let fields: Vec<DraftField> = mistakes.iter().map(|mistake| mistake.mistake.field).collect();
        assert_eq!(fields, [DraftField::Ref, DraftField::WordingFr]);
    }
}

/// An organisation that has nothing yet.
fn nothing(zone: &TimeZone) -> Known<'_> {
    Known {
        groups: &[],
        campaigns: &[],
        pictures: &[],
        zone,
    }
}

#[test]
fn every_row_is_checked_before_any_is_used() {
    let file = csv(&[
        &line("a", "x"),
        &line("", "x"),
        "c,,dance",
        "",
        &line("A", "x"),
        &line("a", "x"),
    ]);
    let mistakes = check_all(&read(file.as_bytes()).unwrap(), &nothing(&TimeZone::UTC)).unwrap_err();
    let told: Vec<_> = mistakes
        .into_iter()
        .map(|mistake| (mistake.row, mistake.mistake.field, mistake.mistake.problem))
        .collect();
    let unknown = Problem::UnknownKind {
        given: "dance".into(),
        nearest: None,
    };
    let repeated = Problem::RepeatedReference { row: 2 };
    assert_eq!(
        told,
        [
            (3, DraftField::Ref, Problem::Missing),
            (4, DraftField::Kind, unknown),
            (4, DraftField::WordingFr, Problem::NoWording),
            (6, DraftField::Ref, repeated.clone()),
            (7, DraftField::Ref, repeated),
        ]
    );
}

#[test]
fn a_picture_is_a_file_beside_the_calendar_and_nowhere_else() {
    let with_image = |image: &str| format!("a,,share,,,,,x,,,,,,{image},,,,");
    let images = [
        "a.png",
        " b c.jpg ",
        "../c.png",
        "/etc/passwd",
        "c:d.png",
        "..",
        "d\\e.png",
        "a.png",
    ];
    let lines: Vec<String> = images.iter().map(|image| with_image(image)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let pictures = read(csv(&lines).as_bytes()).unwrap().pictures();
    assert_eq!(pictures.into_iter().collect::<Vec<_>>(), ["a.png", "b c.jpg"]);
}

proptest! {
    #[test]
    fn reading_is_total(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn rows_are_numbered_upwards(body in "([a-z;\"\n\r, ]|\\PC){0,200}") {
        if let Ok(sheet) = read(csv(&[&body]).as_bytes()) {
            let numbers: Vec<usize> = sheet.rows.iter().map(|(row, _)| *row).collect();
            prop_assert!(numbers.is_sorted_by(|a, b| a < b));
            prop_assert!(numbers.first().is_none_or(|first| *first > 1));
            let _ = check_all(&sheet, &nothing(&TimeZone::UTC));
        }
    }
}
