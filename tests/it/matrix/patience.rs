//! How long is waited, and for what nothing tells.

use std::time::Duration;

/// How long anything may take on a machine that has other things to do.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until something holds; nothing tells when it begins to.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let waited = tokio::time::timeout(2 * PATIENCE, wait).await;
    assert!(waited.is_ok(), "never: {what}");
}
