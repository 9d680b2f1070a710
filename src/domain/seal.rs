//! Seals: short proofs of bytes, without the bytes.

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{
    ask::AskContent,
    day::Day,
    id::{AskId, PromptId},
    language::Language,
    outcome::Outcome,
    room::RoomAddress,
};

/// How many characters the key of a delivery has: what Discord takes as a nonce.
const DELIVERY_KEY: usize = 25;
/// How many characters of a seal a button carries.
const SHORT: usize = 12;

/// Lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The SHA-256 of a file's bytes.
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The seal of what an approval binds: one language's words, and all that goes with them but the slot, which those who may
/// schedule choose. None where the ask has no words in that language.
pub fn of_language(content: &AskContent, language: Language, picture: Option<&str>) -> Option<String> {
    let wording = content.wording(language)?;
    let link = content.link.as_deref();
    let bound = serde_json::json!([
        2,
        content.kind,
        content.campaign,
        content.groups,
        content.closes_at.map(jiff::Timestamp::as_millisecond),
        language,
        wording,
        link,
        content.hashtags,
        content.networks,
        content.targets,
        picture
    ]);
    Some(digest(bound.to_string().as_bytes()))
}

/// As much of a seal as a button carries.
pub fn short(seal: &str) -> &str {
    seal.get(..SHORT).unwrap_or(seal)
}

/// The seal of a reaction whose person had themselves forgotten: it tells whether a reaction that is read again is that one, to
/// whoever holds the key, and nothing else.
pub fn of_reaction(key: &[u8], prompt: PromptId, account: (&str, &str), outcome: Outcome) -> String {
    keyed(key, &serde_json::json!([prompt, account.0, account.1, outcome]))
}

/// The seal of an account that was welcomed: it tells that it was, once the message itself is sent and gone. Whoever had themselves
/// forgotten is met at another time, and so with another seal.
pub fn of_welcome(key: &[u8], account: (&str, &str), met_at: Timestamp) -> String {
    let met_at = met_at.as_millisecond();
    keyed(key, &serde_json::json!(["welcome", account.0, account.1, met_at]))
}

/// The key of a prompt's delivery: the same wherever this approval of this ask comes to this room on this day. A database that was
/// restored finds by it what was posted since the backup.
pub fn of_prompt(
    key: &[u8],
    (ask, approved_at): (AskId, Option<Timestamp>),
    occasion: Day,
    room: &RoomAddress,
) -> String {
    let approved_at = approved_at.map(Timestamp::as_millisecond);
    let sealed = serde_json::json!(["prompt", ask, approved_at, occasion.number(), room]);
    let mut sealed = keyed(key, &sealed);
    sealed.truncate(DELIVERY_KEY);
    sealed
}

/// The seal of the page that leads to a prompt's link: nobody finds such pages by counting.
pub fn of_link(key: &[u8], prompt: PromptId, language: Language, place: usize) -> String {
    let sealed = keyed(key, &serde_json::json!(["link", prompt, language, place]));
    short(&sealed).to_owned()
}

/// Whether this is the seal of that page. It takes as long whatever is wrong with it.
pub fn is_of_link(key: &[u8], (prompt, language, place): (PromptId, Language, usize), seal: &str) -> bool {
    let right = of_link(key, prompt, language, place);
    right.as_bytes().ct_eq(seal.as_bytes()).into()
}

fn keyed(key: &[u8], value: &serde_json::Value) -> String {
    let sealed = value.to_string();
    // HMAC takes a key of any length.
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| String::new(),
        |mut mac| {
            mac.update(sealed.as_bytes());
            hexadecimal(&mac.finalize().into_bytes())
        },
    )
}
