//! Rows of buttons and selects below a message, and of inputs in a modal.

use serde_json::{Value, json};

use super::{
    super::refusal::Refusal,
    form::{at_most, few, list, web_address},
};

const ROWS_MAX: usize = 5;
const BUTTONS_MAX: usize = 5;
const OPTIONS_MAX: usize = 25;
const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
/// The style of a button that leads out.
const LINK: u64 = 5;

/// Where something stands, for whoever made a mistake there.
struct Numbering {
    next: u32,
    custom_ids: Vec<String>,
}

impl Numbering {
    fn number(&mut self, component: &Value) -> Value {
        self.next += 1;
        match &component["id"] {
            given @ Value::Number(_) => given.clone(),
            _ => self.next.into(),
        }
    }

    /// Two things with one id could not be told apart.
    fn take(&mut self, custom_id: &str, path: &str) -> Result<(), Refusal> {
        let path = format!("{path}.custom_id");
        if custom_id.is_empty() {
            return Err(Refusal::required(&path));
        }
        at_most(custom_id, 100, &path)?;
        if self.custom_ids.iter().any(|taken| taken == custom_id) {
            let message = "Component custom id cannot be duplicated";
            return Err(Refusal::form(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message));
        }
        self.custom_ids.push(custom_id.to_owned());
        Ok(())
    }
}

/// Reads the rows of a message.
pub fn read(rows: &[Value]) -> Result<Vec<Value>, Refusal> {
    few(rows, ROWS_MAX, "components")?;
    let mut numbering = Numbering {
        next: 0,
        custom_ids: Vec::new(),
    };
    let read = rows.iter().enumerate().map(|(number, row)| {
        let path = format!("components.{number}");
        if row["type"] != ROW {
            return Err(Refusal::form(
                &path,
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be 1.",
            ));
        }
        let id = numbering.number(row);
        let children = list(&row["components"]);
        let path = format!("{path}.components");
        if children.is_empty() {
            return Err(Refusal::required(&path));
        }
        few(children, BUTTONS_MAX, &path)?;
        let children: Result<Vec<Value>, Refusal> = children
            .iter()
            .enumerate()
            .map(|(number, child)| one(child, &format!("{path}.{number}"), &mut numbering))
            .collect();
        Ok(json!({ "type": ROW, "id": id, "components": children? }))
    });
    read.collect()
}

fn one(component: &Value, path: &str, numbering: &mut Numbering) -> Result<Value, Refusal> {
    match component["type"].as_u64() {
        Some(BUTTON) => button(component, path, numbering),
        Some(STRING_SELECT) => select(component, path, numbering),
        _ => Err(Refusal::form(
            path,
            "UNION_TYPE_CHOICES",
            "The model knows buttons and string selects.",
        )),
    }
}

fn button(button: &Value, path: &str, numbering: &mut Numbering) -> Result<Value, Refusal> {
    let mut read = json!({ "type": BUTTON, "id": numbering.number(button), "style": button["style"] });
    let label = button["label"].as_str().unwrap_or_default();
    at_most(label, 80, &format!("{path}.label"))?;
    if label.is_empty() && button["emoji"].is_null() {
        let message = "A button must have a label or an emoji.";
        return Err(Refusal::form(path, "BUTTON_COMPONENT_INVALID_LABEL", message));
    }
    if !label.is_empty() {
        read["label"] = label.into();
    }
    if !button["emoji"].is_null() {
        read["emoji"] = button["emoji"].clone();
    }
    if button["disabled"] == true {
        read["disabled"] = true.into();
    }
    let (url, custom_id) = (&button["url"], &button["custom_id"]);
    if button["style"] == LINK {
        let url = url
            .as_str()
            .ok_or_else(|| Refusal::required(&format!("{path}.url")))?;
        if !custom_id.is_null() {
            let message = "A custom id and url cannot both be specified";
            return Err(Refusal::form(path, "COMPONENT_CUSTOM_ID_AND_URL", message));
        }
        at_most(url, 512, &format!("{path}.url"))?;
        web_address(url, &format!("{path}.url"))?;
        read["url"] = url.into();
    } else {
        let custom_id = custom_id.as_str().unwrap_or_default();
        numbering.take(custom_id, path)?;
        read["custom_id"] = custom_id.into();
    }
    Ok(read)
}

fn select(select: &Value, path: &str, numbering: &mut Numbering) -> Result<Value, Refusal> {
    let custom_id = select["custom_id"].as_str().unwrap_or_default();
    let id = numbering.number(select);
    numbering.take(custom_id, path)?;
    let options = list(&select["options"]);
    if options.is_empty() {
        return Err(Refusal::required(&format!("{path}.options")));
    }
    few(options, OPTIONS_MAX, &format!("{path}.options"))?;
    let mut read = json!({
        "type": STRING_SELECT,
        "id": id,
        "custom_id": custom_id,
        "min_values": select["min_values"].as_u64().unwrap_or(1),
        "max_values": select["max_values"].as_u64().unwrap_or(1),
        "options": options,
    });
    for name in ["placeholder", "disabled"] {
        if !select[name].is_null() {
            read[name] = select[name].clone();
        }
    }
    Ok(read)
}

/// Checks a modal: rows of one text input each.
pub fn check_modal(modal: &Value) -> Result<(), Refusal> {
    at_most(modal["title"].as_str().unwrap_or_default(), 45, "data.title")?;
    let rows = list(&modal["components"]);
    few(rows, ROWS_MAX, "data.components")?;
    let mut numbering = Numbering {
        next: 0,
        custom_ids: Vec::new(),
    };
    for (number, row) in rows.iter().enumerate() {
        let path = format!("data.components.{number}.components");
        let [input] = list(&row["components"]) else {
            let message = "Must be between 1 and 1 in length.";
            return Err(Refusal::form(&path, "BASE_TYPE_BAD_LENGTH", message));
        };
        numbering.take(
            input["custom_id"].as_str().unwrap_or_default(),
            &format!("{path}.0"),
        )?;
        let label = input["label"].as_str().unwrap_or_default();
        at_most(label, 45, &format!("{path}.0.label"))?;
        if label.is_empty() {
            return Err(Refusal::required(&format!("{path}.0.label")));
        }
        at_most(
            input["value"].as_str().unwrap_or_default(),
            4_000,
            &format!("{path}.0.value"),
        )?;
    }
    Ok(())
}
