//! Why a call came to nothing, and what that means for whoever sent something.

use std::time::Duration;

use crate::chat::SendError;

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub(in crate::chat::discord) enum Failure {
    /// Discord refuses the token.
    #[error("Discord refuses the bot's token")]
    TokenRefused,
    /// Discord asks for patience, or would.
    #[error("Discord takes no more for {} ms", after.as_millis())]
    Patience {
        /// For how long.
        after: Duration,
        /// Whether it takes nothing at all.
        is_for_all: bool,
    },
    /// Discord said no, or stumbled.
    #[error("Discord answered {status}, code {code}: {message}")]
    Answered {
        /// The status.
        status: u16,
        /// Discord's own code.
        code: u64,
        /// What Discord says.
        message: String,
    },
    /// Discord was not reached.
    #[error("Discord was not reached")]
    Unreached(#[source] reqwest::Error),
    /// It was sent, and no answer came.
    #[error("no answer came from Discord")]
    Unanswered(#[source] reqwest::Error),
    /// What came is not what was expected. The error's own words may hold what somebody wrote.
    #[error("the answer of Discord could not be read ({0:?})")]
    Unreadable(serde_json::error::Category),
}

/// Discord's codes that mean something here.
pub(in crate::chat::discord) mod code {
    /// There is no such channel.
    pub const UNKNOWN_CHANNEL: u64 = 10003;
    /// There is no such server.
    pub const UNKNOWN_GUILD: u64 = 10004;
    /// There is no such message.
    pub const UNKNOWN_MESSAGE: u64 = 10008;
    /// The message is passed on already.
    pub const ALREADY_CROSSPOSTED: u64 = 40033;
    /// There is no such message to follow: the interaction's time is over.
    pub const UNKNOWN_WEBHOOK: u64 = 10015;
    /// There is no such interaction any more.
    pub const UNKNOWN_INTERACTION: u64 = 10062;
    /// The interaction is answered already.
    pub const ALREADY_ACKNOWLEDGED: u64 = 40060;
    /// The bot is not there.
    pub const MISSING_ACCESS: u64 = 50001;
    /// The bot may not.
    pub const MISSING_PERMISSIONS: u64 = 50013;
    /// The interaction's time is over.
    pub const WEBHOOK_OVER: u64 = 50027;
    /// The thread is closed for good.
    pub const THREAD_ARCHIVED: u64 = 50083;
    /// The thread is locked.
    pub const THREAD_LOCKED: u64 = 160_005;
}

impl Failure {
    /// Without the address, which may hold an interaction's token.
    pub(super) fn of_transport(error: reqwest::Error) -> Self {
        let was_sent = !error.is_connect() && !error.is_builder();
        let error = error.without_url();
        if was_sent {
            Self::Unanswered(error)
        } else {
            Self::Unreached(error)
        }
    }

    /// Whether the same may well succeed a little later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Answered { status, .. } => *status >= 500,
            Self::Unreached(_) | Self::Unanswered(_) => true,
            Self::TokenRefused | Self::Patience { .. } | Self::Unreadable(_) => false,
        }
    }

    /// Whether Discord answered with one of these codes.
    pub fn is_one_of(&self, codes: &[u64]) -> bool {
        matches!(self, Self::Answered { code, .. } if codes.contains(code))
    }

    /// What it means for something that was to be posted, and may have been.
    pub fn of_post(self) -> SendError {
        let may_have_arrived = match &self {
            Self::Answered { status, .. } => *status >= 500,
            Self::Unanswered(_) | Self::Unreadable(_) => true,
            _ => false,
        };
        if may_have_arrived {
            SendError::Unsure(self.into())
        } else {
            self.of_deed()
        }
    }

    /// What it means for something that can be done again.
    pub fn of_deed(self) -> SendError {
        match self {
            Self::Patience {
                after,
                is_for_all: true,
            } => SendError::Limited {
                after,
                source: self.into(),
            },
            Self::Patience { after, .. } => SendError::Retry {
                after: Some(after),
                source: self.into(),
            },
            Self::Answered { status, code, .. } if status < 500 => {
                if is_of_the_room(code) {
                    SendError::Absent(self.into())
                } else {
                    SendError::Refused(self.into())
                }
            }
            _ => SendError::Retry {
                after: None,
                source: self.into(),
            },
        }
    }
}

/// Whether a refusal is about how the bot stands in the room, rather than about what was sent.
const fn is_of_the_room(code: u64) -> bool {
    matches!(
        code,
        code::UNKNOWN_CHANNEL
            | code::UNKNOWN_GUILD
            | code::MISSING_ACCESS
            | code::MISSING_PERMISSIONS
            | code::THREAD_ARCHIVED
            | code::THREAD_LOCKED
    )
}
