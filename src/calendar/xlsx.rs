//! Workbooks: their first sheet, with dates, times and numbers as somebody would type them.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use jiff::civil::{DateTime, Time};

use super::{Row, Rows, Unreadable, archive};

/// The most columns that are looked at, far more than a calendar has: what lies beyond is stray.
const COLUMNS_MAX: u32 = 200;
/// The most bytes of text in all cells together. A workbook keeps a text once and may point to it from everywhere.
const TEXT_MAX: usize = 32 * 1024 * 1024;
/// The day after the last that a workbook can tell.
const DAYS_END: f64 = 2_958_466.0;

pub(super) fn rows(bytes: &[u8]) -> Result<Rows, Unreadable> {
    archive::measure(bytes)?;
    // calamine reckons with the numbers of rows and columns as the file claims them; in a build that checks arithmetic an
    // absurd one ends in a panic. It touches nothing but its own state, which is lost with it.
    std::panic::catch_unwind(|| first_sheet(bytes)).unwrap_or(Err(Unreadable::BrokenWorkbook))
}

/// The cells are streamed: a range of them would have room for every cell between the first and the last.
fn first_sheet(bytes: &[u8]) -> Result<Rows, Unreadable> {
    let broken = |_| Unreadable::BrokenWorkbook;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheet = workbook
        .sheets_metadata()
        .iter()
        .find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .ok_or(Unreadable::BrokenWorkbook)?;
    let name = sheet.name.clone();
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(broken)?;
    let mut grid = Grid::default();
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        grid.put(cell.get_position(), cell.get_value())?;
    }
    grid.rows()
}

/// The cells that say something, by row and column counted from zero, in whichever order they come.
#[derive(Default)]
struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    bytes: usize,
}

impl Grid {
    fn put(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> Result<(), Unreadable> {
        let text = typed(value).ok_or_else(|| Unreadable::BrokenFormula {
            cell: cell_name(row, column),
        })?;
        if text.trim().is_empty() {
            return Ok(());
        }
        if column >= COLUMNS_MAX {
            return Err(Unreadable::StrayCell { row: number(row) });
        }
        self.bytes += text.len();
        if self.bytes > TEXT_MAX {
            return Err(Unreadable::TooLarge);
        }
        self.rows.entry(row).or_default().insert(column, text);
        if self.rows.len() > super::MAX_ROWS + 1 {
            return Err(Unreadable::TooManyRows);
        }
        Ok(())
    }

    fn rows(self) -> Result<Rows, Unreadable> {
        let mut rows = Rows::default();
        for (row, mut cells) in self.rows {
            let width = cells.last_key_value().map_or(0, |(column, _)| column + 1);
            rows.push(Row {
                number: number(row),
                cells: (0..width)
                    .map(|column| cells.remove(&column).unwrap_or_default())
                    .collect(),
            })?;
        }
        Ok(rows)
    }
}

/// The number of a row as a spreadsheet shows it.
fn number(row: u32) -> usize {
    row as usize + 1
}

/// The name of a cell as a spreadsheet shows it, such as `F7`.
fn cell_name(row: u32, column: u32) -> String {
    let mut name = number(row).to_string();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        name.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    name
}

/// A value as somebody would type it; none if it is a formula's error.
fn typed(value: &DataRef<'_>) -> Option<String> {
    Some(match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string().to_uppercase(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(when) => civil(*when),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso(text),
        DataRef::Error(_) => return None,
    })
}

/// A day, a time, or both, of the number of days since the epoch of the workbook.
fn civil(when: ExcelDateTime) -> String {
    let days = when.as_f64();
    if !(0.0..DAYS_END).contains(&days) {
        return days.to_string();
    }
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = match second {
        0 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    if days < 1.0 {
        time
    } else if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {time}")
    }
}

/// The same of ISO 8601, which some programs write instead.
fn iso(text: &str) -> String {
    match text.parse::<DateTime>() {
        Ok(when) if when.time() == Time::midnight() => when.date().to_string(),
        Ok(when) => when.strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => text.to_owned(),
    }
}
