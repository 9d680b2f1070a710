//! What the embedded chat remembers, as it hands it over.

use sqlx::query;

use super::{Session, Writer, row::Columns};

impl Session {
    /// Every item of a kind with its id, in the order of the ids.
    pub async fn list_chat_items(&mut self, kind: &str) -> sqlx::Result<Vec<(String, String)>> {
        let rows = query("SELECT id, value FROM embedded_item WHERE kind = $1 ORDER BY id")
            .bind(kind.to_owned())
            .fetch_all(self.connection())
            .await?;
        rows.iter()
            .map(|row| Ok((row.text("id")?, row.text("value")?)))
            .collect()
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
