//! Which operation a request is for, whatever the ids in it.

/// A request's method and path, read.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: String,
    /// After `/api/v10`, each step decoded.
    pub steps: Vec<String>,
    /// The path with names for what varies.
    pub template: String,
    /// What its bucket is kept apart by: the channel, the guild, or the webhook and its token.
    pub major: String,
}

/// What stands after a step of this name and varies, though it is no number.
const NAMED: [(&str, &str); 1] = [("reactions", "{emoji}")];

impl Route {
    /// Reads a path after `/api/v10`.
    pub fn read(method: &str, path: &str) -> Self {
        let steps: Vec<String> = path
            .split('/')
            .filter(|step| !step.is_empty())
            .map(decoded)
            .collect();
        let is_webhook = matches!(
            steps.first().map(String::as_str),
            Some("webhooks" | "interactions")
        );
        let names = steps.iter().enumerate().map(|(at, step)| {
            let before = at.checked_sub(1).map(|before| steps[before].as_str());
            let named = NAMED.iter().find(|(name, _)| before == Some(name));
            if is_webhook && at == 2 {
                "{token}"
            } else if let Some((_, name)) = named {
                name
            } else if step.bytes().all(|byte| byte.is_ascii_digit()) {
                "{id}"
            } else {
                step
            }
        });
        let template = names.fold(String::new(), |path, name| path + "/" + name);
        let major = match (steps.first().map(String::as_str), steps.get(1), steps.get(2)) {
            (Some("channels" | "guilds"), Some(id), _) => id.clone(),
            (Some("webhooks"), Some(id), Some(token)) => format!("{id}/{token}"),
            _ => String::new(),
        };
        Self {
            method: method.to_owned(),
            steps,
            template,
            major,
        }
    }

    /// Whether it needs no bot's token, and is exempt from the global limit.
    pub fn is_of_interaction(&self) -> bool {
        self.is_callback() || self.template.starts_with("/webhooks/{id}/{token}")
    }

    /// Whether it is the first answer to an interaction.
    pub fn is_callback(&self) -> bool {
        self.template.starts_with("/interactions/")
    }
}

/// A step of a path, or a value of a query, without its percent signs.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        if let (b'%', Some(byte)) = (first, byte) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
