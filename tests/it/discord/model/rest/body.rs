//! A body's bytes: JSON, or a form with JSON and files.

use std::collections::HashMap;

use serde_json::Value;

use super::super::{
    refusal::{Refusal, known},
    route::decoded,
    state::File,
};

/// The largest file that a bot may upload.
const FILE_MAX: usize = 10 * 1024 * 1024;

/// Reads the body of a request.
pub fn read(content_type: Option<&str>, bytes: &[u8]) -> Result<(Value, Vec<File>), Refusal> {
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    match content_type {
        Some("application/json") => Ok((json(bytes)?, Vec::new())),
        Some(form) if form.starts_with("multipart/form-data") => {
            let boundary = form.split_once("boundary=").ok_or(known::NOT_JSON)?.1;
            multipart(boundary.trim_matches('"'), bytes)
        }
        _ => Err(known::NOT_JSON),
    }
}

fn json(bytes: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| known::NOT_JSON)
}

fn multipart(boundary: &str, bytes: &[u8]) -> Result<(Value, Vec<File>), Refusal> {
    let (mut body, mut files) = (Value::Null, Vec::new());
    let delimiter = format!("--{boundary}");
    for part in split(bytes, delimiter.as_bytes()) {
        let Some(at) = find(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&part[..at]);
        let content = part[at + 4..].strip_suffix(b"\r\n").unwrap_or(&part[at + 4..]);
        match (parameter(&head, "name"), parameter(&head, "filename")) {
            (Some("payload_json"), _) => body = json(content)?,
            (_, Some(_)) if content.len() > FILE_MAX => return Err(known::TOO_LARGE),
            (_, Some(name)) => files.push(File {
                name: name.to_owned(),
                bytes: content.to_vec(),
            }),
            _ => return Err(known::NOT_JSON),
        }
    }
    Ok((body, files))
}

/// `filename="poster.png"` among the headers of a part.
fn parameter<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("{name}=\"");
    head.split([';', '\r', '\n'])
        .find_map(|piece| piece.trim().strip_prefix(start.as_str())?.strip_suffix('"'))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The parts between delimiters, without what stands before the first and after the last.
fn split<'a>(mut bytes: &'a [u8], delimiter: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = find(bytes, delimiter) {
        parts.push(&bytes[..at]);
        bytes = &bytes[at + delimiter.len()..];
    }
    parts.into_iter().skip(1).collect()
}

/// Reads a query.
pub fn read_query(query: &str) -> HashMap<String, String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
