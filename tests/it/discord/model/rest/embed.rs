//! Embeds: what they may hold, and how they come back.

use serde_json::{Map, Value, json};

use super::{
    super::refusal::Refusal,
    form::{at_most, few, list, text, web_address},
};

/// Characters of all embeds of a message together.
const TOTAL_MAX: usize = 6_000;
const EMBEDS_MAX: usize = 10;
const FIELDS_MAX: usize = 25;

/// Reads embeds. `attached` gives the address of an uploaded file.
pub fn read(embeds: &[Value], attached: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Value>, Refusal> {
    few(embeds, EMBEDS_MAX, "embeds")?;
    let read: Result<Vec<Value>, Refusal> = embeds
        .iter()
        .enumerate()
        .map(|(number, embed)| one(embed, &format!("embeds.{number}"), attached))
        .collect();
    let read = read?;
    if read.iter().map(size).sum::<usize>() > TOTAL_MAX {
        let message = "Embed size exceeds maximum size of 6000";
        return Err(Refusal::form("embeds", "MAX_EMBED_SIZE_EXCEEDED", message));
    }
    Ok(read)
}

/// What counts towards the limit of all.
fn size(embed: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let fields: usize = list(&embed["fields"])
        .iter()
        .map(|field| length(&field["name"]) + length(&field["value"]))
        .sum();
    let lone = [
        &embed["title"],
        &embed["description"],
        &embed["footer"]["text"],
        &embed["author"]["name"],
    ];
    fields + lone.into_iter().map(length).sum::<usize>()
}

fn one(embed: &Value, path: &str, attached: &dyn Fn(&str) -> Option<String>) -> Result<Value, Refusal> {
    let mut read = Map::from_iter([("type".to_owned(), json!("rich"))]);
    for (name, limit) in [("title", 256), ("description", 4_096)] {
        let text = text(&embed[name]);
        at_most(text, limit, &format!("{path}.{name}"))?;
        if !text.is_empty() {
            read.insert(name.to_owned(), json!(text));
        }
    }
    if let Some(url) = embed["url"].as_str() {
        web_address(url, &format!("{path}.url"))?;
        read.insert("url".to_owned(), json!(url));
    }
    for name in ["color", "timestamp"] {
        if !embed[name].is_null() {
            read.insert(name.to_owned(), embed[name].clone());
        }
    }
    if embed["footer"].is_object() {
        let text = text(&embed["footer"]["text"]);
        at_most(text, 2_048, &format!("{path}.footer.text"))?;
        read.insert("footer".to_owned(), json!({ "text": text }));
    }
    if embed["author"].is_object() {
        let name = text(&embed["author"]["name"]);
        at_most(name, 256, &format!("{path}.author.name"))?;
        let mut author = json!({ "name": name });
        if let Some(url) = embed["author"]["url"].as_str() {
            web_address(url, &format!("{path}.author.url"))?;
            author["url"] = json!(url);
        }
        read.insert("author".to_owned(), author);
    }
    for name in ["image", "thumbnail"] {
        if let Some(url) = embed[name]["url"].as_str() {
            let image = picture(url, &format!("{path}.{name}.url"), attached)?;
            read.insert(name.to_owned(), image);
        }
    }
    let fields = fields(list(&embed["fields"]), &format!("{path}.fields"))?;
    if !fields.is_empty() {
        read.insert("fields".to_owned(), fields.into());
    }
    Ok(read.into())
}

fn picture(url: &str, path: &str, attached: &dyn Fn(&str) -> Option<String>) -> Result<Value, Refusal> {
    let file = url.strip_prefix("attachment://");
    if file.is_none() {
        web_address(url, path)?;
    }
    let url = file.and_then(attached).unwrap_or_else(|| url.to_owned());
    Ok(json!({ "url": url, "proxy_url": url, "width": 0, "height": 0 }))
}

fn fields(fields: &[Value], path: &str) -> Result<Vec<Value>, Refusal> {
    few(fields, FIELDS_MAX, path)?;
    let read = fields.iter().enumerate().map(|(number, field)| {
        let (name, value) = (text(&field["name"]), text(&field["value"]));
        for (what, text, limit) in [("name", name, 256), ("value", value, 1_024)] {
            let path = format!("{path}.{number}.{what}");
            if text.is_empty() {
                return Err(Refusal::required(&path));
            }
            at_most(text, limit, &path)?;
        }
        Ok(json!({ "name": name, "value": value, "inline": field["inline"] == true }))
    });
    read.collect()
}
