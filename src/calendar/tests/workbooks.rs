//! Workbooks made by hand, part by part.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

/// A workbook whose one sheet holds these rows, with the styles 1 (day), 2 (time) and 3 (both), and other parts.
fn workbook(rows: &str, others: &[(&str, &str)]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let parts = [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#.to_owned(),
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs></styleSheet>"#
                .to_owned(),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = parts.iter().map(|(name, part)| (*name, part.as_str()));
    for (name, part) in parts.chain(others.iter().copied()) {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The cells of a row, each a type, a style and a value, put in the columns from the first on.
fn cells(row: usize, values: &[&str]) -> String {
    let cells: String = values.iter().flat_map(|value| ["<c ", value, "</c>"]).collect();
    format!(r#"<row r="{row}">{cells}</row>"#)
}

/// The header as a row of a workbook.
fn header_cells(row: usize) -> String {
    let cells: String = HEADER
        .split(',')
        .flat_map(|name| [r#"<c t="inlineStr"><is><t>"#, name, "</t></is></c>"])
        .collect();
    format!(r#"<row r="{row}">{cells}</row>"#)
}

#[test]
fn typed_cells_read_as_they_are_typed() {
    let row = cells(
        5,
        &[
            "><v>12</v>",
            r#" t="inlineStr"><is><t>halte</t></is>"#,
            r#" t="s"><v>0</v>"#,
            r#" s="1"><v>46349</v>"#,
            r#" s="2"><v>0.479166666666667</v>"#,
            r#" t="str"><f>A1</f><v>laval &amp; cie</v>"#,
            r#" t="b"><v>1</v>"#,
            r#" t="inlineStr"><is><r><t>Rela</t></r><r><t>yez._x000D_</t></r></is>"#,
            r#" t="d"><v>2026-11-24T20:00:00</v>"#,
            r#" t="d"><v>2026-11-24T00:00:00</v>"#,
            r#" s="2"><v>0</v>"#,
            r#" s="3"><v>46350.8333333333</v>"#,
            r#" s="1"><v>1e300</v>"#,
            r#" s="1"><v>-5</v>"#,
            "><v>5145550199</v>",
            "><v>0.5</v>",
        ],
    );
    let sheet = format!("{}{row}", header_cells(2));
    let strings = [(
        "xl/sharedStrings.xml",
        r#"<sst uniqueCount="1"><si><t>call</t></si></sst>"#,
    )];
    let sheet = read(&workbook(&sheet, &strings)).unwrap();
    let [(number, draft)] = &sheet.rows[..] else {
        panic!("{sheet:?}");
    };
    assert_eq!(*number, 5);
    for (field, typed) in [
        (DraftField::Ref, "12"),
        (DraftField::Campaign, "halte"),
        (DraftField::Kind, "call"),
        (DraftField::Date, "2026-11-23"),
        (DraftField::Time, "11:30"),
        (DraftField::Groups, "laval & cie"),
        (DraftField::Networks, "TRUE"),
        (DraftField::WordingFr, "Relayez.\r"),
        (DraftField::WordingEn, "2026-11-24 20:00"),
        (DraftField::ScriptFr, "2026-11-24"),
        (DraftField::ScriptEn, "00:00"),
        (DraftField::Link, "2026-11-24 20:00"),
        (DraftField::Image, "-5"),
        (DraftField::AltFr, "5145550199"),
        (DraftField::AltEn, "0.5"),
        (DraftField::Closes, ""),
    ] {
        assert_eq!(draft.get(field), typed, "{field}");
    }
}

#[test]
fn rows_come_in_any_order_and_blank_ones_are_skipped() {
    let row = |number, name: &str| cells(number, &[&format!(r#" r="A{number}" t="str"><v>{name}</v>"#)]);
    let rows = [
        row(9, "c"),
        row(4, "a"),
        cells(5, &[r#" t="str"><v> </v>"#]),
        header_cells(1),
        row(7, "b"),
    ];
    let sheet = read(&workbook(&rows.concat(), &[])).unwrap();
    assert_eq!(references(&sheet), [(4, "a"), (7, "b"), (9, "c")]);
}

#[test]
fn what_is_no_workbook_is_refused() {
    let header = header_cells(1);
    let with = |row: String| workbook(&format!("{header}{row}"), &[]);
    let mut cut = with(cells(2, &["><v>1</v>"]));
    cut.truncate(cut.len() / 2);
    let mut empty = ZipWriter::new(Cursor::new(Vec::new()));
    empty
        .start_file("mimetype", SimpleFileOptions::default())
        .unwrap();
    let far = cells(1_048_576, &[r#" r="XFD1048576"><v>1</v>"#]);
    let below = cells(1_048_576, &[r#" r="A1048576"><v>1</v>"#]);
    let many: String = (2..=MAX_ROWS + 2).map(|row| cells(row, &["><v>1</v>"])).collect();
    for (what, file, refusal) in [
        ("cut", cut, Unreadable::BrokenWorkbook),
        (
            "another archive",
            empty.finish().unwrap().into_inner(),
            Unreadable::BrokenWorkbook,
        ),
        ("nothing", workbook("", &[]), Unreadable::Empty),
        ("header", workbook(&header, &[]), Unreadable::NoRows),
        (
            "error",
            with(cells(7, &["><v>1</v>", r#" t="e"><v>#REF!</v>"#])),
            Unreadable::BrokenFormula { cell: "B7".into() },
        ),
        (
            "stray",
            with(cells(7, &[r#" r="S7"><v>1</v>"#])),
            Unreadable::StrayCell { row: 7 },
        ),
        ("far", with(far), Unreadable::StrayCell { row: 1_048_576 }),
        ("many", with(many), Unreadable::TooManyRows),
        (
            "absurd",
            with(cells(2, &[r#" r="ZZZZZZZZZZZZ99999999999999"><v>1</v>"#])),
            Unreadable::BrokenWorkbook,
        ),
        (
            "string",
            with(cells(2, &[r#" t="s"><v>7</v>"#])),
            Unreadable::BrokenWorkbook,
        ),
    ] {
        assert_eq!(read(&file), Err(refusal), "{what}");
    }
    assert_eq!(read(&with(below)).unwrap().rows[0].0, 1_048_576);
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let spaces = " ".repeat(33 * 1024 * 1024);
    let bomb = workbook(&spaces, &[]);
    assert!(bomb.len() < 100_000);
    assert_eq!(read(&bomb), Err(Unreadable::TooLarge));

    let claim = r#"<sst count="1" uniqueCount = '18446744073709551615'><si><t>a</t></si></sst>"#;
    assert_eq!(
        read(&workbook(&header_cells(1), &[("xl/SharedStrings.xml", claim)])),
        Err(Unreadable::TooLarge)
    );

    let text = "a".repeat(100_000);
    let strings = format!(r#"<sst uniqueCount="1"><si><t>{text}</t></si></sst>"#);
    let everywhere = cells(2, &[r#" t="s"><v>0</v>"#; 18]);
    let rows: String = (2..60)
        .map(|row| everywhere.replace(r#"r="2""#, &format!(r#"r="{row}""#)))
        .collect();
    let rows = format!("{}{rows}", header_cells(1));
    assert_eq!(
        read(&workbook(&rows, &[("xl/sharedStrings.xml", &strings)])),
        Err(Unreadable::TooLarge)
    );
}

proptest! {
    #[test]
    fn a_workbook_of_anything_is_read_or_refused(
        rows in "(<row r=\"[0-9]{1,12}\">|</row>|<c( r=\"[A-Z]{1,8}[0-9]{0,11}\")?( s=\"[0-9]\")?( t=\"(s|d|e|b|str|n)\")?>|</c>|<v>\\PC{0,9}</v>|<v>-?[0-9]{1,9}(\\.[0-9]{1,9})?(E[0-9]{1,3})?</v>|<is>|</is>|<t>|\\PC){0,30}"
    ) {
        let _ = read(&workbook(&format!("{}{rows}", header_cells(1)), &[]));
    }
}
