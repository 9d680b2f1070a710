//! The model's gateway, frame by frame: whom it lets in, what it tells to whom, what it remembers.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::model::{
    Model,
    gateway::{Arrival, Shard, intents},
};

const REACTIONS: u64 = 1 << 10;
const MESSAGES: u64 = 1 << 9;
const DIRECT: u64 = 1 << 12;

/// A connection.
struct Line(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What a connection hears.
#[derive(Debug)]
enum Heard {
    Frame(Value),
    Closed(u16),
    Cut,
}

impl Line {
    async fn open(model: &Model) -> Self {
        let url = format!("{}/?v=10&encoding=json", model.url().replace("http", "ws"));
        let mut line = Self(connect_async(url).await.unwrap().0);
        assert_eq!(line.frame().await["op"], 10);
        line
    }

    async fn say(&mut self, op: u64, d: Value) {
        let text = json!({ "op": op, "d": d }).to_string();
        self.0.send(Message::Text(text)).await.unwrap();
    }

    async fn hear(&mut self) -> Heard {
        loop {
            let heard = timeout(super::PATIENCE, self.0.next())
                .await
                .expect("something comes");
            return match heard {
                Some(Ok(Message::Text(text))) => Heard::Frame(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(close)))) => Heard::Closed(close.code.into()),
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => Heard::Cut,
            };
        }
    }

    async fn frame(&mut self) -> Value {
        match self.hear().await {
            Heard::Frame(frame) => frame,
            other => panic!("{other:?}"),
        }
    }

    /// Identifies, and gives READY or what comes instead.
    async fn identify(&mut self, model: &Model, changes: Value) -> Heard {
        let mut d = json!({ "token": model.token(), "intents": 1, "properties": {} });
        super::model::guild::merge(&mut d, changes);
        self.say(2, d).await;
        self.hear().await
    }

    /// The names of the events up to the answer to a heartbeat.
    async fn events(&mut self) -> Vec<Value> {
        self.say(1, Value::Null).await;
        let mut events = Vec::new();
        loop {
            let frame = self.frame().await;
            if frame["op"] == 11 {
                return events;
            }
            events.push(frame);
        }
    }
}

fn names(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["t"].as_str().unwrap_or_default())
        .collect()
}

async fn hurried() -> Model {
    let model = Model::start().await;
    model.set_identify_spacing(std::time::Duration::ZERO);
    model
}

#[tokio::test]
async fn it_lets_in_only_whom_it_knows() {
    let model = hurried().await;
    for (changes, code) in [
        (json!({ "token": "stolen" }), 4004),
        (json!({ "shard": [2, 2] }), 4010),
        (json!({ "intents": 1_u64 << 40 }), 4013),
        (json!({ "intents": intents::MESSAGE_CONTENT }), 4014),
    ] {
        let heard = Line::open(&model).await.identify(&model, changes).await;
        assert!(
            matches!(heard, Heard::Closed(closed) if closed == code),
            "{code}: {heard:?}"
        );
    }
    let mut line = Line::open(&model).await;
    line.say(3, json!({})).await;
    assert!(matches!(line.hear().await, Heard::Closed(4003)));

    // One after the other, five seconds apart.
    let model = Model::start().await;
    let heard = Line::open(&model).await.identify(&model, json!({})).await;
    assert!(matches!(heard, Heard::Frame(ready) if ready["t"] == "READY"));
    let heard = Line::open(&model).await.identify(&model, json!({})).await;
    assert!(matches!(heard, Heard::Frame(invalid) if invalid["op"] == 9 && invalid["d"] == false));
}

#[tokio::test]
async fn it_tells_each_what_it_asked_for() {
    let model = hurried().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let marie = model.user("Marie", "fr");
    guild.admit(&[&marie]);
    let (mut all, mut few) = (Line::open(&model).await, Line::open(&model).await);
    all.identify(
        &model,
        json!({ "intents": intents::GUILDS | MESSAGES | REACTIONS | DIRECT }),
    )
    .await;
    few.identify(&model, json!({ "intents": intents::GUILDS })).await;
    let created = all.events().await;
    assert_eq!(names(&created), ["GUILD_CREATE"]);
    assert_eq!(created[0]["d"]["channels"][0]["name"], "relais");
    few.events().await;

    let said = marie.say(channel, "Bonjour");
    let called = marie.mention_bot(channel, "Bonjour");
    marie.react(said, "✅");
    marie.react(said, "✅");
    marie.unreact(said, "✅");
    let direct = marie.direct();
    marie.say(direct, "Bonsoir");
    guild.channel("annonces");
    let told = all.events().await;
    assert_eq!(
        names(&told),
        [
            "MESSAGE_CREATE",
            "MESSAGE_CREATE",
            "MESSAGE_REACTION_ADD",
            "MESSAGE_REACTION_REMOVE",
            "MESSAGE_CREATE",
            "CHANNEL_CREATE"
        ]
    );
    let numbers: Vec<u64> = told.iter().map(|event| event["s"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [3, 4, 5, 6, 7, 8]);
    // Words come only where they are said to it.
    assert_eq!(told[0]["d"]["content"], "");
    assert_eq!(told[1]["d"]["id"], called.1.to_string());
    assert!(told[1]["d"]["content"].as_str().unwrap().ends_with("Bonjour"));
    assert_eq!(told[4]["d"]["content"], "Bonsoir");
    assert_eq!(names(&few.events().await), ["CHANNEL_CREATE"]);
}

#[tokio::test]
async fn each_shard_has_its_guilds() {
    let model = hurried().await;
    let guilds: Vec<_> = (0..4)
        .map(|number| model.guild(&format!("Groupe {number}")))
        .collect();
    let mut seen = 0;
    for index in 0..2 {
        let mut line = Line::open(&model).await;
        let ready = line.identify(&model, json!({ "shard": [index, 2] })).await;
        assert!(matches!(ready, Heard::Frame(_)));
        let created = line.events().await;
        assert!(created.iter().all(|guild| {
            let id: u64 = guild["d"]["id"].as_str().unwrap().parse().unwrap();
            (id >> 22) % 2 == index
        }));
        seen += created.len();
    }
    assert_eq!(seen, guilds.len());
}

#[tokio::test]
async fn a_session_outlives_its_connection() {
    let model = hurried().await;
    let guild = model.guild("Logement");
    let mut line = Line::open(&model).await;
    let Heard::Frame(ready) = line.identify(&model, json!({})).await else {
        panic!("it is let in");
    };
    line.events().await;
    model.op7();
    assert_eq!(line.frame().await["op"], 7);
    model.cut_gateway();
    assert!(matches!(line.hear().await, Heard::Cut));
    guild.channel("un");
    guild.channel("deux");
    let resume =
        |seq: u64| json!({ "token": model.token(), "session_id": ready["d"]["session_id"], "seq": seq });

    let mut line = Line::open(&model).await;
    line.say(6, resume(2)).await;
    let told = line.events().await;
    assert_eq!(names(&told), ["CHANNEL_CREATE", "CHANNEL_CREATE", "RESUMED"]);
    assert_eq!(told[1]["d"]["name"], "deux");
    let first = Arrival::Identified {
        shard: Shard { index: 0, count: 1 },
        intents: 1,
    };
    let second = Arrival::Resumed {
        path: "/".to_owned(),
        replayed: 2,
    };
    assert_eq!(model.arrivals(), [first, second]);

    for trouble in [Model::refuse_resume, Model::op9] {
        trouble(&model);
        let mut line = Line::open(&model).await;
        line.say(6, resume(5)).await;
        let refused = line.frame().await;
        assert_eq!((&refused["op"], &refused["d"]), (&json!(9), &json!(false)));
    }
}
