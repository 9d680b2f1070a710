//! The content calendar: a spreadsheet in, drafts out.
//!
//! A file is taken whole or not at all: [`read`] refuses what cannot be read, [`check_all`] checks every row before anything is
//! used. Who sent the file, and what becomes of the drafts, is not known here.

mod archive;
mod csv;
mod header;
#[cfg(test)]
mod tests;
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    draft::{self, Checked, Draft, DraftField, Known, Mistake, Problem},
    text,
};

pub use header::ColumnMistake;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most rows that are read below the header.
pub const MAX_ROWS: usize = 2_000;

/// How a zip archive begins, which a workbook is; the second has nothing in it.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// How the older workbooks begin, and those with a password.
const OLD_WORKBOOK: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// A calendar as it was read: each draft with the number of its row, as a spreadsheet shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The rows that say something, the header left out.
    pub rows: Vec<(usize, Draft)>,
}

impl Sheet {
    /// The pictures that its rows name and that may lie beside it: plain names of files, never paths.
    pub fn pictures(&self) -> BTreeSet<String> {
        self.rows
            .iter()
            .map(|(_, draft)| text::clean_line(draft.get(DraftField::Image)))
            .filter(|name| !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']))
            .collect()
    }
}

/// Why a file is no calendar. Rows are numbered as a spreadsheet shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is larger than [`MAX_BYTES`], or holds far more than its size says.
    TooLarge,
    /// It has more than [`MAX_ROWS`] rows.
    TooManyRows,
    /// There is nothing in it.
    Empty,
    /// It has a header and nothing below.
    NoRows,
    /// It is text in another encoding, or no text at all.
    NotUtf8 {
        /// The first line that is not UTF-8.
        line: usize,
    },
    /// A quotation mark opens and never closes, so that the rest of the file is one cell.
    UnclosedQuote {
        /// The row where it opens.
        row: usize,
    },
    /// It is a workbook of before 2007, or has a password.
    OldWorkbook,
    /// It looks like a workbook and cannot be read as one.
    BrokenWorkbook,
    /// A formula has an error for its result.
    BrokenFormula {
        /// The cell, such as `F7`.
        cell: String,
    },
    /// The first row names none of the columns.
    NoHeader,
    /// The first row names the columns wrong.
    Columns(Vec<ColumnMistake>),
    /// A cell has no column: it stands beyond the last, or below none.
    StrayCell {
        /// Its row.
        row: usize,
    },
}

/// A mistake in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowMistake {
    /// The row, as a spreadsheet shows it.
    pub row: usize,
    /// The mistake.
    pub mistake: Mistake,
}

/// Reads a calendar. What it is, its first bytes say, not its name.
pub fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    if bytes.starts_with(OLD_WORKBOOK) {
        return Err(Unreadable::OldWorkbook);
    }
    let rows = if ZIP.iter().any(|zip| bytes.starts_with(zip)) {
        xlsx::rows(bytes)?
    } else {
        csv::rows(bytes)?
    };
    drafts(rows)
}

/// Checks every row. A calendar's rows have references, each its own: importing again updates by them.
pub fn check_all(sheet: &Sheet, known: &Known<'_>) -> Result<Vec<(usize, Checked)>, Vec<RowMistake>> {
    let mut first_rows = BTreeMap::new();
    let mut checked = Vec::new();
    let mut mistakes = Vec::new();
    for (row, draft) in &sheet.rows {
        let reference = reference_mistake(*row, draft, &mut first_rows);
        let others = match draft::check(draft, known) {
            Ok(ask) => {
                checked.push((*row, ask));
                Vec::new()
            }
            Err(mistakes) => mistakes,
        };
        mistakes.extend(
            reference
                .into_iter()
                .chain(others)
                .map(|mistake| RowMistake { row: *row, mistake }),
        );
    }
    if mistakes.is_empty() {
        Ok(checked)
    } else {
        Err(mistakes)
    }
}

fn reference_mistake(row: usize, draft: &Draft, first_rows: &mut BTreeMap<String, usize>) -> Option<Mistake> {
    let field = DraftField::Ref;
    if text::clean_line(draft.get(field)).is_empty() {
        let problem = Problem::Missing;
        return Some(Mistake { field, problem });
    }
    let first = *first_rows.entry(draft.reference()?).or_insert(row);
    let problem = Problem::RepeatedReference { row: first };
    (first != row).then_some(Mistake { field, problem })
}

/// A row of cells, before its columns have names.
struct Row {
    number: usize,
    cells: Vec<String>,
}

/// The rows that say something, the header among them, and never more than a calendar may have.
#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn push(&mut self, row: Row) -> Result<(), Unreadable> {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if self.0.len() > MAX_ROWS {
            return Err(Unreadable::TooManyRows);
        }
        self.0.push(row);
        Ok(())
    }
}

fn drafts(rows: Rows) -> Result<Sheet, Unreadable> {
    let mut rows = rows.0.into_iter();
    let columns = header::columns(&rows.next().ok_or(Unreadable::Empty)?.cells)?;
    let rows = rows
        .map(|row| Ok((row.number, draft(&columns, row)?)))
        .collect::<Result<Vec<_>, _>>()?;
    if rows.is_empty() {
        return Err(Unreadable::NoRows);
    }
    Ok(Sheet { rows })
}

fn draft(columns: &[Option<DraftField>], row: Row) -> Result<Draft, Unreadable> {
    let mut draft = Draft::default();
    for (index, cell) in row.cells.into_iter().enumerate() {
        match columns.get(index).copied().flatten() {
            Some(field) => draft.set(field, cell),
            None if cell.trim().is_empty() => {}
            None => return Err(Unreadable::StrayCell { row: row.number }),
        }
    }
    Ok(draft)
}
