//! What a page of the demo hears: server-sent events.

use anyhow::{Context, bail};
use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt;
use hyper::body::Incoming;
use serde_json::Value;
use tokio::time::timeout;

use super::PATIENCE;

/// What one page hears.
pub struct Feed {
    stream: BodyDataStream,
    heard: Vec<u8>,
    /// What it heard first.
    pub snapshot: Value,
}

impl Feed {
    pub(super) fn of(body: Incoming) -> Self {
        Self {
            stream: Body::new(body).into_data_stream(),
            heard: Vec::new(),
            snapshot: Value::Null,
        }
    }

    /// The next event of this name; others are passed over.
    pub async fn next(&mut self, name: &str) -> anyhow::Result<Value> {
        let next = async {
            loop {
                let event = self.event().await?;
                let found = event
                    .strip_prefix("event: ")
                    .and_then(|event| event.split_once("\ndata: "));
                if let Some((_, data)) = found.filter(|(own, _)| *own == name) {
                    return Ok(serde_json::from_str(data)?);
                }
            }
        };
        timeout(PATIENCE, next)
            .await
            .with_context(|| format!("no {name} was heard"))?
    }

    /// The next event, up to the empty line after it. What is heard at once may end within a letter.
    async fn event(&mut self) -> anyhow::Result<String> {
        loop {
            if let Some(end) = self.heard.windows(2).position(|two| two == b"\n\n") {
                let event = self.heard.drain(..end + 2).take(end).collect();
                return Ok(String::from_utf8(event)?);
            }
            let Some(bytes) = self.stream.next().await else {
                bail!("the feed ended")
            };
            self.heard.extend_from_slice(&bytes?);
        }
    }
}
