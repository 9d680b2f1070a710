//! Why something was not sent or not read.

use std::time::Duration;

use matrix_sdk::{
    Error,
    ruma::api::error::{ErrorKind, RetryAfter},
};

use crate::chat::SendError;

/// How long to wait where a server asks for patience and does not say for how long.
const PATIENCE: Duration = Duration::from_secs(5);
/// Why something was not sent.
pub(super) fn send_error(error: Error) -> SendError {
    match error.client_api_error_kind() {
        Some(ErrorKind::LimitExceeded(limit)) => SendError::Limited {
            after: limit.retry_after.as_ref().and_then(after).unwrap_or(PATIENCE),
            source: error.into(),
        },
        // The session is over: somebody has to log in anew, and what waits then goes out.
        Some(ErrorKind::UnknownToken(_) | ErrorKind::MissingToken) => SendError::Retry {
            after: None,
            source: error.into(),
        },
        // The server stumbled, and may have taken it all the same.
        _ if has_stumbled(&error) => SendError::Unsure(error.into()),
        Some(ErrorKind::Forbidden) => SendError::Absent(error.into()),
        Some(_) => SendError::Refused(error.into()),
        None if matches!(error, Error::Http(_)) => SendError::Unsure(error.into()),
        None => SendError::Retry {
            after: None,
            source: error.into(),
        },
    }
}

fn has_stumbled(error: &Error) -> bool {
    let status = error.as_client_api_error().map(|error| error.status_code);
    status.is_some_and(|status| status.is_server_error())
}

/// Why something could not be read.
pub(super) fn read_error(error: Error) -> SendError {
    match send_error(error) {
        SendError::Unsure(source) => SendError::Retry { after: None, source },
        other => other,
    }
}

fn after(retry: &RetryAfter) -> Option<Duration> {
    match retry {
        RetryAfter::Delay(delay) => Some(*delay),
        RetryAfter::DateTime(_) => None,
    }
}
