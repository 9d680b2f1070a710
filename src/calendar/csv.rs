//! Comma- or semicolon-separated text, as spreadsheets write it.

use csv::{ReaderBuilder, StringRecord};

use super::{Row, Rows, Unreadable};

/// A line put after the last. Where it does not come out as a row of its own, a quotation mark was never closed.
const END: &str = "end";

pub(super) fn rows(bytes: &[u8]) -> Result<Rows, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8 {
        line: bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count(),
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let whole = format!("{text}\n{END}");
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(whole.as_bytes());

    let mut rows = Rows::default();
    let mut record = StringRecord::new();
    let mut last = Row {
        number: 0,
        cells: Vec::new(),
    };
    while reader.read_record(&mut record).expect(
        "memory can be read, UTF-8 stays UTF-8 between ASCII separators, and rows may differ in length",
    ) {
        let start = record.position().map_or(0, csv::Position::byte);
        let number =
            last.number + 1 + blank_lines(whole.as_bytes(), usize::try_from(start).unwrap_or(usize::MAX));
        let cells = record.iter().map(str::to_owned).collect();
        rows.push(std::mem::replace(&mut last, Row { number, cells }))?;
    }
    if last.cells == [END] {
        Ok(rows)
    } else {
        Err(Unreadable::UnclosedQuote { row: last.number })
    }
}

/// What separates the cells, by the first line that has any: the names of columns hold neither.
fn delimiter(text: &str) -> u8 {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |separator| header.matches(separator).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// How many empty lines, which the reader skips and a spreadsheet shows, come where the reader begins a record.
fn blank_lines(text: &[u8], start: usize) -> usize {
    let mut rest = text.get(start..).unwrap_or_default();
    // A record ends with its carriage return; the line feed after it is still the same line's.
    if start > 0 && text.get(start - 1) == Some(&b'\r') {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut count = 0;
    while let Some(next) = [&b"\r\n"[..], b"\r", b"\n"]
        .iter()
        .find_map(|end| rest.strip_prefix(*end))
    {
        rest = next;
        count += 1;
    }
    count
}
