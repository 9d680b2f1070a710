//! The port to the chat platforms: what comes in is an [`Event`], what goes out is a [`Card`], and a platform is whatever does
//! both behind [`Platform`].
//!
//! An adapter knows nothing of asks, tallies or roles. Nothing here knows of an adapter.

mod card;
mod commands;
mod event;
mod plain;
mod platform;
mod typed;

#[cfg(feature = "discord")]
pub mod discord;
pub mod embedded;
#[cfg(feature = "matrix")]
pub mod matrix;

pub use card::{Block, Button, Card, Hold, Link, Picture, Style};
pub use commands::{CommandShape, Holds, Localised, ParameterShape};
pub use event::{
    Answer, Attachment, Audience, DroppedFile, Event, Field, FieldKind, Form, Invitation, Message, Origin,
    Place, Reach, Reply, Sender, Suggestion, Unread,
};
pub use platform::{
    Capabilities, Offered, OfferedParameter, Platform, ReactionSeen, Rejected, RoomStanding, SendError,
    Space, Standing, StandingKind, Unasked,
};
pub use typed::typed_after;
