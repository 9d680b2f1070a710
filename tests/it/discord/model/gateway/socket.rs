//! One connection to the gateway: what comes in, what goes out, and when it is closed.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::timeout};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use super::{
    super::{World, faults::Flaw},
    Arrival, CONCURRENCY, Frame, SESSIONS_A_DAY, Shard, intents,
};

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// What a connection may send in a minute.
const SENDS_A_MINUTE: usize = 120;
/// Guilds that a shard may have.
const GUILDS_A_SHARD: usize = 2_500;
/// Frames that go out before the socket is flushed.
const BATCH: usize = 64;

/// What the server does after what it heard.
enum Next {
    Listen,
    Close(u16, &'static str),
}

struct Connection {
    world: Arc<World>,
    path: String,
    line: mpsc::UnboundedSender<Frame>,
    /// The session that it speaks for.
    session: Option<String>,
    heard: VecDeque<Instant>,
}

/// Talks with one client until either leaves.
pub async fn serve(world: Arc<World>, socket: Socket, path: &str, query: &str) {
    let (line, outgoing) = mpsc::unbounded_channel();
    let heartbeat = world.lock().gateway.heartbeat;
    let hello = json!({ "op": 10, "s": null, "t": null, "d": { "heartbeat_interval": heartbeat.as_millis(), "_trace": [] } });
    let first = if query.contains("v=10") || !query.contains("v=") {
        Frame::Text(hello.to_string())
    } else {
        Frame::Close(4012, "Invalid API version")
    };
    // The line is there as long as the connection is.
    let _ = line.send(first);
    let mut connection = Connection {
        world,
        path: path.to_owned(),
        line,
        session: None,
        heard: VecDeque::new(),
    };
    let (sink, stream) = socket.split();
    let speaking = tokio::spawn(speak(sink, outgoing));
    connection.listen(stream, heartbeat).await;
    connection.leave();
    drop(connection.line);
    // Who went is not spoken to; a close that is still on its way is let out.
    let _ = timeout(Duration::from_secs(1), speaking).await;
}

async fn speak(
    mut sink: futures_util::stream::SplitSink<Socket, Message>,
    mut outgoing: mpsc::UnboundedReceiver<Frame>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    while outgoing.recv_many(&mut batch, BATCH).await > 0 {
        for frame in batch.drain(..) {
            let sent = match frame {
                Frame::Text(text) => sink.feed(Message::Text(text)).await,
                Frame::Cut => return,
                Frame::Close(code, reason) => {
                    let close = CloseFrame {
                        code: CloseCode::from(code),
                        reason: reason.into(),
                    };
                    let _ = sink.send(Message::Close(Some(close))).await;
                    return;
                }
            };
            if sent.is_err() {
                return;
            }
        }
        if sink.flush().await.is_err() {
            return;
        }
    }
}

impl Connection {
    async fn listen(&mut self, mut stream: futures_util::stream::SplitStream<Socket>, heartbeat: Duration) {
        // A client that misses its heartbeat by half is taken for dead.
        while let Ok(heard) = tokio::select! {
            heard = timeout(heartbeat.mul_f32(1.5), stream.next()) => heard,
            () = self.line.closed() => return,
        } {
            let next = match heard {
                Some(Ok(Message::Text(text))) => self.hear(&text),
                Some(Ok(Message::Binary(bytes))) => self.hear(&String::from_utf8_lossy(&bytes)),
                Some(Ok(Message::Close(frame))) => {
                    return self.farewell(frame.map(|frame| u16::from(frame.code)));
                }
                Some(Ok(_)) => Next::Listen,
                Some(Err(_)) | None => return,
            };
            if let Next::Close(code, reason) = next {
                self.say(Frame::Close(code, reason));
                return;
            }
        }
        self.say(Frame::Close(4009, "Session timed out"));
    }

    fn say(&self, frame: Frame) {
        // It was there when this was heard.
        let _ = self.line.send(frame);
    }

    /// With these two codes a client says that it does not come back.
    fn farewell(&self, code: Option<u16>) {
        if let (Some(1000 | 1001), Some(id)) = (code, &self.session)
            && let Some(session) = self.world.lock().gateway.session(id)
        {
            session.kill();
        }
    }

    fn leave(&mut self) {
        let mut state = self.world.lock();
        let now = state.now();
        if let Some(id) = &self.session
            && let Some(session) = state.gateway.session(id)
            && session.is_on(&self.line)
        {
            session.leave(now);
        }
        drop(state);
        self.world.stir();
    }

    fn is_too_fast(&mut self) -> bool {
        let now = Instant::now();
        self.heard.push_back(now);
        while self
            .heard
            .front()
            .is_some_and(|at| now.duration_since(*at) > Duration::from_mins(1))
        {
            self.heard.pop_front();
        }
        self.heard.len() > SENDS_A_MINUTE
    }

    fn hear(&mut self, text: &str) -> Next {
        if self.is_too_fast() {
            return Next::Close(4008, "Rate limited");
        }
        let Ok(heard) = serde_json::from_str::<Value>(text) else {
            return Next::Close(4002, "Error while decoding payload.");
        };
        if self.world.lock().faults.is_deaf {
            return Next::Listen;
        }
        let next = match heard["op"].as_u64() {
            Some(1) => self.beat(&heard["d"]),
            Some(2) => self.identify(&heard["d"]),
            Some(6) => self.resume(&heard["d"]),
            // Presence, voice, members and sounds: the model says nothing of them.
            Some(3 | 4 | 8 | 31) if self.session.is_some() => Next::Listen,
            Some(3 | 4 | 8 | 31) => Next::Close(4003, "Not authenticated."),
            _ => Next::Close(4001, "Unknown opcode."),
        };
        self.world.stir();
        next
    }

    fn beat(&self, sequence: &Value) -> Next {
        if let (Some(id), Some(sequence)) = (&self.session, sequence.as_u64())
            && let Some(session) = self.world.lock().gateway.session(id)
        {
            session.acknowledge(sequence);
        }
        self.say(Frame::Text(
            json!({ "op": 11, "s": null, "t": null, "d": null }).to_string(),
        ));
        Next::Listen
    }

    fn identify(&mut self, d: &Value) -> Next {
        if self.session.is_some() {
            return Next::Close(4005, "Already authenticated.");
        }
        let mut state = self.world.lock();
        if !state.takes_token(d["token"].as_str().unwrap_or_default()) {
            return Next::Close(4004, "Authentication failed.");
        }
        let Some(asked) = d["intents"].as_u64().filter(|asked| asked & !intents::KNOWN == 0) else {
            return Next::Close(4013, "Invalid intent(s).");
        };
        if asked & intents::PRIVILEGED & !state.application.privileged != 0 {
            return Next::Close(4014, "Disallowed intent(s).");
        }
        let shard = match d.get("shard") {
            None | Some(Value::Null) => Shard { index: 0, count: 1 },
            Some(shard) => Shard {
                index: shard[0].as_u64().unwrap_or(u64::MAX),
                count: shard[1].as_u64().unwrap_or_default(),
            },
        };
        if shard.index >= shard.count {
            return Next::Close(4010, "Invalid shard.");
        }
        let shards = usize::try_from(shard.count).unwrap_or(usize::MAX);
        if state.guilds.len().div_ceil(shards) > GUILDS_A_SHARD {
            return Next::Close(4011, "Sharding required.");
        }
        let (now, spacing) = (Instant::now(), state.gateway.identify_spacing);
        let recent = state.gateway.identified.iter();
        let recent = recent.filter(|at| now.duration_since(**at) < spacing).count();
        if recent >= CONCURRENCY || state.gateway.identified.len() >= SESSIONS_A_DAY {
            state.gateway.arrivals.push(Arrival::Refused);
            drop(state);
            return self.invalid_session();
        }
        state.gateway.identified.push(now);
        self.session = Some(state.begin_session(shard, asked, self.line.clone()));
        Next::Listen
    }

    fn resume(&mut self, d: &Value) -> Next {
        if self.session.is_some() {
            return Next::Close(4005, "Already authenticated.");
        }
        let mut state = self.world.lock();
        if !state.takes_token(d["token"].as_str().unwrap_or_default()) {
            return Next::Close(4004, "Authentication failed.");
        }
        let now = state.now();
        state.gateway.tidy(now);
        let (id, after) = (d["session_id"].as_str().unwrap_or_default(), d["seq"].as_u64());
        let (is_refused, is_forgetful) = (
            std::mem::take(&mut state.faults.refuses_resume),
            state.has_flaw(Flaw::ReplayForgotten),
        );
        let session = state.gateway.session(id).filter(|_| !is_refused);
        let Some((session, after)) = session
            .zip(after)
            .filter(|(session, after)| session.can_replay(*after))
        else {
            state.gateway.arrivals.push(Arrival::Refused);
            drop(state);
            return self.invalid_session();
        };
        let after = if is_forgetful { session.sequence } else { after };
        let replayed = session.resume(after, self.line.clone());
        self.session = Some(id.to_owned());
        let path = self.path.clone();
        state.gateway.arrivals.push(Arrival::Resumed { path, replayed });
        Next::Listen
    }

    /// The session can't be had; the client may try a new one on this connection.
    fn invalid_session(&self) -> Next {
        self.say(Frame::Text(
            json!({ "op": 9, "s": null, "t": null, "d": false }).to_string(),
        ));
        Next::Listen
    }
}
