use std::sync::Arc;

use super::*;

fn told(limit: u32, remaining: u32, reset_after_ms: u64) -> Told {
    Told {
        bucket: Some("b".to_owned()),
        limit: Some(limit),
        remaining: Some(remaining),
        reset_after: Some(Duration::from_millis(reset_after_ms)),
    }
}

fn posting(channel: u64) -> RouteKey {
    RouteKey::of("POST", &format!("/api/v10/channels/{channel}/messages"))
}

async fn admitted<'a>(limits: &'a Limits, route: &RouteKey) -> Permit<'a> {
    limits.admit(Lane::Bot, route).await.ok().unwrap()
}

#[test]
fn what_shares_a_bucket_has_one_key() {
    let key = |path: &str| RouteKey::of("PUT", path);
    assert_eq!(
        key("/api/v10/channels/1/messages/2/reactions/%F0/@me"),
        key("/api/v10/channels/1/messages/3/reactions/%AA/@me")
    );
    assert_ne!(
        key("/api/v10/channels/1/messages"),
        key("/api/v10/channels/2/messages")
    );
    assert_eq!(
        key("/api/v10/guilds/1/members/2"),
        key("/api/v10/guilds/1/members/3")
    );
    assert_ne!(key("/api/v10/webhooks/1/aW50"), key("/api/v10/webhooks/1/bW50"));
    assert_eq!(
        key("/api/v10/webhooks/1/aW50/messages/2"),
        key("/api/v10/webhooks/1/aW50/messages/3")
    );
    assert_ne!(RouteKey::of("GET", "/gateway"), RouteKey::of("POST", "/gateway"));
}

#[tokio::test(start_paused = true)]
async fn no_second_takes_more_than_discord_allows() {
    let limits = Limits::default();
    let mut gone = Vec::new();
    for channel in 1..=500 {
        admitted(&limits, &posting(channel)).await.learn(&Told::default());
        gone.push(Instant::now());
    }
    let crowded = gone
        .windows(51)
        .filter(|gone| gone[50] - gone[0] <= Duration::from_secs(1));
    assert_eq!(crowded.count(), 0);
    let took = gone[499] - gone[0];
    // 5,000 at 50 a second take 100 s; no more than a twentieth more is wanted.
    assert!(took < Duration::from_millis(10_500), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_bucket_is_waited_for_and_holds_up_no_other() {
    let limits = Limits::default();
    let start = Instant::now();
    admitted(&limits, &posting(1)).await.learn(&told(2, 1, 2_000));
    admitted(&limits, &posting(1)).await.learn(&told(2, 0, 1_500));
    // Another channel has a bucket of its own of the same size.
    let first = admitted(&limits, &posting(2)).await;
    let second = admitted(&limits, &posting(2)).await;
    assert!(start.elapsed() < Duration::from_secs(1));
    admitted(&limits, &posting(1)).await.learn(&told(2, 1, 2_000));
    assert!(start.elapsed() >= Duration::from_millis(1_500));
    drop((first, second));
    admitted(&limits, &posting(2)).await.learn(&told(2, 1, 2_000));
}

#[tokio::test(start_paused = true)]
async fn the_first_of_a_kind_goes_alone() {
    let limits = Arc::new(Limits::default());
    let first = admitted(&limits, &posting(1)).await;
    let waiting = tokio::spawn({
        let limits = Arc::clone(&limits);
        async move {
            admitted(&limits, &posting(1)).await.learn(&told(5, 3, 1_000));
        }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!waiting.is_finished());
    first.learn(&told(5, 4, 1_000));
    waiting.await.unwrap();
    // One that was never answered holds nobody up for good.
    drop(admitted(&limits, &RouteKey::of("GET", "/gateway/bot")).await);
    drop(admitted(&limits, &RouteKey::of("GET", "/gateway/bot")).await);
}

#[tokio::test(start_paused = true)]
async fn when_discord_asks_for_patience_everything_waits_but_answers() {
    let limits = Limits::default();
    let start = Instant::now();
    limits.hold(Duration::from_secs(3));
    let answer = RouteKey::of("POST", "/api/v10/interactions/1/token/callback");
    drop(limits.admit(Lane::Interaction, &answer).await.ok().unwrap());
    assert!(start.elapsed() < Duration::from_secs(1));
    drop(admitted(&limits, &posting(1)).await);
    assert!(start.elapsed() >= Duration::from_secs(3));
    // What would take long is told to come back.
    limits.hold(Duration::from_mins(5));
    assert_eq!(
        limits.admit(Lane::Bot, &posting(1)).await.err(),
        Some(Held::All(Duration::from_mins(5)))
    );
    limits
        .admit(Lane::Interaction, &answer)
        .await
        .ok()
        .unwrap()
        .learn(&told(1, 0, 60_000));
    assert!(matches!(
        limits.admit(Lane::Interaction, &answer).await.err(),
        Some(Held::Bucket(_))
    ));
}

#[tokio::test(start_paused = true)]
async fn refusals_stop_everything_long_before_discord_does() {
    let limits = Limits::default();
    for _ in 1..REFUSALS_MAX {
        limits.refused();
    }
    drop(admitted(&limits, &posting(1)).await);
    limits.refused();
    assert!(matches!(
        limits.admit(Lane::Bot, &posting(1)).await.err(),
        Some(Held::All(_))
    ));
    tokio::time::sleep(REFUSALS_WITHIN + Duration::from_secs(1)).await;
    drop(admitted(&limits, &posting(1)).await);
}
