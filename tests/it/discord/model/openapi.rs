//! Discord's own specification: each request and each answer is held against it.
//!
//! It may not be copied into the project, so it is looked for where `RELAIS_TEST_REFERENCE` says, or beside the project. Without it
//! nothing is held against anything, which is said aloud; in CI it must be there.

mod amended;
mod operations;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use super::rest::Call;
use operations::Operations;

/// Where the document is known under a name that says whose words it judges.
const REQUESTS: &str = "https://relais.test/requests";
const ANSWERS: &str = "https://relais.test/answers";

/// The specification, and what was compiled of it so far.
pub struct Specification {
    document: Value,
    operations: Operations,
    registry: Registry<'static>,
    /// By the address of the schema: a process needs few of the many that there are.
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

/// The specification, read once. None where there is none.
pub fn specification() -> Option<&'static Specification> {
    static READ: OnceLock<Option<Specification>> = OnceLock::new();
    READ.get_or_init(read).as_ref()
}

fn read() -> Option<Specification> {
    let folder = std::env::var_os("RELAIS_TEST_REFERENCE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference"),
        PathBuf::from,
    );
    let path = folder.join("discord-openapi.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        let lacking = format!("{} is not there", path.display());
        assert!(
            std::env::var_os("CI").is_none(),
            "{lacking}: in CI what is said to Discord must be checked"
        );
        eprintln!(
            "SKIPPED against Discord's specification: {lacking} (RELAIS_TEST_REFERENCE may name its folder)"
        );
        return None;
    };
    let document: Value = serde_json::from_str(&text).unwrap();
    let registry = Registry::new()
        .add(REQUESTS, amended::for_requests(document.clone()))
        .and_then(|registry| registry.add(ANSWERS, amended::for_answers(document.clone())))
        .and_then(jsonschema::RegistryBuilder::prepare)
        .unwrap();
    Some(Specification {
        operations: Operations::of(&document),
        document,
        registry,
        compiled: Mutex::default(),
    })
}

impl Specification {
    /// What is wrong with a request.
    pub fn faults_of_request(&self, call: &Call) -> Vec<String> {
        let Some(path) = self.operations.path(&call.route.steps) else {
            return vec![format!(
                "{} {}: there is no such path",
                call.route.method, call.route.template
            )];
        };
        let method = call.route.method.to_lowercase();
        let operation = &self.document["paths"][path][&method];
        let name = format!("{} {path}", call.route.method);
        if operation.is_null() {
            return vec![format!("{name}: there is no such operation")];
        }
        let mut faults = self.faults_of_query(call, (path, &method));
        let content = &operation["requestBody"]["content"];
        if content.is_object() && !call.body.is_null() {
            // The JSON of a form with files is that of a form without.
            let pointer = [
                "paths",
                path,
                &method,
                "requestBody",
                "content",
                "application/json",
                "schema",
            ];
            faults.extend(self.check((REQUESTS, &pointer), &call.body));
        } else if operation["requestBody"]["required"] == true && call.files.is_empty() {
            faults.push("it lacks a body".to_owned());
        } else if !content.is_object() && !matches!(call.body, Value::Null) && call.body != json!({}) {
            faults.push("it has a body where none belongs".to_owned());
        }
        faults
            .into_iter()
            .map(|fault| format!("{name}: {fault}"))
            .collect()
    }

    fn faults_of_query(&self, call: &Call, (path, method): (&str, &str)) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, text) in &call.query {
            let parameters = self.document["paths"][path][method]["parameters"].as_array();
            let number = parameters
                .into_iter()
                .flatten()
                .position(|one| one["name"] == **name && one["in"] == "query");
            let Some(number) = number else {
                faults.push(format!("there is no {name} in the query"));
                continue;
            };
            let number = number.to_string();
            let pointer = ["paths", path, method, "parameters", &number, "schema"];
            // A query has but texts, and `123` may be a number or an id.
            let read = serde_json::from_str(text).unwrap_or(Value::Null);
            let mut wrong = self.check((REQUESTS, &pointer), &Value::from(text.as_str()));
            if !wrong.is_empty() {
                wrong = self.check((REQUESTS, &pointer), &read);
            }
            faults.extend(wrong.into_iter().map(|fault| format!("?{name}={text}: {fault}")));
        }
        faults
    }

    /// What is wrong with an answer.
    pub fn faults_of_answer(&self, call: &Call, status: u16, body: Option<&Value>) -> Vec<String> {
        let Some(path) = self.operations.path(&call.route.steps) else {
            return Vec::new();
        };
        let method = call.route.method.to_lowercase();
        let responses = &self.document["paths"][path][&method]["responses"];
        let exact = status.to_string();
        let key = if responses.get(&exact).is_some() {
            exact.as_str()
        } else {
            "4XX"
        };
        let name = format!("the answer {status} to {} {path}", call.route.method);
        if (200..300).contains(&status) && key == "4XX" {
            return vec![format!("{name} is none of those that there are")];
        }
        let pointer: &[&str] = match responses[key]["$ref"].as_str() {
            Some(shared) => &[
                "components",
                "responses",
                shared.rsplit('/').next().unwrap_or_default(),
            ],
            None => &["paths", path, &method, "responses", key],
        };
        let has_body = !self.at(pointer)["content"]["application/json"].is_null();
        let faults = match body {
            Some(body) if has_body => self.check(
                (
                    ANSWERS,
                    &[pointer, &["content", "application/json", "schema"]].concat(),
                ),
                body,
            ),
            None if !has_body => Vec::new(),
            Some(_) => vec!["has a body where none belongs".to_owned()],
            None => vec!["lacks its body".to_owned()],
        };
        faults
            .into_iter()
            .map(|fault| format!("{name}: {fault}"))
            .collect()
    }

    fn at(&self, pointer: &[&str]) -> &Value {
        pointer.iter().fold(&self.document, |value, step| &value[*step])
    }

    /// What a schema has against a value.
    fn check(&self, (document, pointer): (&str, &[&str]), value: &Value) -> Vec<String> {
        let steps = pointer
            .iter()
            .map(|step| step.replace('~', "~0").replace('/', "~1"));
        let pointer = steps.fold(String::new(), |pointer, step| format!("{pointer}/{step}"));
        let validator = self.validator(&format!("{document}#{pointer}"));
        validator
            .iter_errors(value)
            .map(|error| {
                let said: String = error.to_string().chars().take(600).collect();
                format!("{} at {:?}", said, error.instance_path().as_str())
            })
            .collect()
    }

    fn validator(&self, address: &str) -> Arc<Validator> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = compiled.get(address) {
            return Arc::clone(validator);
        }
        // Braces stand in paths, and may not in addresses.
        let reference = address.replace('{', "%7B").replace('}', "%7D");
        let validator = jsonschema::options()
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .build(&json!({ "$ref": reference }));
        let validator = Arc::new(validator.unwrap_or_else(|error| panic!("{address}: {error}")));
        compiled.insert(address.to_owned(), Arc::clone(&validator));
        validator
    }
}
