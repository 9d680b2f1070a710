//! What Discord answers to what it will not do: a status, a code of its own and a sentence.

use serde_json::{Value, json};

/// A refused request.
#[derive(Debug)]
pub struct Refusal {
    pub status: u16,
    pub code: u32,
    pub message: &'static str,
    /// Which field is wrong, and how, of a form that is not as it should be.
    pub errors: Option<Value>,
}

/// The refusals that need nothing but their name.
pub mod known {
    use super::Refusal;

    const fn refusal(status: u16, code: u32, message: &'static str) -> Refusal {
        Refusal {
            status,
            code,
            message,
            errors: None,
        }
    }

    pub const UNAUTHORISED: Refusal = refusal(401, 0, "401: Unauthorized");
    pub const NOT_FOUND: Refusal = refusal(404, 0, "404: Not Found");
    pub const UNKNOWN_APPLICATION: Refusal = refusal(404, 10_002, "Unknown Application");
    pub const UNKNOWN_CHANNEL: Refusal = refusal(404, 10_003, "Unknown Channel");
    pub const UNKNOWN_GUILD: Refusal = refusal(404, 10_004, "Unknown Guild");
    pub const UNKNOWN_MEMBER: Refusal = refusal(404, 10_007, "Unknown Member");
    pub const UNKNOWN_MESSAGE: Refusal = refusal(404, 10_008, "Unknown Message");
    pub const UNKNOWN_USER: Refusal = refusal(404, 10_013, "Unknown User");
    pub const UNKNOWN_EMOJI: Refusal = refusal(400, 10_014, "Unknown Emoji");
    pub const UNKNOWN_WEBHOOK: Refusal = refusal(404, 10_015, "Unknown Webhook");
    pub const UNKNOWN_INTERACTION: Refusal = refusal(404, 10_062, "Unknown interaction");
    pub const UNKNOWN_COMMAND: Refusal = refusal(404, 10_063, "Unknown application command");
    pub const TOO_MANY_REACTIONS: Refusal = refusal(400, 30_010, "Maximum number of reactions reached (20)");
    pub const TOO_MANY_COMMANDS: Refusal = refusal(
        400,
        30_032,
        "Maximum number of application commands reached (100)",
    );
    pub const TOO_LARGE: Refusal = refusal(413, 40_005, "Request entity too large");
    pub const ALREADY_CROSSPOSTED: Refusal =
        refusal(400, 40_033, "This message has already been crossposted.");
    pub const ALREADY_ACKNOWLEDGED: Refusal =
        refusal(400, 40_060, "Interaction has already been acknowledged.");
    pub const MISSING_ACCESS: Refusal = refusal(403, 50_001, "Missing Access");
    pub const WRONG_KIND_OF_CHANNEL: Refusal =
        refusal(400, 50_024, "Cannot execute action on this channel type");
    pub const NOT_THE_AUTHOR: Refusal =
        refusal(403, 50_005, "Cannot edit a message authored by another user");
    pub const EMPTY_MESSAGE: Refusal = refusal(400, 50_006, "Cannot send an empty message");
    pub const CANNOT_REACH_USER: Refusal = refusal(403, 50_007, "Cannot send messages to this user");
    pub const MISSING_PERMISSIONS: Refusal = refusal(403, 50_013, "Missing Permissions");
    pub const WEBHOOK_TOKEN_OVER: Refusal = refusal(401, 50_027, "Invalid Webhook Token");
    pub const THREAD_ARCHIVED: Refusal = refusal(400, 50_083, "Thread is archived");
    pub const NOT_JSON: Refusal = refusal(400, 50_109, "The request body contains invalid JSON.");
    pub const REACTION_BLOCKED: Refusal = refusal(403, 90_001, "Reaction was blocked");
    pub const THREAD_LOCKED: Refusal = refusal(403, 160_005, "Thread is locked");
}

impl Refusal {
    /// A form whose field at this path (`embeds.0.title`) is wrong.
    pub fn form(path: &str, code: &str, message: &str) -> Self {
        let wrong = json!({ "_errors": [{ "code": code, "message": message }] });
        let errors = path.rsplit('.').fold(wrong, |inner, step| json!({ step: inner }));
        Self {
            status: 400,
            code: 50_035,
            message: "Invalid Form Body",
            errors: Some(errors),
        }
    }

    /// A field longer than it may be.
    pub fn too_long(path: &str, limit: usize) -> Self {
        let message = format!("Must be {limit} or fewer in length.");
        Self::form(path, "BASE_TYPE_MAX_LENGTH", &message)
    }

    /// A field that must be there.
    pub fn required(path: &str) -> Self {
        Self::form(path, "BASE_TYPE_REQUIRED", "This field is required")
    }

    pub fn body(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}
