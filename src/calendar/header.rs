//! The first row, which names the columns, in any order.

use std::collections::BTreeSet;

use super::Unreadable;
use crate::domain::{
    draft::DraftField,
    language::Language,
    text::{clean_line, folded, nearest, shortened},
};

/// The longest column name that a mistake quotes, in graphemes.
const QUOTED_MAX: usize = 40;

/// What is wrong with the first row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnMistake {
    /// A column of the calendar is not there.
    Missing {
        /// The column.
        field: DraftField,
    },
    /// A column is none of the calendar's.
    Unknown {
        /// What was typed.
        given: String,
        /// The column most likely meant.
        nearest: Option<DraftField>,
    },
    /// A column is there more than once.
    Repeated {
        /// The column.
        field: DraftField,
    },
}

/// What each column of the file is; nothing where it has no name.
///
/// Every column must be there, lest one that was deleted by mistake empty a field of every ask. But an organisation of one
/// language may leave out the other's columns together.
pub(super) fn columns(cells: &[String]) -> Result<Vec<Option<DraftField>>, Unreadable> {
    let named: Vec<Option<DraftField>> = cells.iter().map(|cell| column(cell)).collect();
    let present: BTreeSet<DraftField> = named.iter().copied().flatten().collect();
    if present.is_empty() {
        return Err(Unreadable::NoHeader);
    }
    let mut mistakes: Vec<ColumnMistake> = unknown(cells, &named).chain(repeated(&named)).collect();
    let suggested: BTreeSet<DraftField> = mistakes.iter().filter_map(suggestion).collect();
    let is_missing = |field: &&DraftField| {
        !present.contains(field) && !suggested.contains(field) && !is_of_absent_language(**field, &present)
    };
    let missing = DraftField::ALL.iter().filter(is_missing);
    mistakes.extend(missing.map(|field| ColumnMistake::Missing { field: *field }));
    if mistakes.is_empty() {
        Ok(named)
    } else {
        Err(Unreadable::Columns(mistakes))
    }
}

fn column(cell: &str) -> Option<DraftField> {
    folded(&clean_line(cell)).replace([' ', '-'], "_").parse().ok()
}

fn unknown<'a>(
    cells: &'a [String],
    named: &'a [Option<DraftField>],
) -> impl Iterator<Item = ColumnMistake> + 'a {
    let codes = || DraftField::ALL.iter().map(|field| field.code());
    cells
        .iter()
        .zip(named)
        .filter(|(_, field)| field.is_none())
        .map(|(cell, _)| clean_line(cell))
        .filter(|name| !name.is_empty())
        .map(move |name| ColumnMistake::Unknown {
            nearest: nearest(&name, codes()).and_then(|code| code.parse().ok()),
            given: shortened(&name, QUOTED_MAX),
        })
}

fn repeated(named: &[Option<DraftField>]) -> impl Iterator<Item = ColumnMistake> {
    let mut once = BTreeSet::new();
    let again: BTreeSet<DraftField> = named
        .iter()
        .copied()
        .flatten()
        .filter(|field| !once.insert(*field))
        .collect();
    again.into_iter().map(|field| ColumnMistake::Repeated { field })
}

fn suggestion(mistake: &ColumnMistake) -> Option<DraftField> {
    match mistake {
        ColumnMistake::Unknown { nearest, .. } => *nearest,
        ColumnMistake::Missing { .. } | ColumnMistake::Repeated { .. } => None,
    }
}

/// Whether a column is in a language of which the file has no column, while it has the other's wording.
fn is_of_absent_language(field: DraftField, present: &BTreeSet<DraftField>) -> bool {
    let is_absent = |language: Language| {
        let is_spoken = |field: &DraftField| field.language() == Some(language);
        !present.iter().any(is_spoken) && present.contains(&DraftField::wording(language.other()))
    };
    field.language().is_some_and(is_absent)
}
