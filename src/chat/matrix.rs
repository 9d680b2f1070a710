//! Matrix: an account on a homeserver, in rooms where people write, encrypted or not.
//!
//! [`connect`] logs in or takes up the session that was kept. [`Connection::run`] reads what happens and hands it on as events;
//! [`Matrix`] is what sends. It must not know asks, tallies or roles.

mod answering;
mod catch_up;
mod comings;
mod conversation;
mod deeds;
mod dimensions;
mod failure;
mod files;
mod form;
mod incoming;
mod offers;
mod platform;
mod posting;
mod presses;
mod reactions;
mod recovery;
mod render;
mod replies;
mod session;
mod standing;
mod sync;
mod text;
mod unreadable;
mod verification;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use matrix_sdk::{Client, ruma::OwnedUserId};
use tokio::sync::mpsc;

use super::Event;
use answering::Answering;
use conversation::Conversations;
use files::Fetching;
use presses::Presses;
use reactions::Reactions;

pub use recovery::{Recovery, RecoveryFailure};
pub use session::{LoginError, Secret, Session};
pub use sync::Connection;
pub use verification::{Begins, Emoji, VerificationFailure};

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
    /// The file in which the account's recovery key is kept, where it is kept here.
    pub recovery_key_file: Option<PathBuf>,
    /// From whom invitations are taken: accounts, or the names of whole servers.
    pub invited_by: Vec<String>,
}

/// Matrix as a platform: cards go out through it.
#[derive(Clone)]
pub struct Matrix {
    client: Client,
    session: Session,
    /// Whether it is known which rooms the account is in: a new session learns it with the first answer.
    knows_rooms: Arc<AtomicBool>,
    user: OwnedUserId,
    reactions: Arc<Reactions>,
    presses: Arc<Presses>,
    conversations: Arc<Conversations>,
    answering: Answering,
    fetching: Fetching,
}

/// An account by its full id; none where the text is no such id.
pub fn user_id(text: &str) -> Option<OwnedUserId> {
    text.try_into().ok()
}

/// Takes up the session that was kept, or logs in with a secret where there is none.
///
/// # Errors
///
/// When there is no session and no secret, when the session's keys are gone, old or in use, or when the server refuses.
pub async fn connect(
    account: &Account,
    secret: Option<&Secret>,
    events: mpsc::Sender<Event>,
) -> Result<(Matrix, Connection), LoginError> {
    let session = Session::open(account, secret).await?;
    let matrix = Matrix {
        client: session.client.clone(),
        knows_rooms: Arc::new(AtomicBool::new(session.has_read().await?)),
        session,
        user: account.user.clone(),
        reactions: Arc::default(),
        presses: Arc::default(),
        conversations: Arc::default(),
        answering: Answering::default(),
        fetching: Fetching::default(),
    };
    let connection = Connection::new(matrix.clone(), account, events);
    Ok((matrix, connection))
}
