//! What holds the house up, checked on the tree itself: which word may stand in which module, where text for people may stand,
//! and how each language is typeset. Each check is tried on a planted error too, since a check that cannot fail says nothing.

mod fluent;
mod quoted;
mod rust;
mod sentence;
mod typography;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent::Locale;
use rust::Source;

/// The names under `root` that end so, with what they hold.
fn files(folder: &str, extension: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let paths = entries.map(|entry| entry.unwrap().path());
        let (inner, plain): (Vec<PathBuf>, Vec<PathBuf>) = paths.partition(|path| path.is_dir());
        folders.extend(inner);
        for path in plain
            .into_iter()
            .filter(|path| path.extension().is_some_and(|e| e == extension))
        {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    assert!(!found.is_empty(), "{folder} holds no .{extension}");
    found
}

fn sources() -> Vec<Source> {
    files("src", "rs")
        .iter()
        .map(|(path, text)| Source::read(path, text))
        .collect()
}

fn locale(language: &str) -> Locale {
    Locale::read(&files(&format!("locales/{language}"), "ftl"))
}

/// Whether a path is that of a module: `src/store` is `src/store.rs` and all in `src/store/`.
fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

fn none(found: impl IntoIterator<Item = String>, rule: &str) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

/// What may stand in one module alone.
const AT_HOME: [(&str, &[&str]); 4] = [
    ("src/store", &["sqlx"]),
    (
        "src/i18n",
        &["fluent_typed", "fluent_bundle", "L10n", "L10nLanguage"],
    ),
    ("src/chat/discord", &["serenity"]),
    ("src/chat/matrix", &["matrix_sdk"]),
];

fn strangers(source: &Source) -> Vec<String> {
    AT_HOME
        .iter()
        .filter(|(home, _)| !is_in(&source.path, home))
        .flat_map(|(home, names)| names.iter().map(move |name| (home, name)))
        .flat_map(|(home, name)| {
            let at = |line| format!("{}:{line}: `{name}` stands in {home} alone", source.path);
            source.lines_of(name).map(at).collect::<Vec<_>>()
        })
        .collect()
}

/// What the domain must not name: platforms, databases, waiting, and ambient time and chance.
const NOT_IN_DOMAIN: [&str; 15] = [
    "tokio",
    "sqlx",
    "serenity",
    "matrix_sdk",
    "axum",
    "async",
    "await",
    "SystemTime",
    "Instant",
    "OsRng",
    "thread_rng",
    "rng",
    "random",
    "fs",
    "env",
];

fn impurities(source: &Source) -> Vec<String> {
    let named = NOT_IN_DOMAIN.iter().flat_map(|name| {
        let at = move |line| format!("{}:{line}: `{name}` in the domain", source.path);
        source.lines_of(name).map(at)
    });
    let called = source
        .lines_of_path(&["Timestamp", "now"])
        .chain(source.lines_of_path(&["Zoned", "now"]));
    let called = called.map(|line| format!("{}:{line}: `now` is an argument in the domain", source.path));
    named.chain(called).collect()
}

#[test]
fn the_domain_is_pure() {
    let domain = sources()
        .into_iter()
        .filter(|source| is_in(&source.path, "src/domain"));
    none(
        domain.flat_map(|source| impurities(&source)),
        "the domain is pure",
    );

    let planted = Source::read(
        "src/domain/ask.rs",
        "//! No tokio here.\nuse jiff::Timestamp; // sqlx\nasync fn f() {\n    Timestamp::now();\n}",
    );
    assert_eq!(
        impurities(&planted),
        [
            "src/domain/ask.rs:3: `async` in the domain",
            "src/domain/ask.rs:4: `now` is an argument in the domain",
        ]
    );
}

#[test]
fn sql_fluent_and_the_platforms_stay_at_home() {
    let sources = sources();
    let mut found: Vec<String> = sources.iter().flat_map(strangers).collect();
    found.extend(sources.iter().flat_map(sentence::sql_outside_the_store));
    none(found, "each has one home");

    let planted = Source::read(
        "src/summary.rs",
        "use sqlx::Row; /* serenity */ fn f() { f(\"select 1\"); f(r#\"SELECT \"id\" FROM ask\"#) }",
    );
    assert_eq!(
        strangers(&planted),
        ["src/summary.rs:1: `sqlx` stands in src/store alone"]
    );
    assert_eq!(
        sentence::sql_outside_the_store(&planted),
        ["src/summary.rs:1: SQL stands in src/store alone: \"SELECT \\\"id\\\" FROM ask\""]
    );
    for (path, text) in [
        ("src/store/ask.rs", "use sqlx::Row;"),
        ("src/chat/discord.rs", "use serenity::all::Http;"),
        ("src/cli/log.rs", "const QUIET: &str = \"sqlx::query=off\";"),
    ] {
        assert_eq!(strangers(&Source::read(path, text)), [""; 0], "{path}");
    }
}

#[test]
fn no_text_for_people_stands_in_rust() {
    none(
        sources().iter().flat_map(sentence::for_people),
        "text for people is in locales/, not in Rust",
    );
}

#[test]
fn french_is_typeset() {
    none(locale("fr").mistakes(typography::french), "locales/fr");
}

#[test]
fn english_is_typeset() {
    none(locale("en").mistakes(typography::english), "locales/en");
}

#[test]
fn a_command_that_is_quoted_stands_after_the_prefix() {
    for language in ["en", "fr"] {
        let found = quoted::without_prefix(&locale(language));
        // The page quotes commands for a private conversation alone, where they need no prefix, and no adapter reads its words.
        let found = found
            .into_iter()
            .filter(|found| !found.starts_with(&format!("locales/{language}/page.ftl")));
        none(found, language);
    }
}

#[test]
fn both_languages_hold_the_same_messages_with_the_same_variables() {
    none(differences(&locale("en"), &locale("fr")), "the languages differ");

    let planted = |text: &str| Locale::read(&BTreeMap::from([("planted.ftl".to_owned(), text.to_owned())]));
    let english = planted("a = { $who } said { $what }\nb = Yes\n    .label = { $n }\n-c = Relais\n");
    assert_eq!(differences(&english, &english), [""; 0]);
    assert_eq!(
        differences(
            &english,
            &planted("a = { $who ->\n   *[one] dit\n }\nb = Oui\n-c = Relais\nd = Non\n")
        ),
        [
            "a: en has $what, $who; fr has $who",
            "b.label: only in en",
            "d: only in fr",
        ]
    );
}

#[test]
fn a_message_explains_what_it_is_given_in_the_order_in_which_it_is_given() {
    none(
        locale("en").explained_otherwise(),
        "a comment explains all variables, in the order of the text",
    );

    let planted = "# $a (String) - one.\n# $b (String) - other.\nx = { $b } and { $a }\n";
    let planted = Locale::read(&BTreeMap::from([("planted.ftl".to_owned(), planted.to_owned())]));
    assert_eq!(planted.explained_otherwise(), ["planted.ftl: x: b, a"]);
}

fn differences(english: &Locale, french: &Locale) -> Vec<String> {
    let (english, french) = (english.variables(), french.variables());
    let ids: BTreeSet<&String> = english.keys().chain(french.keys()).collect();
    let listed = |variables: &BTreeSet<String>| {
        variables
            .iter()
            .map(|name| format!("${name}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    ids.into_iter()
        .filter_map(|id| match (english.get(id), french.get(id)) {
            (Some(english), Some(french)) if english == french => None,
            (Some(english), Some(french)) => Some(format!(
                "{id}: en has {}; fr has {}",
                listed(english),
                listed(french)
            )),
            (Some(_), None) => Some(format!("{id}: only in en")),
            (None, _) => Some(format!("{id}: only in fr")),
        })
        .collect()
}

#[test]
fn both_languages_choose_a_text_by_the_same_codes() {
    none(
        choices(&locale("en"), &locale("fr")),
        "a text is chosen by a code, never by what a language calls it",
    );

    let planted = |text: &str| Locale::read(&BTreeMap::from([("planted.ftl".to_owned(), text.to_owned())]));
    let english = "a = { $by ->\n    [E-mail] by e-mail\n   *[other] on { $by }\n }\n";
    let french = "a = { $by ->\n    [Courriel] par courriel\n   *[other] sur { $by }\n }\n";
    assert_eq!(
        choices(&planted(english), &planted(french)),
        ["a: en chooses by E-mail; fr by Courriel"]
    );
    let coded = |text: &str| planted(&text.replace("Courriel", "email").replace("E-mail", "email"));
    assert_eq!(choices(&coded(english), &coded(french)), [""; 0]);
}

fn choices(english: &Locale, french: &Locale) -> Vec<String> {
    let (english, french) = (english.codes(), french.codes());
    let listed = |codes: &BTreeSet<String>| codes.iter().cloned().collect::<Vec<_>>().join(", ");
    let both = english
        .iter()
        .filter_map(|(id, codes)| Some((id, codes, french.get(id)?)));
    both.filter(|(_, english, french)| english != french)
        .map(|(id, english, french)| {
            format!(
                "{id}: en chooses by {}; fr by {}",
                listed(english),
                listed(french)
            )
        })
        .collect()
}

#[test]
fn every_message_is_said_somewhere() {
    let said: BTreeSet<String> = sources().iter().flat_map(Source::names).collect();
    none(unsaid(&locale("en"), &said), "messages that no code says");

    let planted = Locale::read(&BTreeMap::from([(
        "planted.ftl".to_owned(),
        "ask-said = { ask-shared }\nask-shared = a\nask-lost = b\n".to_owned(),
    )]));
    assert_eq!(
        unsaid(&planted, &BTreeSet::from(["ask_said".to_owned()])),
        ["ask-lost"]
    );
}

fn unsaid(locale: &Locale, said: &BTreeSet<String>) -> Vec<String> {
    let referred = locale.references();
    let is_lost = |id: &String| !said.contains(&id.replace('-', "_")) && !referred.contains(id);
    locale.messages().filter(is_lost).collect()
}
