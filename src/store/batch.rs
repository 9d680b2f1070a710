//! Many rows at once: into the database as one table, out of it as one value.
//!
//! A statement a row costs a turn of the connection's thread each, and so does a row that comes back. A batch goes in as the
//! `VALUES` of one statement and what is asked about it comes back as one JSON text.

use std::fmt::Write;

use serde::de::DeserializeOwned;
use sqlx::{Any, Arguments, AssertSqlSafe, any::AnyArguments, query, query::Query, query_with};

use super::{Session, Writer, dialect::Engine, row::Columns};

/// How many rows a statement takes. A batch that holds fewer is filled up with empty rows, so that few statements are ever
/// prepared; one that holds more goes in several times.
const SIZES: [usize; 3] = [16, 128, 512];

/// One value of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell<'a> {
    Integer(Option<i64>),
    Text(Option<&'a str>),
}

impl Cell<'_> {
    /// Nothing, of the same type.
    const fn emptied(self) -> Self {
        match self {
            Self::Integer(_) => Self::Integer(None),
            Self::Text(_) => Self::Text(None),
        }
    }
}

impl From<i64> for Cell<'_> {
    fn from(integer: i64) -> Self {
        Self::Integer(Some(integer))
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text))
    }
}

/// Rows of named columns. No cell of the first column is empty.
pub(super) struct Batch<'a, const COLUMNS: usize> {
    names: [&'static str; COLUMNS],
    rows: Vec<[Cell<'a>; COLUMNS]>,
}

impl<'a, const COLUMNS: usize> Batch<'a, COLUMNS> {
    pub(super) fn new(
        names: [&'static str; COLUMNS],
        rows: impl IntoIterator<Item = [Cell<'a>; COLUMNS]>,
    ) -> Self {
        Self {
            names,
            rows: rows.into_iter().collect(),
        }
    }

    /// The statements that take all rows between them. In `sql`, `{batch}` stands for the table, which is named `batch`.
    fn statements(
        &self,
        engine: Engine,
        sql: &str,
    ) -> impl Iterator<Item = sqlx::Result<Query<'static, Any, AnyArguments>>> {
        let largest = SIZES[SIZES.len() - 1];
        self.rows.chunks(largest).map(move |rows| {
            let size = SIZES
                .into_iter()
                .find(|size| rows.len() <= *size)
                .unwrap_or(largest);
            let sql = sql.replace("{batch}", &table(engine, &self.names, size));
            Ok(query_with(AssertSqlSafe(sql), arguments(rows, size)?))
        })
    }
}

/// A table named `batch` of as many rows as are given, without the empty ones.
fn table(engine: Engine, names: &[&str], rows: usize) -> String {
    let mut table = String::from("(SELECT ");
    for (index, name) in names.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(table, "{separator}column{} AS {name}", index + 1);
    }
    table.push_str(" FROM (VALUES ");
    table.push_str(&engine.values(names.len(), rows));
    table.push_str(") AS filled WHERE column1 IS NOT NULL) AS batch");
    table
}

fn arguments<const COLUMNS: usize>(rows: &[[Cell<'_>; COLUMNS]], size: usize) -> sqlx::Result<AnyArguments> {
    let mut arguments = AnyArguments::default();
    arguments.reserve(size * COLUMNS, 0);
    let empty = rows.first().map(|row| row.map(Cell::emptied));
    for row in rows.iter().chain(empty.iter().cycle()).take(size) {
        for cell in row {
            match *cell {
                Cell::Integer(integer) => arguments.add(integer),
                Cell::Text(text) => arguments.add(text),
            }
            .map_err(sqlx::Error::Encode)?;
        }
    }
    Ok(arguments)
}

impl Session {
    /// Selects `columns` of what `from` (all that follows `SELECT …`) finds of a batch, in no order.
    pub(super) async fn gather<T: DeserializeOwned, const COLUMNS: usize>(
        &mut self,
        columns: &str,
        from: &str,
        batch: &Batch<'_, COLUMNS>,
    ) -> sqlx::Result<Vec<T>> {
        let sql = format!("SELECT {} AS gathered {from}", self.engine.gathered(columns));
        let mut found = Vec::new();
        for statement in batch.statements(self.engine, &sql) {
            let row = statement?.fetch_one(self.connection()).await?;
            found.extend(row.json::<Vec<T>>("gathered")?);
        }
        Ok(found)
    }

    /// Selects `columns` of all that `from` (all that follows `SELECT …`) finds, in no order. Nothing in it is from outside.
    pub(super) async fn gather_all<T: DeserializeOwned>(
        &mut self,
        columns: &str,
        from: &str,
    ) -> sqlx::Result<Vec<T>> {
        let sql = format!("SELECT {} AS gathered {from}", self.engine.gathered(columns));
        let row = query(AssertSqlSafe(sql)).fetch_one(self.connection()).await?;
        row.json("gathered")
    }
}

impl Writer {
    /// Does something with each row of a batch.
    pub(super) async fn put<const COLUMNS: usize>(
        &mut self,
        sql: &str,
        batch: &Batch<'_, COLUMNS>,
    ) -> sqlx::Result<()> {
        for statement in batch.statements(self.engine, sql) {
            statement?.execute(self.connection()).await?;
        }
        Ok(())
    }
}
