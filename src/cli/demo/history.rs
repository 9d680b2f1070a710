//! The embedded chat's history in Relais's own database: the demo keeps all in one file.

use std::ops::Range;

use futures_util::future::BoxFuture;

use crate::{
    chat::embedded::{History, Item, Kind},
    store::Store,
};

/// Keeps the embedded chat's items in the store.
pub struct StoredHistory(pub Store);

impl History for StoredHistory {
    fn get<'a>(&'a self, kind: Kind, id: &'a str) -> BoxFuture<'a, anyhow::Result<Option<String>>> {
        Box::pin(async move { Ok(self.0.read().await?.find_chat_item(kind.as_str(), id).await?) })
    }

    fn last<'a>(
        &'a self,
        kind: Kind,
        ids: Range<&'a str>,
        limit: usize,
    ) -> BoxFuture<'a, anyhow::Result<Vec<Item>>> {
        Box::pin(async move {
            let items = self
                .0
                .read()
                .await?
                .list_chat_items(kind.as_str(), ids, limit)
                .await?;
            Ok(items
                .into_iter()
                .map(|(id, value)| Item { kind, id, value })
                .collect())
        })
    }

    fn put(&self, items: Vec<Item>) -> BoxFuture<'_, anyhow::Result<()>> {
        Box::pin(async move {
            let mut writer = self.0.write().await?;
            for Item { kind, id, value } in items {
                writer.put_chat_item(kind.as_str(), &id, &value).await?;
            }
            Ok(writer.commit_quietly().await?)
        })
    }

    fn delete<'a>(&'a self, kind: Kind, id: &'a str) -> BoxFuture<'a, anyhow::Result<()>> {
        Box::pin(async move {
            let mut writer = self.0.write().await?;
            writer.delete_chat_item(kind.as_str(), id).await?;
            Ok(writer.commit_quietly().await?)
        })
    }
}
