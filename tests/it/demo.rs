//! The demo as somebody meets it from outside: the real binary, the address that it prints, and the ways into its page.

pub mod feed;
pub mod organisation;
mod process;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitStatus,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use axum::body::Body;
use hyper::{
    Method, Request, Response,
    body::Incoming,
    client::conn::http1,
    header::{CONTENT_TYPE, COOKIE, HOST},
};
use hyper_util::rt::TokioIo;
use jiff::{Span, civil::DateTime};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpStream,
    process::Child,
    time::timeout,
};

pub use feed::Feed;
use organisation::{ADMIN, COORDINATION};
use process::launch;
pub use process::{begin_a_request, database, ended, log, relais, signal};

/// How long anything may take that takes milliseconds on an idle machine.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// A demo that runs. Dropping it kills it.
pub struct Demo {
    child: Child,
    port: u16,
    /// What opens the page.
    pub url: String,
    cookie: String,
    data: PathBuf,
    /// How long the log was when it was started.
    logged: usize,
    /// What the clock showed when the process was started, and how far it was told to go on since.
    start: (DateTime, Instant, Vec<Span>),
}

/// Starts a demo on a file and kills it before it can have come far.
pub async fn cut_short(data: &Path, at: DateTime, delay: Duration) {
    let mut child = launch(data, &["--at", &at.to_string()]);
    // A demo does not end by itself.
    let ended = timeout(delay, child.wait()).await;
    assert!(ended.is_err(), "the demo ended: {}", log(data));
    child.kill().await.unwrap();
}

/// A demo that starts on a file and is not waited for.
pub struct Starting(Child);

/// Starts a demo on a file.
pub fn starting(data: &Path, at: DateTime) -> Starting {
    Starting(launch(data, &["--at", &at.to_string()]))
}

impl Starting {
    /// Kills it as `kill -9` does.
    pub async fn kill(mut self) {
        self.0.kill().await.unwrap();
    }
}

impl Demo {
    /// Starts anew on this file.
    pub async fn fresh(data: &Path, at: DateTime) -> Self {
        Self::open(data, at, &["--at", &at.to_string(), "--fresh"]).await
    }

    /// Goes on with what this file holds.
    pub async fn again(data: &Path, at: DateTime) -> Self {
        Self::open(data, at, &["--at", &at.to_string()]).await
    }

    /// Goes on with what this file holds, the clock where it stopped, which is about `at`.
    pub async fn resumed(data: &Path, at: DateTime) -> Self {
        Self::open(data, at, &[]).await
    }

    async fn open(data: &Path, at: DateTime, more: &[&str]) -> Self {
        let (logged, started) = (log(data).len(), Instant::now());
        let mut child = launch(data, more);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = loop {
            let line = timeout(PATIENCE, lines.next_line()).await;
            let line = line.ok().and_then(|line| line.unwrap());
            let line = line.unwrap_or_else(|| panic!("the demo did not start:\n{}", log(data)));
            if let Some(start) = line.find("http://127.0.0.1:") {
                break line[start..].trim().to_owned();
            }
        };
        let (base, token) = url.split_once("/?token=").unwrap();
        let port: u16 = base.rsplit_once(':').unwrap().1.parse().unwrap();
        let cookie = format!("relais-{port}={token}");
        let (url, data) = (url.clone(), data.to_owned());
        Self {
            child,
            port,
            url,
            cookie,
            data,
            logged,
            start: (at, started, Vec::new()),
        }
    }

    /// What its clock shows at the least.
    pub fn now(&self) -> DateTime {
        let (at, started, leaps) = &self.start;
        let led = leaps.iter().fold(*at, |at, leap| at.checked_add(*leap).unwrap());
        led.checked_add(started.elapsed()).unwrap()
    }

    /// Kills it as `kill -9` does.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> ExitStatus {
        ended(&mut self.child).await
    }

    /// Opens a connection to it, begins a request and never ends it.
    pub async fn begin_a_request(&self) -> TcpStream {
        let (port, cookie) = (self.port, &self.cookie);
        let head = format!(
            "POST /api/drop?as={ADMIN}&room={COORDINATION}&files=[] HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        );
        begin_a_request(
            port,
            &format!("{head}Cookie: {cookie}\r\nContent-Length: 1000\r\n\r\nonly this"),
        )
        .await
    }

    /// Listens as somebody; what changes from now on is heard.
    pub async fn listen(&self, who: &str) -> anyhow::Result<Feed> {
        let path = format!("/events?as={who}");
        let response = self.ask(Method::GET, &path, Body::empty()).await?;
        let mut feed = Feed::of(response.into_body());
        feed.snapshot = feed.next("snapshot").await?;
        Ok(feed)
    }

    /// The last messages of a room.
    pub async fn messages(&self, who: &str, room: &str) -> anyhow::Result<Vec<Value>> {
        let mut messages = Vec::new();
        let mut before = String::new();
        loop {
            let path = format!("/api/messages?as={who}&room={room}{before}");
            let mut page = self
                .told(self.ask(Method::GET, &path, Body::empty()).await?)
                .await?;
            let Value::Array(earlier) = page["messages"].take() else {
                bail!("no messages: {page}")
            };
            messages.splice(0..0, earlier);
            if page["earlier"] != true {
                return Ok(messages);
            }
            before = format!("&before={}", messages[0]["id"].as_str().unwrap_or_default());
        }
    }

    /// A message of a room that stands there, or comes.
    pub async fn message(
        &self,
        who: &str,
        room: &str,
        is_wanted: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let mut feed = self.listen(who).await?;
        if let Some(found) = self.messages(who, room).await?.into_iter().rev().find(&is_wanted) {
            return Ok(found);
        }
        loop {
            let message = feed
                .next("message")
                .await
                .with_context(|| format!("waiting in {room}"))?;
            if message["room"] == room && is_wanted(&message) {
                return Ok(message);
            }
        }
    }

    /// Types something and returns what only they are told for it.
    pub async fn say(&self, who: &str, room: &str, text: &str) -> anyhow::Result<Value> {
        let mut feed = self.listen(who).await?;
        self.act(who, "say", &json!({ "room": room, "text": text }))
            .await?;
        feed.next("whisper").await
    }

    /// Types something for all to read.
    pub async fn write(&self, who: &str, room: &str, text: &str) -> anyhow::Result<()> {
        self.act(who, "say", &json!({ "room": room, "text": text }))
            .await
            .map(drop)
    }

    /// Presses a button and returns what only they are told for it.
    pub async fn press(&self, who: &str, message: &Value, button: &str) -> anyhow::Result<Value> {
        let mut feed = self.listen(who).await?;
        let press = json!({ "room": message["room"], "under": message["id"], "button": button });
        self.act(who, "press", &press).await?;
        feed.next("whisper").await
    }

    /// Reacts to a message.
    pub async fn react(&self, who: &str, message: &Value, key: &str) -> anyhow::Result<()> {
        let react = json!({ "room": message["room"], "message": message["id"], "key": key, "given": true });
        self.act(who, "react", &react).await.map(drop)
    }

    /// Drops files and returns what only they are told for it.
    pub async fn drop_files(&self, who: &str, room: &str, files: &[PathBuf]) -> anyhow::Result<Value> {
        let mut feed = self.listen(who).await?;
        let (mut sizes, mut bytes) = (Vec::new(), Vec::new());
        for file in files {
            let read = fs::read(file)?;
            sizes.push(json!([
                file.file_name().unwrap_or_default().to_string_lossy(),
                read.len()
            ]));
            bytes.extend(read);
        }
        let sizes = Value::from(sizes).to_string();
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("as", who), ("room", room), ("files", &sizes)])
            .finish();
        self.told(
            self.ask(Method::POST, &format!("/api/drop?{query}"), Body::from(bytes))
                .await?,
        )
        .await?;
        feed.next("whisper").await
    }

    /// Moves the clock. Whether this was heard or not, the clock has gone on for whoever asks for [`Demo::now`]: it never goes back.
    pub async fn leap(&mut self, who: &str, by: &str, span: Span) -> anyhow::Result<()> {
        self.start.2.push(span);
        self.act(who, "clock", &json!({ "by": by })).await.map(drop)
    }

    /// Does something that the page does.
    pub async fn act(&self, who: &str, deed: &str, body: &Value) -> anyhow::Result<Value> {
        let path = format!("/api/{deed}?as={who}");
        self.told(
            self.ask(Method::POST, &path, Body::from(body.to_string()))
                .await?,
        )
        .await
    }

    async fn ask(&self, method: Method, path: &str, body: Body) -> anyhow::Result<Response<Incoming>> {
        let host = format!("127.0.0.1:{}", self.port);
        let stream = TcpStream::connect(&host).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, host)
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, "application/json")
            .body(body)?;
        Ok(timeout(PATIENCE, sender.send_request(request)).await??)
    }

    async fn told(&self, response: Response<Incoming>) -> anyhow::Result<Value> {
        let status = response.status();
        let bytes = timeout(
            PATIENCE,
            axum::body::to_bytes(Body::new(response.into_body()), usize::MAX),
        )
        .await??;
        let told: Value = serde_json::from_slice(&bytes)?;
        ensure!(status.is_success(), "{status}: {told}");
        Ok(told)
    }

    /// Waits until this process has read all reactions again. It says so in its log alone.
    pub async fn until_read_again(&self) {
        let mut looks = tokio::time::interval(Duration::from_millis(20));
        let read = async {
            while !log(&self.data)[self.logged..].contains("were read again") {
                looks.tick().await;
            }
        };
        timeout(PATIENCE, read)
            .await
            .expect("the reactions are not read again");
    }
}
