//! Reactions: written to the history, and read from it.

use anyhow::Context;

use super::{Embedded, Gesture, Kind, PostId, Reaction, Update, history::ALL, posts::item};

impl Embedded {
    /// Writes that a reaction stands on a message, or no longer does, and says whether that is news.
    pub(super) async fn mark(
        &self,
        room: &str,
        post: &PostId,
        reaction: Reaction,
        gesture: Gesture,
    ) -> anyhow::Result<bool> {
        let mut writer = self.writer.lock().await;
        let id = format!("{room}/{post}/{}/{}", reaction.person, reaction.key);
        let stands = self
            .history
            .get(Kind::Reaction, &id)
            .await
            .context("reading a reaction")?
            .is_some();
        if stands == (gesture == Gesture::Give) {
            return Ok(false);
        }
        if gesture == Gesture::Give {
            let value = serde_json::to_string(&reaction)?;
            let items = vec![item(Kind::Reaction, id, value)];
            self.history.put(items).await.context("recording a reaction")?;
        } else {
            self.history
                .delete(Kind::Reaction, &id)
                .await
                .context("taking a reaction back")?;
        }
        self.tell(Update::Changed {
            change: writer.next_change(),
            room: room.to_owned(),
            post: post.clone(),
        });
        Ok(true)
    }

    /// The reactions on a message, the oldest first.
    pub(super) async fn standing_reactions(&self, room: &str, id: &PostId) -> anyhow::Result<Vec<Reaction>> {
        let marked = self.marked(room, id, id).await?;
        Ok(marked.into_iter().map(|(_, reaction)| reaction).collect())
    }

    /// The reactions on messages from the first to the last, the oldest first, with the id of the message of each.
    pub(super) async fn marked(
        &self,
        room: &str,
        first: &PostId,
        last: &PostId,
    ) -> anyhow::Result<Vec<(String, Reaction)>> {
        // `0` comes right after `/`.
        let (start, end) = (format!("{room}/{first}/"), format!("{room}/{last}0"));
        let items = self.history.last(Kind::Reaction, &start..&end, ALL).await;
        let mut marked = Vec::new();
        for item in items.context("reading reactions")? {
            let post = item.id.split('/').nth(1).unwrap_or_default().to_owned();
            let reaction: Reaction = serde_json::from_str(&item.value).context("reading a reaction")?;
            marked.push((post, reaction));
        }
        marked.sort_by_key(|(_, reaction)| reaction.at_ms);
        Ok(marked)
    }
}
