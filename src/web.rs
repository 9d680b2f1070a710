//! The HTTP listener: the health of the process, and the embedded chat's page.
//!
//! It listens on loopback alone. The page is for the demo; all of it stands behind a [`Gate`].

mod act;
mod asset;
mod clock;
mod feed;
mod gate;
mod links;
mod page;
mod problem;
#[cfg(test)]
mod tests;
mod view;
mod words;

use std::{io, net::Ipv4Addr, time::Duration};

use axum::{Router, routing::get};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use clock::DemoClock;
pub use gate::{Gate, Token};
pub use links::links_router;
pub(crate) use page::Page;

/// A listener on loopback; port 0 is any that is free.
pub async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

/// How long what was asked before the stop may take to be answered.
const GRACE: Duration = Duration::from_secs(3);

/// Serves until `stop`, and then until what was asked before is answered. A request that is never sent to its end holds nobody up.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) -> io::Result<()> {
    let served = axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
    let patience = async {
        stop.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = served.into_future() => served,
        () = patience => {
            tracing::warn!("some requests were not answered in time; their connections are cut");
            Ok(())
        }
    }
}

/// Answers `GET /health` while the process lives.
pub fn health_router() -> Router {
    Router::new().route("/health", get(|| async { "ok\n" }))
}
