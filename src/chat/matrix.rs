//! Matrix: an account on a homeserver, in rooms where people write, encrypted or not.
//!
//! [`connect`] logs in or takes up the session that was kept. [`Connection::run`] reads what happens and hands it on as events;
//! [`Matrix`] is what sends. It must not know asks, tallies or roles.

mod catch_up;
mod conversation;
mod deeds;
mod dimensions;
mod files;
mod form;
mod incoming;
mod offers;
mod platform;
mod presses;
mod reactions;
mod render;
mod replies;
mod session;
mod sync;
mod text;

use std::{path::PathBuf, sync::Arc};

use matrix_sdk::{Client, ruma::OwnedUserId};
use tokio::sync::mpsc;

use super::Event;
use conversation::Conversations;
use presses::Presses;
use reactions::Reactions;

pub use session::{LoginError, Secret};
pub use sync::Connection;

/// The platform's name, which its rooms' addresses carry.
pub const NAME: &str = "matrix";

/// What is typed before a command in a room: clients keep `/` for themselves.
pub const PREFIX: &str = "!relais ";

/// Which account on which server, and where what it knows is kept.
#[derive(Debug, Clone)]
pub struct Account {
    /// The homeserver: its name or its URL.
    pub homeserver: String,
    /// The account's full id, `@name:server`.
    pub user: OwnedUserId,
    /// The folder of its session and its keys.
    pub folder: PathBuf,
    /// From whom invitations are taken: accounts, or the names of whole servers.
    pub invited_by: Vec<String>,
}

/// Matrix as a platform: cards go out through it.
#[derive(Clone)]
pub struct Matrix {
    client: Client,
    user: OwnedUserId,
    reactions: Arc<Reactions>,
    presses: Arc<Presses>,
    conversations: Arc<Conversations>,
}

/// Takes up the session that was kept, or logs in with a secret where there is none.
///
/// # Errors
///
/// When there is no session and no secret, when the session's keys are gone, or when the server refuses.
pub async fn connect(
    account: &Account,
    secret: Option<&Secret>,
    events: mpsc::Sender<Event>,
) -> Result<(Matrix, Connection), LoginError> {
    let client = session::open(account, secret).await?;
    let matrix = Matrix {
        client,
        user: account.user.clone(),
        reactions: Arc::default(),
        presses: Arc::default(),
        conversations: Arc::default(),
    };
    let connection = Connection::new(matrix.clone(), account, events);
    Ok((matrix, connection))
}
