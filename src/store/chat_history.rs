//! What the embedded chat remembers, as it hands it over.

use std::ops::Range;

use sqlx::{any::AnyRow, query};

use super::{Session, Writer, row::Columns};

impl Session {
    /// The value of an item.
    pub async fn find_chat_item(&mut self, kind: &str, id: &str) -> sqlx::Result<Option<String>> {
        let row = query("SELECT value FROM embedded_item WHERE kind = $1 AND id = $2")
            .bind(kind.to_owned())
            .bind(id.to_owned())
            .fetch_optional(self.connection())
            .await?;
        row.map(|row| row.text("value")).transpose()
    }

    /// The last `limit` items of a kind whose ids lie in a range, with their ids and in their order.
    pub async fn list_chat_items(
        &mut self,
        kind: &str,
        ids: Range<&str>,
        limit: usize,
    ) -> sqlx::Result<Vec<(String, String)>> {
        let rows = query(
            "SELECT id, value FROM embedded_item WHERE kind = $1 AND id >= $2 AND id < $3 ORDER BY id DESC LIMIT $4",
        )
        .bind(kind.to_owned())
        .bind(ids.start.to_owned())
        .bind(ids.end.to_owned())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(self.connection())
        .await?;
        let item = |row: &AnyRow| Ok((row.text("id")?, row.text("value")?));
        rows.iter().rev().map(item).collect()
    }
}

impl Writer {
    /// Keeps an item, in place of the one of the same kind and id.
    pub async fn put_chat_item(&mut self, kind: &str, id: &str, value: &str) -> sqlx::Result<()> {
        query(
            "INSERT INTO embedded_item (kind, id, value) VALUES ($1, $2, $3) \
             ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value",
        )
        .bind(kind.to_owned())
        .bind(id.to_owned())
        .bind(value.to_owned())
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Drops an item.
    pub async fn delete_chat_item(&mut self, kind: &str, id: &str) -> sqlx::Result<()> {
        query("DELETE FROM embedded_item WHERE kind = $1 AND id = $2")
            .bind(kind.to_owned())
            .bind(id.to_owned())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
