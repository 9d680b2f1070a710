//! Where the specification is looser than Discord is, or tells of itself what nobody does.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// As requests are judged by it.
pub fn for_requests(mut document: Value) -> Value {
    close(&mut document);
    let schemas = &mut document["components"]["schemas"];
    // Ids are taken as numbers too, and several clients write the number of an attachment so.
    schemas["SnowflakeType"]["type"] = json!(["string", "integer"]);
    // The specification says a number; the documents say a text, and so do all clients.
    for form in [
        "ApplicationCommandUpdateRequest",
        "ApplicationCommandCreateRequest",
    ] {
        schemas[form]["properties"]["default_member_permissions"]["type"] =
            json!(["integer", "string", "null"]);
    }
    document
}

/// As answers are judged by it.
pub fn for_answers(mut document: Value) -> Value {
    close(&mut document);
    document
}

/// Lets no object have a key that is not among its properties, as the specification itself does.
fn close(document: &mut Value) {
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("there are schemas");
    let parts: BTreeSet<String> = schemas.values().flat_map(parts_of_others).collect();
    for (name, schema) in document["components"]["schemas"]
        .as_object_mut()
        .expect("there are schemas")
    {
        // What is put together of several may have what any of them has.
        if !parts.contains(name) {
            close_all(schema);
        }
    }
}

/// The names of the schemas that this one is put together of.
fn parts_of_others(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => {
            let own = fields
                .get("allOf")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            let own = own.filter_map(|part| part["$ref"].as_str()?.rsplit('/').next().map(str::to_owned));
            own.chain(fields.values().flat_map(parts_of_others)).collect()
        }
        Value::Array(items) => items.iter().flat_map(parts_of_others).collect(),
        _ => Vec::new(),
    }
}

fn close_all(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if is_open(fields) {
                fields.insert("additionalProperties".to_owned(), false.into());
            }
            for (name, inner) in fields.iter_mut() {
                if name != "allOf" {
                    close_all(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close_all),
        _ => {}
    }
}

fn is_open(fields: &Map<String, Value>) -> bool {
    fields.get("properties").is_some_and(Value::is_object)
        && fields
            .get("type")
            .is_some_and(|kind| kind == "object" || *kind == json!(["object", "null"]))
        && !fields.contains_key("additionalProperties")
        && !fields.contains_key("allOf")
}
