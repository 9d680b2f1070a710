//! Lays the sources over the defaults, one setting at a time, and checks each against the types.
//!
//! The known keys are those of a [`Config`] written out, and a value is right when a `Config` with it alone can be read. So the
//! types say all there is to say, and every mistake is found in one go.

use std::{collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, de::IntoDeserializer};
use serde_json::Value as Json;
use toml::{
    Spanned, Value,
    de::{DeTable, DeValue},
};

use super::{
    Config,
    mistake::{LoadError, Mistake, Mistakes, Origin, Problem},
    sources::Setting,
};
use crate::domain::text;

/// Where each setting that is no default stands, by `section.key`.
pub(super) type Origins = BTreeMap<String, Origin>;

/// The settings so far, later sources over earlier ones.
pub(super) struct Layers {
    known: BTreeMap<String, Vec<String>>,
    /// By section and key.
    values: BTreeMap<(String, String), (Value, Origin)>,
    mistakes: Vec<Mistake>,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            known: known_keys(),
            values: BTreeMap::new(),
            mistakes: Vec::new(),
        }
    }
}

/// Every key by section: those of the defaults, written out.
pub(super) fn known_keys() -> BTreeMap<String, Vec<String>> {
    let Ok(Json::Object(sections)) = serde_json::to_value(Config::default()) else {
        return BTreeMap::new();
    };
    let keys = |section: Json| match section {
        Json::Object(keys) => keys.into_iter().map(|(key, _)| key).collect(),
        _ => Vec::new(),
    };
    sections
        .into_iter()
        .map(|(name, section)| (name, keys(section)))
        .collect()
}

impl Layers {
    pub(super) fn add_file(&mut self, path: &Path) -> Result<(), LoadError> {
        let bytes = fs::read(path).map_err(|source| LoadError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        self.add_text(path, &bytes);
        Ok(())
    }

    /// Adds what a file says.
    pub(super) fn add_text(&mut self, path: &Path, bytes: &[u8]) {
        let origin_at = |text: &[u8], offset: usize| Origin::File {
            path: path.to_owned(),
            line: 1 + text.iter().take(offset).filter(|byte| **byte == b'\n').count(),
        };
        let text = match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let origin = origin_at(bytes, error.valid_up_to());
                return self.mistake(origin, Problem::Syntax("not UTF-8".to_owned()));
            }
        };
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            for error in errors {
                let offset = error.span().map_or(text.len(), |span| span.start);
                let problem = Problem::Syntax(error.message().to_owned());
                self.mistake(origin_at(bytes, offset), problem);
            }
            return;
        }
        for (name, section) in document.into_inner() {
            let origin = origin_at(bytes, name.span().start);
            self.add_section(&name.into_inner(), section.into_inner(), &origin, &|offset| {
                origin_at(bytes, offset)
            });
        }
    }

    fn add_section(
        &mut self,
        name: &str,
        section: DeValue<'_>,
        origin: &Origin,
        origin_at: &dyn Fn(usize) -> Origin,
    ) {
        let is_known = self.known.contains_key(name);
        match section {
            DeValue::Table(keys) if is_known => {
                for (key, value) in keys {
                    let origin = origin_at(key.span().start);
                    self.add_written(name, &key.into_inner(), value, origin);
                }
            }
            _ if is_known => self.mistake(origin.clone(), Problem::NotASection(name.to_owned())),
            _ => self.unknown_section(name, origin.clone()),
        }
    }

    fn add_written(&mut self, section: &str, key: &str, value: Spanned<DeValue<'_>>, origin: Origin) {
        match Value::deserialize(value.into_deserializer()) {
            // A time of day without quotes is TOML's own, and means the same.
            Ok(Value::Datetime(time)) => self.add(section, key, &[Value::String(time.to_string())], origin),
            Ok(value) => self.add(section, key, &[value], origin),
            Err(error) => self.mistake(origin, refused(section, key, error.message())),
        }
    }

    /// Adds the variables that are called `RELAIS_<SECTION>_<KEY>`. An empty one is as good as none.
    pub(super) fn add_environment(&mut self, variables: &[(String, String)]) {
        for (variable, value) in variables.iter().filter(|(_, value)| !value.is_empty()) {
            let Some(name) = variable.strip_prefix("RELAIS_") else {
                continue;
            };
            let name = name.to_ascii_lowercase();
            let Some((section, key)) = name.split_once('_') else {
                continue;
            };
            let origin = Origin::Environment(variable.clone());
            if self.known.contains_key(section) {
                self.add(section, key, &readings(value), origin);
            } else if self.nearest_section(section).is_some() {
                self.unknown_section(section, origin);
            }
        }
    }

    /// Adds what was given on the command line.
    pub(super) fn add_flags(&mut self, flags: &[Setting]) {
        for Setting { section, key, value } in flags {
            let origin = Origin::Flag(format!("{section}.{key}"));
            if self.known.contains_key(section) {
                self.add(section, key, &readings(value), origin);
            } else {
                self.unknown_section(section, origin);
            }
        }
    }

    /// The whole, or all that is wrong with it.
    pub(super) fn into_config(self) -> Result<(Config, Origins), Mistakes> {
        if !self.mistakes.is_empty() {
            return Err(Mistakes::new(self.mistakes));
        }
        let mut document = toml::Table::new();
        let mut origins = Origins::new();
        for ((section, key), (value, origin)) in self.values {
            origins.insert(format!("{section}.{key}"), origin);
            let section = document
                .entry(section)
                .or_insert_with(|| Value::Table(toml::Table::new()));
            if let Value::Table(section) = section {
                section.insert(key, value);
            }
        }
        // Each value was read by itself, so this can only fail if two of them did together.
        match Config::deserialize(Value::Table(document)) {
            Ok(config) => Ok((config, origins)),
            Err(error) => Err(Mistakes::new(vec![Mistake {
                origin: Origin::Default,
                problem: Problem::Syntax(error.message().to_owned()),
            }])),
        }
    }

    /// Adds a setting by the first of its readings that has the right form.
    fn add(&mut self, section: &str, key: &str, readings: &[Value], origin: Origin) {
        let keys = self.known.get(section).map_or(&[][..], Vec::as_slice);
        if !keys.iter().any(|known| known == key) {
            let problem = self.unknown_key(section, key);
            return self.mistake(origin, problem);
        }
        let mut refusals = readings.iter().map(|value| (value, refusal(section, key, value)));
        if let Some((value, _)) = refusals.clone().find(|(_, refusal)| refusal.is_none()) {
            let place = (section.to_owned(), key.to_owned());
            self.values.insert(place, (value.clone(), origin));
        } else if let Some((_, Some(refusal))) = refusals.next() {
            self.mistake(origin, refused(section, key, &refusal));
        }
    }

    fn mistake(&mut self, origin: Origin, problem: Problem) {
        self.mistakes.push(Mistake { origin, problem });
    }

    fn nearest_section(&self, section: &str) -> Option<&str> {
        text::nearest(section, self.known.keys().map(String::as_str))
    }

    fn unknown_section(&mut self, section: &str, origin: Origin) {
        let names = || self.known.keys().map(String::as_str).collect::<Vec<_>>();
        let holder = self
            .known
            .iter()
            .find(|(_, keys)| keys.iter().any(|key| key == section));
        let hint = match (self.nearest_section(section), holder) {
            (Some(nearest), _) => format!("did you mean `{nearest}`?"),
            (None, Some((holder, _))) => format!("did you mean the key `{section}` of `{holder}`?"),
            (None, None) => format!("the sections are {}", names().join(", ")),
        };
        let section = section.to_owned();
        self.mistake(origin, Problem::UnknownSection { section, hint });
    }

    fn unknown_key(&self, section: &str, key: &str) -> Problem {
        let keys = |section| self.known.get(section).map_or(&[][..], Vec::as_slice);
        let nearest = text::nearest(key, keys(section).iter().map(String::as_str));
        let elsewhere = self
            .known
            .iter()
            .find(|(_, keys)| keys.iter().any(|known| known == key));
        let hint = match (nearest, elsewhere) {
            (Some(nearest), _) => format!("did you mean `{nearest}`?"),
            (None, Some((other, _))) => format!("did you mean `{other}.{key}`?"),
            (None, None) => format!("the keys of `{section}` are {}", keys(section).join(", ")),
        };
        Problem::UnknownKey {
            key: format!("{section}.{key}"),
            hint,
        }
    }
}

fn refused(section: &str, key: &str, refusal: &str) -> Problem {
    Problem::Value {
        key: format!("{section}.{key}"),
        refusal: refusal.to_owned(),
    }
}

/// Why a configuration with this setting alone cannot be read, if it cannot.
fn refusal(section: &str, key: &str, value: &Value) -> Option<String> {
    let keys = toml::Table::from_iter([(key.to_owned(), value.clone())]);
    let document = toml::Table::from_iter([(section.to_owned(), Value::Table(keys))]);
    let error = Config::deserialize(Value::Table(document)).err()?;
    Some(error.message().to_owned())
}

/// What a text outside a file may mean: itself, or the TOML value that it writes.
fn readings(text: &str) -> Vec<Value> {
    let itself = Value::String(text.to_owned());
    let written = DeValue::parse(text)
        .ok()
        .and_then(|value| Value::deserialize(value.into_deserializer()).ok());
    let is_compound = matches!(written, Some(Value::Array(_) | Value::Table(_)));
    let mut readings = vec![itself];
    readings.extend(written);
    if is_compound {
        readings.reverse();
    }
    readings
}
