//! Fields of a form: how long they may be, and what Discord does to a text before it keeps it.

use serde_json::Value;

use super::super::refusal::Refusal;

/// A text as it is kept: without white space around it.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default().trim()
}

/// Refuses a text that is too long, counted in characters.
pub fn at_most(text: &str, limit: usize, path: &str) -> Result<(), Refusal> {
    if text.chars().count() > limit {
        return Err(Refusal::too_long(path, limit));
    }
    Ok(())
}

/// Refuses a list that is too long.
pub fn few(list: &[Value], limit: usize, path: &str) -> Result<(), Refusal> {
    if list.len() > limit {
        let message = format!("Must be {limit} or fewer in length.");
        return Err(Refusal::form(path, "BASE_TYPE_MAX_LENGTH", &message));
    }
    Ok(())
}

/// The items of a list; none where it is null or missing.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Refuses an address that no browser should be led to.
pub fn web_address(url: &str, path: &str) -> Result<(), Refusal> {
    let is_fine = url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if is_fine {
        return Ok(());
    }
    let message = "Scheme must be one of ('http', 'https').";
    Err(Refusal::form(path, "URL_TYPE_INVALID_SCHEME", message))
}
