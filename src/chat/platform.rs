//! What a platform does for us.

use std::time::Duration;

use anyhow::anyhow;
use futures_util::{
    FutureExt,
    future::{BoxFuture, ready},
};

use super::{Card, CommandShape, Message, Sender};
use crate::domain::{
    code::coded,
    room::{Absence, RoomAddress},
};

/// A chat platform, as delivery and intake use it.
pub trait Platform: Send + Sync {
    /// Its name, which its rooms' addresses carry.
    fn name(&self) -> &'static str;

    /// What it can do.
    fn capabilities(&self) -> Capabilities;

    /// Posts a card. The key travels with the message; a platform that still remembers it returns the first message instead
    /// of posting another.
    fn send<'a>(
        &'a self,
        room: &'a RoomAddress,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>>;

    /// Sends a card to one account alone, where it is read outside any room of the organisation.
    fn send_direct<'a>(
        &'a self,
        account: &'a str,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>>;

    /// Replaces what a message of ours says.
    fn edit<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
        card: &'a Card,
    ) -> BoxFuture<'a, Result<(), SendError>>;

    /// Looks in a room for a message of ours that carries this key.
    fn find<'a>(
        &'a self,
        room: &'a RoomAddress,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>>;

    /// Looks in the private conversation with an account for a message of ours that carries this key.
    fn find_direct<'a>(
        &'a self,
        account: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>>;

    /// Where a browser finds a message; none where messages have no address of their own.
    fn message_link(&self, _room: &RoomAddress, _message: &Message) -> Option<String> {
        None
    }

    /// Whether whoever runs the servers of a room can read the reactions there, and not what is written.
    fn shows_reactions_to_servers(&self, _room: &RoomAddress) -> bool {
        false
    }

    /// Takes a message of ours back, with its picture and all that it ever said. Taking it back again is nothing.
    fn withdraw<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>>;

    /// Gives these reactions to a message of ours, so that people need only tap them. Giving one again is nothing. Where people press
    /// buttons there is nothing to do.
    fn react<'a>(
        &'a self,
        _room: &'a RoomAddress,
        _message: &'a Message,
        _keys: &'a [String],
    ) -> BoxFuture<'a, Result<(), SendError>> {
        std::future::ready(Ok(())).boxed()
    }

    /// Whether what is posted in a room can be passed on from there to those that follow it.
    fn takes_crossposts(&self, _room: &RoomAddress) -> bool {
        false
    }

    /// Passes a message of ours on to those that follow its room. Passing it on again is nothing.
    fn crosspost<'a>(
        &'a self,
        _room: &'a RoomAddress,
        _message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        std::future::ready(Ok(())).boxed()
    }

    /// Whether clients can be told what may be typed in a room.
    fn takes_offers(&self) -> bool {
        false
    }

    /// Tells the clients of a room that these commands may be typed there, and none that was told before and is not among them. Does
    /// some of what there is to do, and says whether all is done.
    fn offer<'a>(
        &'a self,
        _room: &'a RoomAddress,
        _commands: &'a [Offered],
    ) -> BoxFuture<'a, Result<bool, SendError>> {
        std::future::ready(Ok(true)).boxed()
    }

    /// Tells the whole platform which commands there are, where its clients know commands by name. Where it knows that already, nothing
    /// is sent.
    fn register<'a>(&'a self, _commands: &'a [CommandShape]) -> BoxFuture<'a, Result<(), SendError>> {
        ready(Ok(())).boxed()
    }

    /// All reactions that stand on a message, the bot's own left out.
    fn reactions<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>>;

    /// How the bot stands in a room, by what is known here without asking the platform. Where rooms do not change, it is in each.
    fn room_standing<'a>(&'a self, _room: &'a RoomAddress) -> BoxFuture<'a, RoomStanding> {
        ready(RoomStanding::Present { name: None }).boxed()
    }

    /// Enters the room that follows another, once it is certain that it does.
    fn follow<'a>(
        &'a self,
        _room: &'a RoomAddress,
        to: &'a RoomAddress,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        let refusal = SendError::Refused(anyhow!("no room of {} follows another", to.platform));
        ready(Err(refusal)).boxed()
    }

    /// Whether an account is in one of these rooms.
    fn is_member<'a>(&'a self, _account: &'a str, _rooms: &'a [RoomAddress]) -> BoxFuture<'a, bool> {
        ready(false).boxed()
    }

    /// The account that a text names in the platform's own way, such as a mention. None where it names none.
    fn account_named(&self, _text: &str) -> Option<String> {
        None
    }

    /// The standing that a text names where a room is: a power level, a role of the server. None where it names none.
    fn standing_named(&self, _room: &RoomAddress, _text: &str) -> Option<Standing> {
        None
    }

    /// The standings that can be chosen from where a room is; none where there are too many to name.
    fn standings(&self, _room: &RoomAddress) -> Vec<Standing> {
        Vec::new()
    }

    /// Whether an account is in a room and has at least this standing there; none where that cannot be found out now.
    fn has_standing<'a>(
        &'a self,
        _room: &'a RoomAddress,
        _account: &'a str,
        _standing: &'a str,
    ) -> BoxFuture<'a, Option<bool>> {
        ready(Some(false)).boxed()
    }

    /// The spaces that the bot is in.
    fn spaces(&self) -> BoxFuture<'_, Vec<Space>> {
        ready(Vec::new()).boxed()
    }

    /// Those of the spaces that the bot is in which list a room as theirs.
    fn spaces_of<'a>(&'a self, _room: &'a RoomAddress) -> BoxFuture<'a, Vec<RoomAddress>> {
        ready(Vec::new()).boxed()
    }
}

/// How the bot stands in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomStanding {
    /// It reads and writes there.
    Present {
        /// What the room is called, where somebody gave it a name.
        name: Option<String>,
    },
    /// It cannot work there.
    Absent(Absence),
    /// Another room follows this one.
    Replaced {
        /// Which.
        by: RoomAddress,
    },
    /// That is not known yet.
    Unknown,
}

/// What somebody is where a room is, by the platform's own rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// As the platform counts it, which names it again.
    pub value: String,
    /// What people call it.
    pub name: String,
    /// Of what kind it is.
    pub kind: StandingKind,
}

coded! {
    /// A kind of standing.
    pub enum StandingKind {
        /// A power level, which holds for whoever has that one or more.
        Level = "level",
        /// A role of a server.
        Role = "role",
    }
}

/// What holds rooms: a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Where it is.
    pub address: RoomAddress,
    /// What people call it.
    pub name: String,
    /// What else may be typed for it.
    pub alias: Option<String>,
}

/// A command that people may type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its name, without the prefix.
    pub name: String,
    /// Its names in the other languages of the room.
    pub also: Vec<String>,
    /// What it does, in a sentence.
    pub help: String,
    /// What it is given, in order.
    pub parameters: Vec<OfferedParameter>,
}

/// What a command is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedParameter {
    /// What people call it.
    pub name: String,
    /// Whether it must be given.
    pub is_required: bool,
}

/// A reaction that stands on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionSeen {
    /// Whose.
    pub sender: Sender,
    /// Which emoji.
    pub key: String,
}

/// What a platform can do, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// The most buttons that a message bears; 0 where people answer by reaction.
    pub buttons_max: usize,
    /// How many messages may go out at the same time.
    pub concurrent_sends: usize,
    /// What one message takes at the least, where the platform says how fast it takes them.
    pub message_every: Option<Duration>,
    /// How many edits a second the platform takes beside the messages.
    pub edits_per_second: u32,
    /// Which private messages that nobody asked for people are sent.
    pub unasked: Unasked,
    /// What is typed before a command in a room. [`Card::typed_after`] puts it before the commands that a card quotes.
    pub command_prefix: &'static str,
}

/// Which private messages that nobody asked for people are sent, each beside those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unasked {
    /// None: the platform shuts out bots that write to many people.
    Nothing,
    /// What they must be told and learn in no other way: each new conversation makes a room that they must enter, of which servers allow
    /// few.
    Needed,
    /// A word of welcome.
    Welcome,
}

/// Why a platform will not have the bot, and what whoever runs it is to do about it. Until then trying again is of no use.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Rejected(pub anyhow::Error);

/// Why something did not reach a platform.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It did not arrive, and may later.
    #[error("not sent, to be tried again")]
    Retry {
        /// How long to wait before this one is tried again, where the platform says.
        after: Option<Duration>,
        /// What happened.
        #[source]
        source: anyhow::Error,
    },
    /// It did not arrive: we write more than the platform takes. Nothing is to be sent there for a while.
    #[error("not sent, the platform takes no more for now")]
    Limited {
        /// For how long.
        after: Duration,
        /// What happened.
        #[source]
        source: anyhow::Error,
    },
    /// It may have arrived or not: look before sending again.
    #[error("not known whether it was sent")]
    Unsure(#[source] anyhow::Error),
    /// It did not arrive: the bot is not in the room, or may not write there. [`Platform::room_standing`] tells, sooner or later, how it
    /// stands there.
    #[error("not sent, the bot cannot work in the room")]
    Absent(#[source] anyhow::Error),
    /// It cannot arrive: the room or the account is gone, or we may not write there.
    #[error("cannot be sent")]
    Refused(#[source] anyhow::Error),
}
