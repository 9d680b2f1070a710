//! Which string literals look like something that a person reads, and which like SQL.

use super::{
    is_in,
    rust::{Frame, Literal, Source},
};

/// What logs, breaks off or asserts: read by operators and developers, in English.
const FOR_OPERATORS: [&str; 24] = [
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "event",
    "span",
    "trace_span",
    "debug_span",
    "info_span",
    "warn_span",
    "error_span",
    "panic",
    "unreachable",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "anyhow",
    "bail",
    "ensure",
    "concat",
    "env",
];

/// What puts words into a chain of failures.
const IN_FAILURES: [&str; 4] = ["context", "with_context", "expect", "expect_err"];

/// Modules whose words are for whoever operates the process: like `--help` and the log they are in English.
const OPERATORS_MODULES: [&str; 2] = ["src/cli", "src/config"];

/// The demo has an organisation of its own, whose words are no operator's.
const PEOPLE_IN_CLI: &str = "src/cli/demo";

/// Where the demo's imaginary people type commands, which begin with `/` and which nobody reads.
const TYPED: &str = "src/cli/demo";

/// Literals that look like words and are none, with the reason. An entry that is no longer found fails the test too.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    (
        "src/i18n/format.rs",
        "1ᵉʳ",
        "the first of a month, as French writes its number",
    ),
    (
        "src/store/batch.rs",
        "{separator}column{} AS {name}",
        "a piece of SQL",
    ),
    (
        "src/store/batch.rs",
        ") AS filled WHERE column1 IS NOT NULL) AS batch",
        "a piece of SQL",
    ),
];

/// The literals that look like sentences and stand where people, not operators, would read them.
pub(super) fn for_people(source: &Source) -> Vec<String> {
    let is_test = source.path.ends_with("/tests.rs") || source.path.contains("/tests/");
    let is_for_operators = OPERATORS_MODULES.iter().any(|module| is_in(&source.path, module));
    if is_test || (is_for_operators && !is_in(&source.path, PEOPLE_IN_CLI)) {
        return Vec::new();
    }
    let in_store = is_in(&source.path, "src/store");
    let read = source.literals.iter().filter(|literal| looks_read(&literal.text));
    let is_typed = |literal: &Literal| is_in(&source.path, TYPED) && literal.text.starts_with('/');
    let exempt = |literal: &Literal| {
        is_exempt(literal) || is_typed(literal) || (in_store && is_sql_fragment(&literal.text))
    };
    let excepted: Vec<&str> = EXCEPTIONS
        .iter()
        .filter(|(path, ..)| *path == source.path)
        .map(|(_, text, _)| *text)
        .collect();
    let mut found: Vec<String> = read
        .filter(|literal| !exempt(literal) && !excepted.contains(&literal.text.as_str()))
        .map(|literal| format!("{}:{}: {:?}", source.path, literal.line, literal.text))
        .collect();
    let is_gone = |text: &&str| !source.literals.iter().any(|literal| literal.text == *text);
    found.extend(
        excepted
            .into_iter()
            .filter(is_gone)
            .map(|text| format!("{}: {text:?} is excepted and gone", source.path)),
    );
    found
}

fn is_exempt(literal: &Literal) -> bool {
    literal
        .constant
        .as_deref()
        .is_some_and(|name| name.ends_with("HELP"))
        || literal.inside.iter().any(|frame| match frame {
            Frame::Attribute | Frame::Test => true,
            Frame::Macro(name) => FOR_OPERATORS.contains(&name.as_str()),
            Frame::Call(name) => IN_FAILURES.contains(&name.as_str()),
            Frame::Bracket => false,
        })
}

/// Three words in a row, or a letter that English does not have. The sign of `nº` is no letter, though Unicode says so.
fn looks_read(text: &str) -> bool {
    let text = without_placeholders(text);
    let chars: Vec<char> = text.chars().collect();
    let gaps = (1..chars.len().saturating_sub(1))
        .filter(|at| chars[*at] == ' ' && chars[at - 1].is_alphabetic() && chars[at + 1].is_alphabetic())
        .count();
    gaps >= 2
        || chars
            .iter()
            .any(|c| c.is_alphabetic() && !c.is_ascii() && *c != 'º')
}

/// The text with a letter for each `{…}` of a format.
fn without_placeholders(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        plain.push('x');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    plain + rest
}

/// The first words of statements and of their parts.
const SQL: [&str; 34] = [
    "select",
    "insert",
    "update",
    "delete",
    "with",
    "pragma",
    "begin",
    "create",
    "drop",
    "vacuum",
    "where",
    "order",
    "and",
    "or",
    "from",
    "join",
    "left",
    "on",
    "values",
    "union",
    "limit",
    "group",
    "having",
    "case",
    "set",
    "returning",
    "savepoint",
    "rollback",
    "commit",
    "attach",
    "alter",
    "analyze",
    "explain",
    "truncate",
];

fn is_sql_fragment(text: &str) -> bool {
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    SQL.contains(&first.trim_start_matches('('))
}

/// Statements that stand outside the store.
pub(super) fn sql_outside_the_store(source: &Source) -> Vec<String> {
    if is_in(&source.path, "src/store") {
        return Vec::new();
    }
    let is_statement = |text: &str| {
        let text = text.to_ascii_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let has = |word: &str| words.contains(&word);
        match words.first() {
            Some(&("select" | "delete")) => has("from"),
            Some(&("insert" | "replace")) => has("into"),
            Some(&"update") => has("set"),
            Some(&"pragma") => true,
            Some(&("create" | "drop" | "alter")) => has("table") || has("index"),
            _ => false,
        }
    };
    source
        .literals
        .iter()
        .filter(|literal| is_statement(&literal.text) && !literal.inside.contains(&Frame::Attribute))
        .map(|literal| {
            format!(
                "{}:{}: SQL stands in src/store alone: {:?}",
                source.path, literal.line, literal.text
            )
        })
        .collect()
}

#[test]
fn a_planted_sentence_is_found_and_nothing_else() {
    let text = r#"
        #[error("this is an error")]
        struct Wrong;
        const AFTER_HELP: &str = "This helps the operator.";
        fn f(name: &str) -> anyhow::Result<String> {
            tracing::warn!(name, "the room is gone");
            read(name).with_context(|| format!("reading the room {name}"))?;
            let style = "fill:none;stroke:#000";
            let code = "not-today";
            let two = "only two";
            let path = "M 10 10 L 20 20 Z";
            let policy = "default-src 'none'; img-src data:";
            let proper = "LinkedIn";
            let number = text.strip_prefix("nº");
            Ok(format!("{name} was added to {}", "« Écrire »"))
        }
        #[cfg(test)]
        mod tests {
            const STORY: &str = "Trois familles ont reçu un avis";
        }
    "#;
    let found = for_people(&Source::read("src/command/room.rs", text));
    assert_eq!(
        found,
        [
            "src/command/room.rs:15: \"{name} was added to {}\"",
            "src/command/room.rs:15: \"« Écrire »\"",
        ]
    );
    assert_eq!(for_people(&Source::read("src/cli/run.rs", text)), [""; 0]);
    assert_eq!(for_people(&Source::read("src/cli/demo/crowd.rs", text)).len(), 2);
}

#[test]
fn sql_may_stand_in_the_store_and_sentences_may_not() {
    let text = r#"fn f() { q("SELECT id, title FROM ask WHERE id = $1"); q(" order by closes_at desc limit 1"); q("the ask is closed") }"#;
    let found = for_people(&Source::read("src/store/ask.rs", text));
    assert_eq!(found, ["src/store/ask.rs:1: \"the ask is closed\""]);
}

#[test]
fn an_exception_that_is_gone_is_found() {
    let found = for_people(&Source::read("src/i18n/format.rs", "fn f() {}"));
    assert_eq!(found, ["src/i18n/format.rs: \"1ᵉʳ\" is excepted and gone"]);
}
