//! One connection to the gateway, which is opened anew as often as it breaks, where it broke off if Discord lets it.

use std::{ops::ControlFlow, sync::Arc, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};
use tokio::{
    net::TcpStream,
    sync::mpsc,
    time::{Instant, sleep, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{
        self, Message,
        protocol::{CloseFrame, WebSocketConfig, frame::coding::CloseCode},
    },
};
use tokio_util::sync::CancellationToken;

use super::{
    INTENTS, LASTING, Parting, Refusal, Rows,
    dispatch::{Arrivals, Dispatch, dispatch},
    enter,
};
use crate::chat::discord::Discord;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The version of the gateway that is spoken.
const VERSION: &str = "?v=10&encoding=json";
/// How long a connection may take to be made.
const CONNECTING: Duration = Duration::from_secs(20);
/// How long before it is tried again, and at most.
const AGAIN: (Duration, Duration) = (Duration::from_millis(500), Duration::from_mins(1));
/// How long to wait after Discord ended a session for good, which wants one to five seconds, and at most where they end one after the other.
const SESSION_ENDED: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(5));
/// From how many sessions on that ended soon, one after the other, more is waited each time, and Discord is asked whether the bot may come
/// in again: for whoever begins too many in a day it makes the token void.
const MANY_ENDED: u32 = 3;
/// How many events wait to be taken; then Discord waits. What somebody did is heard before it waits, so that this is what must pile up
/// before anybody is answered too late: some 10 MB of reactions, while the database is busy.
const WAITING_MAX: usize = 16_384;

/// What is said on the gateway.
mod op {
    pub const DISPATCH: u8 = 0;
    pub const HEARTBEAT: u8 = 1;
    pub const IDENTIFY: u8 = 2;
    pub const RESUME: u8 = 6;
    pub const RECONNECT: u8 = 7;
    pub const INVALID_SESSION: u8 = 9;
    pub const HELLO: u8 = 10;
    pub const HEARTBEAT_ACK: u8 = 11;
}

/// One connection.
pub(super) struct Shard {
    pub discord: Arc<Discord>,
    /// Which of how many it is.
    pub number: (u32, u32),
    /// Where the gateway is.
    pub url: String,
    pub rows: Arc<Rows>,
    pub arrivals: Arc<Arrivals>,
}

/// What Discord sends.
#[derive(Deserialize)]
struct Frame {
    op: u8,
    s: Option<u64>,
    t: Option<String>,
    d: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Hello {
    /// In milliseconds.
    heartbeat_interval: u64,
}

#[derive(Deserialize)]
struct Ready {
    session_id: String,
    resume_gateway_url: String,
}

/// A session, which can be taken up again for some minutes.
struct Session {
    id: String,
    url: String,
    /// The number of the last event that came.
    last: u64,
    began: Instant,
}

/// How a connection broke.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum Break {
    #[error("it was not reached")]
    Unreached,
    #[error("Discord said nothing")]
    Silent,
    #[error("Discord did not answer a heartbeat")]
    Deaf,
    #[error("Discord asked to connect anew")]
    AskedToReconnect,
    #[error("Discord asked to resume")]
    AskedToResume,
    #[error("what Discord greeted with could not be read")]
    Unreadable,
    #[error("it was cut")]
    Cut,
    #[error("it ended")]
    Gone,
    #[error("Discord closed it")]
    Closed,
    #[error("nothing can be said on it")]
    Mute,
}

/// Why a connection ended.
enum Ended {
    /// It was told to.
    Stopped,
    /// It broke, and may be taken up where it broke off.
    Broken(Break),
    /// The session is over.
    Over,
    /// It cannot go on.
    Parted(Parting),
}

impl Shard {
    /// Keeps the connection until told to stop.
    pub async fn run(mut self, stop: CancellationToken) -> Result<(), Parting> {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        // What came is handed on, in order, beside the connection: whoever takes it may be slow.
        let handing_on = tokio::spawn(dispatch(
            Arc::clone(&self.discord),
            self.number,
            receiver,
            Arc::clone(&self.arrivals),
        ));
        let kept = Box::pin(self.keep(&sender, &stop)).await;
        handing_on.abort();
        kept
    }

    async fn keep(
        &mut self,
        events: &mpsc::Sender<Dispatch>,
        stop: &CancellationToken,
    ) -> Result<(), Parting> {
        let mut session: Option<Session> = None;
        // What came and was not handed on yet outlives the connection on which it came: it does not come again.
        let mut waiting: Option<Dispatch> = None;
        let mut wait = Duration::ZERO;
        // How many sessions ended soon, one after the other.
        let mut over = 0;
        loop {
            if stop.run_until_cancelled(sleep(wait)).await.is_none() {
                return Ok(());
            }
            let had = session.as_ref().map(|session| session.last);
            let ended = match stop
                .run_until_cancelled(Box::pin(open(self.address(session.as_ref()))))
                .await
            {
                None => return Ok(()),
                Some(Ok(mut socket)) => {
                    let kept = (&mut session, &mut waiting);
                    self.converse(&mut socket, kept, (events, stop)).await
                }
                Some(Err(error)) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::warn!(shard = self.number.0, error, "Discord's gateway was not reached");
                    Ended::Broken(Break::Unreached)
                }
            };
            let has_heard = session.as_ref().map(|session| session.last) != had;
            wait = match ended {
                Ended::Stopped => return Ok(()),
                Ended::Parted(parting) => return Err(parting),
                Ended::Over => {
                    let ended = session.take();
                    let has_lasted = ended.is_some_and(|session| session.began.elapsed() > LASTING);
                    over = if has_lasted { 1 } else { over + 1 };
                    if over >= MANY_ENDED {
                        match stop.run_until_cancelled(enter(&self.discord, Some(1))).await {
                            None => return Ok(()),
                            Some(entrance) => self.url = entrance?.url,
                        }
                    }
                    wait_after(over)
                }
                // A connection that did something is opened again at once.
                Ended::Broken(why) => {
                    tracing::info!(shard = self.number.0, %why, "the connection to Discord broke");
                    if has_heard {
                        Duration::ZERO
                    } else {
                        (wait * 2).clamp(AGAIN.0, AGAIN.1)
                    }
                }
            };
        }
    }

    fn address(&self, session: Option<&Session>) -> String {
        let url = session.map_or(&self.url, |session| &session.url);
        format!("{}/{VERSION}", url.trim_end_matches('/'))
    }

    /// Speaks with Discord until the connection ends.
    async fn converse(
        &self,
        socket: &mut Socket,
        (session, waiting): (&mut Option<Session>, &mut Option<Dispatch>),
        (events, stop): (&mpsc::Sender<Dispatch>, &CancellationToken),
    ) -> Ended {
        let every = match timeout(CONNECTING, hello(socket)).await {
            Ok(Ok(every)) => every,
            Ok(Err(ended)) => return ended,
            Err(_) => return Ended::Broken(Break::Silent),
        };
        match stop
            .run_until_cancelled(self.introduce(socket, session.as_ref()))
            .await
        {
            None => return Ended::Stopped,
            Some(Err(ended)) => return ended,
            Some(Ok(())) => {}
        }
        let mut beat_at = Instant::now() + every / 2;
        let mut is_alive = true;
        loop {
            tokio::select! {
                () = stop.cancelled() => {
                    close(socket, CloseCode::Normal).await;
                    return Ended::Stopped;
                }
                () = tokio::time::sleep_until(beat_at) => {
                    // What it answers is not read while what came waits to be taken.
                    if !is_alive && waiting.is_none() {
                        close(socket, CloseCode::Restart).await;
                        return Ended::Broken(Break::Deaf);
                    }
                    is_alive = false;
                    beat_at = Instant::now() + every;
                    if let Err(ended) = heartbeat(socket, session.as_ref()).await {
                        return ended;
                    }
                }
                permit = events.reserve(), if waiting.is_some() => {
                    let (Ok(permit), Some(event)) = (permit, waiting.take()) else {
                        return Ended::Stopped;
                    };
                    permit.send(event);
                }
                message = socket.next(), if waiting.is_none() => {
                    let frame = match read(message) {
                        Ok(Some(frame)) => frame,
                        Ok(None) => continue,
                        Err(ended) => return ended,
                    };
                    match self.take(socket, session, frame).await {
                        ControlFlow::Break(ended) => return ended,
                        ControlFlow::Continue(Said::Event(event)) => *waiting = Some(event),
                        ControlFlow::Continue(Said::Alive) => is_alive = true,
                        ControlFlow::Continue(Said::Nothing) => {}
                    }
                }
            }
        }
    }

    /// Takes up a session, or begins one.
    async fn introduce(&self, socket: &mut Socket, session: Option<&Session>) -> Result<(), Ended> {
        let token = self.discord.rest.token();
        let frame = if let Some(session) = session {
            json!({ "op": op::RESUME, "d": { "token": token, "session_id": session.id, "seq": session.last } })
        } else {
            self.rows.wait(self.number.0).await;
            let properties = json!({ "os": std::env::consts::OS, "browser": "relais", "device": "relais" });
            json!({ "op": op::IDENTIFY, "d": {
                "token": token,
                "intents": INTENTS.bits(),
                "properties": properties,
                "shard": [self.number.0, self.number.1],
                "compress": false,
                "large_threshold": 50,
            } })
        };
        say(socket, &frame).await
    }

    async fn take(
        &self,
        socket: &mut Socket,
        session: &mut Option<Session>,
        frame: Frame,
    ) -> ControlFlow<Ended, Said> {
        match frame.op {
            op::DISPATCH => {}
            op::HEARTBEAT => {
                return match heartbeat(socket, session.as_ref()).await {
                    Ok(()) => ControlFlow::Continue(Said::Nothing),
                    Err(ended) => ControlFlow::Break(ended),
                };
            }
            op::HEARTBEAT_ACK => return ControlFlow::Continue(Said::Alive),
            op::RECONNECT => {
                close(socket, CloseCode::Restart).await;
                return ControlFlow::Break(Ended::Broken(Break::AskedToReconnect));
            }
            op::INVALID_SESSION => {
                let may_resume = frame.d.is_some_and(|data| data.get() == "true");
                return ControlFlow::Break(if may_resume && session.is_some() {
                    Ended::Broken(Break::AskedToResume)
                } else {
                    tracing::info!(
                        shard = self.number.0,
                        "the session on Discord is over; another is begun"
                    );
                    Ended::Over
                });
            }
            _ => return ControlFlow::Continue(Said::Nothing),
        }
        let (Some(kind), Some(data)) = (frame.t, frame.d) else {
            return ControlFlow::Continue(Said::Nothing);
        };
        if kind == "READY" {
            match serde_json::from_str::<Ready>(data.get()) {
                Ok(ready) => {
                    *session = Some(Session {
                        id: ready.session_id,
                        url: ready.resume_gateway_url,
                        last: 0,
                        began: Instant::now(),
                    });
                }
                Err(error) => {
                    tracing::warn!(why = ?error.classify(), "Discord's welcome could not be read");
                }
            }
        }
        if let (Some(session), Some(number)) = (session.as_mut(), frame.s) {
            session.last = number;
        }
        ControlFlow::Continue(Dispatch::of(&self.discord, kind, data).map_or(Said::Nothing, Said::Event))
    }
}

/// How long to wait after so many sessions ended soon.
fn wait_after(over: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(over.saturating_sub(MANY_ENDED - 1));
    SESSION_ENDED.0.saturating_mul(doubled).min(SESSION_ENDED.1)
}

/// What a frame brought.
enum Said {
    Event(Dispatch),
    Alive,
    Nothing,
}

async fn open(address: String) -> Result<Socket, tungstenite::Error> {
    let config = WebSocketConfig {
        max_message_size: None,
        max_frame_size: None,
        ..WebSocketConfig::default()
    };
    let opening = connect_async_with_config(address, Some(config), true);
    let timed_out = || tungstenite::Error::Io(std::io::ErrorKind::TimedOut.into());
    let (socket, _) = timeout(CONNECTING, opening).await.map_err(|_| timed_out())??;
    Ok(socket)
}

/// How often Discord wants to hear a heartbeat.
async fn hello(socket: &mut Socket) -> Result<Duration, Ended> {
    loop {
        let frame = read(socket.next().await)?;
        let Some(frame) = frame.filter(|frame| frame.op == op::HELLO) else {
            continue;
        };
        let hello = frame
            .d
            .and_then(|data| serde_json::from_str::<Hello>(data.get()).ok());
        return hello
            .map(|hello| Duration::from_millis(hello.heartbeat_interval))
            .ok_or(Ended::Broken(Break::Unreadable));
    }
}

/// What came on the socket; nothing where it is none of ours.
fn read(message: Option<tungstenite::Result<Message>>) -> Result<Option<Frame>, Ended> {
    match message {
        Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
            Ok(frame) => Ok(Some(frame)),
            Err(error) => {
                tracing::warn!(why = ?error.classify(), "what Discord said could not be read");
                Ok(None)
            }
        },
        Some(Ok(Message::Close(frame))) => Err(closed(frame.map(|frame| frame.code.into()))),
        Some(Ok(_)) => Ok(None),
        Some(Err(error)) => {
            tracing::debug!(%error, "the connection to Discord broke");
            Err(Ended::Broken(Break::Cut))
        }
        None => Err(Ended::Broken(Break::Gone)),
    }
}

/// What a close code means.
fn closed(code: Option<u16>) -> Ended {
    match code {
        Some(4004) => Ended::Parted(Refusal::Token.into()),
        Some(code @ (4013 | 4014)) => Ended::Parted(Refusal::Intents(code).into()),
        Some(code @ (4010 | 4012)) => Ended::Parted(Refusal::Connection(code).into()),
        // There are more servers than one connection may have.
        Some(4011) => Ended::Parted(Parting::Recounted),
        // The session is none any more, or what it counts is not what Discord counts.
        Some(4003 | 4007 | 4009) => Ended::Over,
        _ => Ended::Broken(Break::Closed),
    }
}

async fn heartbeat(socket: &mut Socket, session: Option<&Session>) -> Result<(), Ended> {
    let last = session.map(|session| session.last);
    say(socket, &json!({ "op": op::HEARTBEAT, "d": last })).await
}

async fn say(socket: &mut Socket, frame: &Value) -> Result<(), Ended> {
    let said = timeout(CONNECTING, socket.send(Message::Text(frame.to_string()))).await;
    match said {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Ended::Broken(Break::Mute)),
    }
}

async fn close(socket: &mut Socket, code: CloseCode) {
    let frame = CloseFrame {
        code,
        reason: "".into(),
    };
    // It is over either way.
    let _ = timeout(AGAIN.0, socket.close(Some(frame))).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_that_end_one_after_the_other_are_begun_ever_later() {
        let waits: Vec<u64> = [1, 2, 3, 4, 9, 10, 500]
            .map(|over| wait_after(over).as_secs())
            .into();
        assert_eq!(waits, [2, 2, 4, 8, 256, 300, 300]);
    }
}
