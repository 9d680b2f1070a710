//! Files that Discord keeps, which anybody reads who knows their address.

use std::sync::Arc;

use super::Rest;
use crate::chat::Unread;

impl Rest {
    /// Reads a file of no more than so many bytes.
    pub async fn fetch(&self, url: &str, most: usize) -> Result<Arc<[u8]>, Unread> {
        let not_fetched = |error: reqwest::Error| {
            // The address lets in whoever has it.
            let error = error.without_url();
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a file could not be fetched"
            );
            Unread::NotFetched
        };
        let response = self.access.client.get(url).send().await.map_err(not_fetched)?;
        let mut response = response.error_for_status().map_err(not_fetched)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(not_fetched)? {
            if bytes.len() + chunk.len() > most {
                return Err(Unread::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.into())
    }
}
