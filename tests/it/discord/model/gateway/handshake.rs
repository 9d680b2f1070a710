//! From a request of HTTP to a WebSocket, over the server that is there anyway.

use axum::{
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{handshake::derive_accept_key, protocol::Role},
};

use super::{super::World, socket};
use std::sync::Arc;

/// Answers who wants to speak WebSocket, and listens to it from then on. None where that is not what is asked.
pub fn accept(world: &Arc<World>, request: &mut Request<Body>) -> Option<Response<Body>> {
    let key = request.headers().get(header::SEC_WEBSOCKET_KEY)?;
    let accepted = derive_accept_key(key.as_bytes());
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let upgrade = hyper::upgrade::on(request);
    let world = Arc::clone(world);
    tokio::spawn(async move {
        // Whoever went away before the answer came wants nothing more.
        if let Ok(upgraded) = upgrade.await {
            let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
            socket::serve(world, socket, &path, &query).await;
        }
    });
    let response = Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "websocket")
        .header(header::SEC_WEBSOCKET_ACCEPT, accepted)
        .body(Body::empty());
    Some(response.expect("it is a fair response"))
}
