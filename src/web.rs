//! The HTTP listener: the health of the process, and the embedded chat's page.
//!
//! It listens on loopback alone. The page is for the demo; all of it stands behind a [`Gate`].

mod act;
mod asset;
mod clock;
mod feed;
mod gate;
mod page;
mod problem;
#[cfg(test)]
mod tests;
mod view;
mod words;

use std::{io, net::Ipv4Addr};

use axum::{Router, routing::get};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use clock::DemoClock;
pub use gate::{Gate, Token};
pub(crate) use page::Page;

/// A listener on loopback; port 0 is any that is free.
pub async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

/// Serves until `stop`, and then until what was asked before is answered.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) -> io::Result<()> {
    axum::serve(listener, router)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
}

/// Answers `GET /health` while the process lives.
pub fn health_router() -> Router {
    Router::new().route("/health", get(|| async { "ok\n" }))
}
