//! Habits of Discord that no judge tries: what it refuses, how fast it lets itself be asked, when it is too late.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::model::{
    At, Id, Model, Person,
    channel::Standing,
    faults::Scope,
    openapi,
    permission::{MENTION_EVERYONE, SEND_MESSAGES, VIEW_CHANNEL},
    person::NoAnswer,
    server::Server,
};

/// Somebody who asks REST by hand.
struct Hand {
    client: reqwest::Client,
    base: String,
    token: String,
}

/// What came back.
#[derive(Debug)]
struct Back {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Value,
}

impl Back {
    fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or_default()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Hand {
    fn of(model: &Model) -> Self {
        Self {
            client: reqwest::Client::new(),
            base: model.url(),
            token: model.token(),
        }
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Back {
        let method = method.parse().unwrap();
        let mut request = self
            .client
            .request(method, format!("{}/api/v10{path}", self.base));
        request = request.header("authorization", format!("Bot {}", self.token));
        if !body.is_null() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Back {
            status,
            headers,
            body: serde_json::from_str(&text).unwrap_or_default(),
        }
    }

    async fn say(&self, channel: Id, body: Value) -> Back {
        self.ask("POST", &format!("/channels/{channel}/messages"), body)
            .await
    }
}

async fn place() -> (Model, Hand, Server, Id, Person) {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let marie = model.user("Marie", "fr");
    guild.admit(&[&marie]);
    let hand = Hand::of(&model);
    (model, hand, guild, channel, marie)
}

/// Where a message stands that was just made.
fn at(channel: Id, made: &Back) -> At {
    assert_eq!(made.status, 200, "{made:?}");
    (channel, Id::of(&made.body["id"]).unwrap())
}

#[tokio::test]
async fn what_discord_would_not_have_is_told() {
    let (model, hand, guild, channel, _) = place().await;
    model.switch_limits_off();
    let commands = format!("/applications/{}/commands", model.application());
    let named = |name: &str| json!([{ "type": 1, "name": name, "description": "Say" }]);
    let mut localised = named("say");
    localised[0]["name_localizations"] = json!({ "fr-CA": "dire" });
    let wrong = [
        // The specification lets these four through, and Discord does not.
        hand.say(channel, json!({ "content": "é".repeat(2_001) })).await,
        hand.ask("PUT", &commands, named("Say")).await,
        hand.ask("PUT", &commands, localised).await,
        hand.say(channel, json!({ "content": "a", "conent": "b" })).await,
        // These it does not.
        hand.say(channel, json!({ "content": "a", "tts": "yes" })).await,
        hand.ask(
            "GET",
            &format!("/channels/{channel}/messages?limit=101"),
            Value::Null,
        )
        .await,
        hand.ask(
            "GET",
            &format!("/channels/{channel}/messages?from=1"),
            Value::Null,
        )
        .await,
        hand.ask("GET", &format!("/channels/{channel}/letters"), Value::Null)
            .await,
    ];
    let violations = model.take_violations();
    if openapi::specification().is_some() {
        assert!(violations.len() >= wrong.len(), "{violations:#?}");
    }
    for sign in ["2000", "INVALID_NAME", "fr-CA"] {
        assert!(
            violations.iter().any(|told| told.contains(sign)),
            "{sign}: {violations:#?}"
        );
    }
    assert_eq!(wrong[0].code(), 50_035);

    let fine = hand
        .say(
            channel,
            json!({ "content": "é".repeat(2_000), "allowed_mentions": { "parse": [] } }),
        )
        .await;
    assert_eq!(fine.status, 200);
    // Nobody is called who may not be.
    let calls = json!({ "content": format!("@everyone <@{}>", guild.owner.id) });
    assert_eq!(
        hand.say(channel, calls.clone()).await.body["mention_everyone"],
        false
    );
    guild.set_role_permissions(guild.bot_role, MENTION_EVERYONE);
    let called = hand.say(channel, calls).await.body;
    assert_eq!(
        (
            &called["mention_everyone"],
            called["mentions"].as_array().unwrap().len()
        ),
        (&json!(true), 1)
    );
    assert_eq!(model.take_violations(), [""; 0]);
}

#[tokio::test]
async fn a_nonce_is_remembered_for_some_minutes() {
    let (model, hand, _guild, channel, _) = place().await;
    let body = json!({ "content": "Appelez", "nonce": "one", "enforce_nonce": true });
    let first = at(channel, &hand.say(channel, body.clone()).await);
    assert_eq!(at(channel, &hand.say(channel, body.clone()).await), first);
    assert_eq!(model.messages(channel).len(), 1);
    model.clock().advance(SignedDuration::from_mins(10));
    assert_ne!(at(channel, &hand.say(channel, body.clone()).await), first);
    model.forget_nonces();
    hand.say(channel, body).await;
    assert_eq!(model.messages(channel).len(), 3);
}

#[tokio::test]
async fn it_lets_itself_be_asked_only_so_fast() {
    let (model, hand, guild, channel, _) = place().await;
    let words = json!({ "content": "Appelez" });
    for left in (0..5).rev() {
        let said = hand.say(channel, words.clone()).await;
        assert_eq!(
            (said.status, said.header("x-ratelimit-remaining")),
            (200, left.to_string().as_str())
        );
    }
    let refused = hand.say(channel, words.clone()).await;
    assert_eq!(
        (refused.status, refused.header("x-ratelimit-scope")),
        (429, "user")
    );
    assert_eq!(refused.body["global"], false);
    assert!(refused.body["retry_after"].as_f64().unwrap() <= 5.0);

    // Fifty a second, wherever they go.
    let channels = (0..150).map(|number| guild.channel(&format!("salon-{number}")));
    let said = join_all(channels.map(|channel| hand.say(channel, words.clone()))).await;
    let refused: Vec<&Back> = said.iter().filter(|said| said.status == 429).collect();
    assert!(!refused.is_empty());
    let global: Vec<&&Back> = refused
        .iter()
        .filter(|said| said.header("x-ratelimit-global") == "true")
        .collect();
    assert_eq!(global.len(), refused.len());
    assert!(
        global
            .iter()
            .all(|said| said.header("x-ratelimit-scope") == "global" && said.body["global"] == true)
    );
    let asked = model.requests();
    let first = asked[0].at;
    let in_the_first = asked
        .iter()
        .filter(|one| one.status == 200 && one.at - first < Duration::from_millis(990));
    assert!(in_the_first.count() <= 50);

    assert_eq!(model.held_against(), 1 + refused.len());
    model.limit(Scope::Shared, Duration::from_mins(1));
    let shared = hand.ask("GET", "/users/@me", Value::Null).await;
    assert_eq!(
        (shared.status, shared.header("x-ratelimit-scope")),
        (429, "shared")
    );
    assert_eq!(model.held_against(), 1 + refused.len());
}

#[tokio::test]
async fn it_says_why_it_will_not() {
    let (model, hand, guild, channel, marie) = place().await;
    model.switch_limits_off();
    let words = json!({ "content": "Appelez" });
    let first = at(channel, &hand.say(channel, words.clone()).await);
    let message = format!("/channels/{channel}/messages/{}", first.1);
    guild.deny(channel, SEND_MESSAGES);
    assert_eq!(hand.say(channel, words.clone()).await.code(), 50_013);
    guild.deny(channel, VIEW_CHANNEL);
    assert_eq!(hand.say(channel, words.clone()).await.code(), 50_001);
    guild.undo_deny(channel);
    let said = marie.say(channel, "Bonjour");
    let hers = format!("/channels/{channel}/messages/{}", said.1);
    assert_eq!(hand.ask("PATCH", &hers, words.clone()).await.code(), 50_005);
    assert_eq!(hand.ask("DELETE", &message, Value::Null).await.status, 204);
    assert_eq!(hand.ask("PATCH", &message, words.clone()).await.code(), 10_008);
    assert_eq!(hand.say(channel, json!({ "content": " " })).await.code(), 50_006);

    let thread = guild.thread(channel, "fil");
    let first = at(thread, &hand.say(thread, words.clone()).await);
    guild.set_thread(thread, Standing::Archived);
    let message = format!("/channels/{thread}/messages/{}", first.1);
    assert_eq!(hand.ask("PATCH", &message, words.clone()).await.code(), 50_083);
    assert_eq!(
        hand.say(thread, words.clone()).await.status,
        200,
        "who writes in it opens it"
    );
    assert_eq!(hand.ask("PATCH", &message, words.clone()).await.status, 200);
    guild.set_thread(thread, Standing::ArchivedAndLocked);
    assert_eq!(hand.say(thread, words.clone()).await.code(), 160_005);

    let news = guild.announcement("annonces");
    let first = at(news, &hand.say(news, words.clone()).await);
    let crosspost = format!("/channels/{news}/messages/{}/crosspost", first.1);
    assert_eq!(hand.ask("POST", &crosspost, Value::Null).await.body["flags"], 1);
    assert_eq!(hand.ask("POST", &crosspost, Value::Null).await.code(), 40_033);

    let opened = hand
        .ask("POST", "/users/@me/channels", json!({ "recipient_id": marie.id }))
        .await;
    let direct = Id::of(&opened.body["id"]).unwrap();
    marie.close_door();
    assert_eq!(hand.say(direct, words.clone()).await.code(), 50_007);
    marie.open_door();
    assert_eq!(hand.say(direct, words.clone()).await.status, 200);

    guild.delete_channel(channel);
    assert_eq!(hand.say(channel, words.clone()).await.code(), 10_003);
    assert_eq!(hand.say(thread, words.clone()).await.code(), 10_003);
    guild.remove_bot();
    assert_eq!(hand.say(news, words.clone()).await.code(), 50_001);
    model.revoke_token();
    assert_eq!(hand.say(news, words).await.status, 401);
}

#[tokio::test]
async fn an_interaction_waits_three_seconds_and_then_fifteen_minutes() {
    let (model, hand, _guild, channel, marie) = place().await;
    let button = json!({ "type": 2, "style": 1, "label": "Fait", "custom_id": "1.done" });
    let prompt = json!({ "content": "Appelez", "components": [{ "type": 1, "components": [button] }] });
    let prompt = at(channel, &hand.say(channel, prompt).await);
    assert!(matches!(marie.try_press(prompt, "Fait").await, Err(NoAnswer)));
    let callback =
        |interaction: &(Id, String)| format!("/interactions/{}/{}/callback", interaction.0, interaction.1);
    let last = || model.look(|state| state.interactions.last());
    let late = hand.ask("POST", &callback(&last()), json!({ "type": 6 })).await;
    assert_eq!((late.status, late.code()), (404, 10_062));

    let answering = async {
        let before = last();
        let next = model.until("she presses", |state| {
            Some(state.interactions.last()).filter(|one| *one != before)
        });
        let next = next.await;
        let said = json!({ "type": 4, "data": { "content": "Merci", "flags": 64 } });
        assert_eq!(hand.ask("POST", &callback(&next), said.clone()).await.status, 204);
        assert_eq!(hand.ask("POST", &callback(&next), said).await.code(), 40_060);
        next
    };
    let ((_, token), shown) = tokio::join!(answering, marie.press(prompt, "Fait"));
    assert_eq!((shown.words().as_str(), shown.is_private()), ("Merci", true));
    assert_eq!(model.messages(channel).len(), 1, "nobody else sees it");
    let more = format!("/webhooks/{}/{token}", model.application());
    let original = format!("{more}/messages/@original");
    let changed = hand
        .ask("PATCH", &original, json!({ "content": "Merci encore" }))
        .await;
    assert_eq!((changed.status, shown.words().as_str()), (200, "Merci encore"));
    model.clock().advance(SignedDuration::from_mins(16));
    assert_eq!(
        hand.ask("POST", &more, json!({ "content": "Merci" }))
            .await
            .code(),
        50_027
    );
}

#[tokio::test]
async fn it_is_there_over_tls_too() {
    let (mut model, _, _guild, channel, _) = place().await;
    let door = model.open_door().await;
    let certificate = reqwest::Certificate::from_pem(door.certificate.as_bytes()).unwrap();
    let client = reqwest::Client::builder()
        .use_rustls_tls()
        .add_root_certificate(certificate)
        .resolve("discord.com", door.address);
    let hand = Hand {
        client: client.build().unwrap(),
        base: format!("https://discord.com:{}", door.address.port()),
        token: model.token(),
    };
    let said = hand.say(channel, json!({ "content": "Appelez" })).await;
    assert_eq!(
        at(channel, &said),
        (channel, Id::of(&model.messages(channel)[0]["id"]).unwrap())
    );
}
