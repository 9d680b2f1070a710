use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use proptest::{collection::vec, option, prelude::*, sample::select};
use secrecy::ExposeSecret;
use serde_json::{Value as Json, json};

use super::{
    layers::{Layers, known_keys},
    *,
};

const SAMPLE: &str = include_str!("../../deploy/relais.toml");

/// What a text is read as.
fn read(text: &str) -> Result<Config, Mistakes> {
    let mut layers = Layers::default();
    layers.add_text(Path::new("relais.toml"), text.as_bytes());
    layers.into_config().map(|(config, _)| config)
}

/// What is wrong with a text, a line each.
fn mistakes(text: &str) -> Vec<String> {
    read(text).unwrap_err().iter().map(ToString::to_string).collect()
}

fn with_environment(variables: &[(&str, &str)]) -> Result<Config, Mistakes> {
    let mut layers = Layers::default();
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    layers.add_environment(&variables.iter().map(owned).collect::<Vec<_>>());
    layers.into_config().map(|(config, _)| config)
}

fn written(config: &Config) -> Json {
    serde_json::to_value(config).unwrap()
}

#[test]
fn an_empty_file_is_a_configuration() {
    assert_eq!(written(&read("").unwrap()), written(&Config::default()));
    assert_eq!(
        Config::default().organisation.time_zone.iana_name(),
        Some("America/Montreal")
    );
}

#[test]
fn every_mistake_is_named_with_its_place_and_the_nearest_right_thing() {
    let text = r#"
name = "Comité"
[organisation]
time_zon = "Europe/Paris"
time_zone = "Europe/Pari"
default_language = "de"
first_admin = { platform = "matriks", account = "@marie:example.org" }
[sumary]
day = "monday"
[summary]
day = "lundi"
time = 9
mastodon_server = "piaille.fr"
[share]
mastodon_server = "https://piaille.fr/"
[web]
listen = "localhost"
[log]
format = "xml"
filter = "verbose"
colour = true
"#;
    assert_eq!(
        mistakes(text),
        [
            "relais.toml:2: unknown section `name`: did you mean the key `name` of `organisation`?",
            "relais.toml:4: unknown key `organisation.time_zon`: did you mean `time_zone`?",
            "relais.toml:5: `organisation.time_zone`: no time zone is named \"Europe/Pari\": did you mean \"Europe/Paris\"?; \
             wanted the name of a time zone, such as \"America/Montreal\" or \"Europe/Paris\"",
            "relais.toml:6: `organisation.default_language`: unknown variant `de`, expected `fr` or `en`",
            "relais.toml:7: `organisation.first_admin`: unknown platform \"matriks\": did you mean \"matrix\"?",
            "relais.toml:8: unknown section `sumary`: did you mean `summary`?",
            "relais.toml:11: `summary.day`: \"lundi\" is no day of the week; wanted a day of the week: \"monday\" to \"sunday\"",
            "relais.toml:12: `summary.time`: invalid type: integer `9`, expected a time of day in hours and minutes, such as \"09:00\"",
            "relais.toml:13: unknown key `summary.mastodon_server`: did you mean `share.mastodon_server`?",
            "relais.toml:15: `share.mastodon_server`: \"https://piaille.fr/\" is no name of a server; \
             wanted the name of a server alone, such as \"piaille.fr\"",
            "relais.toml:17: `web.listen`: \"localhost\" is no address with a port; \
             wanted an address and a port, such as \"127.0.0.1:8790\"",
            "relais.toml:19: `log.format`: unknown variant `xml`, expected `text` or `json`",
            "relais.toml:20: `log.filter`: \"verbose\" is no level; \
             wanted levels by part, such as \"info\" or \"info,relais::delivery=debug\"",
            "relais.toml:21: unknown key `log.colour`: the keys of `log` are filter, format",
        ]
    );
}

#[test]
fn what_is_no_toml_is_said_by_line() {
    assert_eq!(mistakes("[log]\nformat = \n[web\n").len(), 2);
    assert!(mistakes("[log]\nformat = \n")[0].starts_with("relais.toml:2: this is no TOML: "));
    assert!(mistakes("[log]\nformat = 'text'\nformat = 'json'\n")[0].starts_with("relais.toml:3: "));
    assert_eq!(
        mistakes("[[web]]\n"),
        ["relais.toml:1: `web` is a section: its keys stand under a line `[web]`"]
    );
    let mut layers = Layers::default();
    layers.add_text(Path::new("relais.toml"), b"[log]\nformat = '\xff'");
    let mistakes = layers.into_config().unwrap_err();
    assert!(
        mistakes
            .to_string()
            .ends_with("relais.toml:2: this is no TOML: not UTF-8")
    );
}

#[test]
fn forgiving_where_nothing_else_can_be_meant() {
    assert!(read("\u{FEFF}[log]\r\nformat = 'json'\r\n").is_ok());
    let config =
        read("[summary]\nday = 'Sunday'\ntime = 18:30\n[organisation]\nname = ' Comité \t logement '")
            .unwrap();
    assert_eq!(
        written(&config)["summary"],
        json!({ "day": "sunday", "time": "18:30" })
    );
    assert_eq!(config.organisation.name, "Comité   logement");
}

#[test]
fn databases() {
    let of = |url: &str| read(&format!("[database]\nurl = '{url}'")).map(|config| config.database.url);
    let url = of("sqlite:///var/lib/relais/relais.db").unwrap();
    assert_eq!(url.engine(), Engine::Sqlite);
    assert_eq!(url.sqlite_path(), Some(Path::new("/var/lib/relais/relais.db")));
    let url = of("postgres://relais@localhost/relais").unwrap();
    assert_eq!((url.engine(), url.sqlite_path()), (Engine::Postgres, None));
    for wrong in [
        "",
        "relais.db",
        "sqlite://",
        "sqlite://:memory:",
        "sqlite://a.db?mode=ro",
        "mysql://localhost/relais",
        "postgres://relais:hunter2@localhost/relais",
        "postgres://localhost/relais?password=hunter2",
    ] {
        let mistakes = of(wrong).unwrap_err().to_string();
        assert!(mistakes.contains("relais.toml:2: `database.url`: "), "{mistakes}");
        assert!(!mistakes.contains("hunter2"), "{mistakes}");
    }
}

#[test]
fn the_environment_goes_before_the_file_and_flags_before_both() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relais.toml");
    fs::write(
        &file,
        "[log]\nformat = 'json'\nfilter = 'warn'\n[summary]\nday = 'friday'",
    )
    .unwrap();
    let sources = Sources {
        file: Some(file),
        environment: vec![
            ("RELAIS_LOG_FILTER".to_owned(), "error".to_owned()),
            ("RELAIS_SUMMARY_DAY".to_owned(), "tuesday".to_owned()),
            ("RELAIS_LOG_FORMAT".to_owned(), String::new()),
        ],
        flags: vec!["summary.day=sunday".parse().unwrap()],
        credentials: None,
    };
    let loaded = load(&sources).unwrap();
    assert_eq!(
        written(&loaded.config)["log"],
        json!({ "format": "json", "filter": "error" })
    );
    assert_eq!(written(&loaded.config)["summary"]["day"], "sunday");
    assert_eq!(loaded.warnings, [Warning::NoFirstAdmin]);
}

#[test]
fn the_environment_holds_every_form_and_its_mistakes_are_named() {
    let admin = r#"{ platform = "matrix", account = "@marie:example.org" }"#;
    let config = with_environment(&[
        ("RELAIS_ORGANISATION_FIRST_ADMIN", admin),
        ("RELAIS_ORGANISATION_NAME", "1234"),
        ("RELAIS_TEST_DATA", "/somewhere"),
        ("RELAIS_CONFIG", "/etc/relais.toml"),
        ("HOME", "/root"),
    ])
    .unwrap();
    assert_eq!(config.organisation.first_admin[0].account, "@marie:example.org");
    assert_eq!(config.organisation.name, "1234");
    let wrong = with_environment(&[
        ("RELAIS_LOG_FROMAT", "json"),
        ("RELAIS_DATABSE_URL", "x"),
        ("RELAIS_SUMMARY_TIME", "25"),
    ]);
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "the configuration has 3 mistakes:\n  \
         RELAIS_DATABSE_URL: unknown section `databse`: did you mean `database`?\n  \
         RELAIS_LOG_FROMAT: unknown key `log.fromat`: did you mean `format`?\n  \
         RELAIS_SUMMARY_TIME: `summary.time`: \"25\" is no time of day; \
         wanted a time of day in hours and minutes, such as \"09:00\""
    );
}

/// A configuration for PostgreSQL whose password is in a file of this name and mode, in one of the two places.
fn load_with_password(in_credentials: Option<&str>, mode: u32, content: &str) -> Result<Loaded, LoadError> {
    let folder = tempfile::tempdir().unwrap();
    let credentials = folder.path().join("credentials");
    fs::create_dir(&credentials).unwrap();
    let file = folder.path().join("relais.toml");
    fs::write(
        &file,
        "[database]\nurl = 'postgres://relais@localhost/relais'\npassword_file = 'password'",
    )
    .unwrap();
    let password = folder.path().join("password");
    fs::write(&password, content).unwrap();
    fs::set_permissions(&password, fs::Permissions::from_mode(mode)).unwrap();
    if let Some(content) = in_credentials {
        fs::write(credentials.join("password"), content).unwrap();
        fs::set_permissions(credentials.join("password"), fs::Permissions::from_mode(0o400)).unwrap();
    }
    load(&Sources {
        file: Some(file),
        credentials: Some(credentials),
        ..Sources::default()
    })
}

#[test]
fn a_secret_comes_from_its_file_and_is_never_printed() {
    let loaded = load_with_password(None, 0o600, "hunter2 é\n").unwrap();
    let url = loaded.config.database.connection_url();
    assert_eq!(
        url.expose_secret(),
        "postgres://relais:hunter2%20%C3%A9@localhost/relais"
    );
    for shown in [
        format!("{loaded:?}"),
        format!("{url:?}"),
        written(&loaded.config).to_string(),
    ] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    assert_eq!(loaded.warnings, [Warning::NoFirstAdmin]);
}

#[test]
fn a_systemd_credential_goes_before_a_file_beside_the_configuration() {
    let loaded = load_with_password(Some("from systemd\n"), 0o644, "from file\n").unwrap();
    let url = loaded.config.database.connection_url();
    assert_eq!(
        url.expose_secret(),
        "postgres://relais:from%20systemd@localhost/relais"
    );
}

#[test]
fn an_open_or_empty_or_missing_secret_is_said() {
    let open = load_with_password(None, 0o644, "hunter2\n").unwrap();
    assert!(matches!(&open.warnings[0], Warning::WorldReadable { path, .. } if path.ends_with("password")));
    let empty = load_with_password(None, 0o600, "\n").unwrap_err().to_string();
    assert!(
        empty.contains("relais.toml:3: `database.password_file`: ") && empty.ends_with("is empty"),
        "{empty}"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relais.toml");
    for (text, refusal) in [
        (
            "[database]\npassword_file = 'none'",
            "only a `database.url` of the form",
        ),
        (
            "[database]\npassword_file = 'none'\nurl = 'postgres://localhost/relais'",
            "cannot be read",
        ),
    ] {
        fs::write(&file, text).unwrap();
        let sources = Sources {
            file: Some(file.clone()),
            ..Sources::default()
        };
        let mistakes = load(&sources).unwrap_err().to_string();
        assert!(
            mistakes.contains("relais.toml:2: ") && mistakes.contains(refusal),
            "{mistakes}"
        );
    }
}

/// The sample's line for each key: `#key = default`, or `#key =` where the default is none.
fn commented_defaults() -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut defaults = Vec::new();
    for line in SAMPLE.lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
        }
        let setting = line
            .strip_prefix('#')
            .filter(|rest| !rest.starts_with([' ', '#']));
        if let Some((key, value)) = setting.and_then(|setting| setting.split_once('=')) {
            defaults.push((section.clone(), key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    defaults
}

#[test]
fn the_sample_holds_every_key_with_its_default() {
    assert_eq!(written(&read(SAMPLE).unwrap()), written(&Config::default()));

    let defaults = commented_defaults();
    let mut sampled: Vec<_> = defaults
        .iter()
        .map(|(section, key, _)| (section.clone(), key.clone()))
        .collect();
    sampled.sort();
    let known: Vec<_> = known_keys()
        .into_iter()
        .flat_map(|(section, keys)| keys.into_iter().map(move |key| (section.clone(), key)))
        .collect();
    assert_eq!(sampled, known, "deploy/relais.toml and the types differ");

    let types = written(&Config::default());
    for (section, key, value) in defaults {
        let default = &types[&section][&key];
        if value.is_empty() {
            assert_eq!(default, &Json::Null, "{section}.{key}");
        } else {
            let table: toml::Table = toml::from_str(&format!("{key} = {value}")).unwrap();
            assert_eq!(
                &serde_json::to_value(&table[&key]).unwrap(),
                default,
                "{section}.{key}"
            );
        }
    }
}

#[test]
fn the_examples_of_the_sample_hold() {
    let mut section = "";
    for line in SAMPLE.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let example = line.strip_prefix("# ").filter(|rest| {
            rest.split_once(" = ")
                .is_some_and(|(key, _)| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        });
        if let Some(example) = example {
            read(&format!("{section}\n{example}")).unwrap();
        }
    }
}

fn configurations() -> impl Strategy<Value = Config> {
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let admin = prop_oneof![
        "@[a-z]{1,8}:[a-z]{1,8}\\.org".prop_map(|account| ("matrix", account)),
        any::<u64>().prop_map(|account| ("discord", account.to_string())),
    ]
    .prop_map(|(platform, account)| json!({ "platform": platform, "account": account }));
    let organisation = (
        "[a-zé«»\"'\\\\#=]{1,20}",
        select(names),
        select(vec!["fr", "en"]),
        vec(admin, 0..3),
    );
    let database = prop_oneof![
        "sqlite://[a-z/]{0,10}[a-z\"' ]{1,5}",
        "postgres://[a-z]{1,5}@[a-z]{1,5}/[a-z]{1,5}",
    ];
    let summary = (select(vec!["monday", "sunday"]), 0..24_u8, 0..60_u8);
    let rest = (
        option::of("[a-z]{1,9}\\.(fr|social)"),
        any::<std::net::SocketAddr>(),
        select(vec!["text", "json"]),
        select(vec!["trace", "info,relais=debug", "relais::delivery=warn"]),
    );
    (organisation, database, summary, rest).prop_map(|(organisation, url, summary, rest)| {
        let (name, time_zone, default_language, first_admin) = organisation;
        let (mastodon_server, listen, format, filter) = rest;
        serde_json::from_value(json!({
            "organisation": { "name": name, "time_zone": time_zone, "default_language": default_language, "first_admin": first_admin },
            "database": { "url": url },
            "summary": { "day": summary.0, "time": format!("{:02}:{:02}", summary.1, summary.2) },
            "share": mastodon_server.map_or_else(|| json!({}), |name| json!({ "mastodon_server": name })),
            "web": { "listen": listen.to_string() },
            "log": { "format": format, "filter": filter },
        }))
        .unwrap()
    })
}

proptest! {
    #[test]
    fn a_configuration_written_is_the_one_read(config in configurations()) {
        let text = toml::to_string(&config).unwrap();
        prop_assert_eq!(written(&read(&text).unwrap()), written(&config), "{}", text);
    }

    #[test]
    fn reading_is_total(text in "\\PC*|(\\[?[a-z]{1,12}\\]?[ =.\n\"']{0,3}){0,12}") {
        let _ = read(&text).map_err(|mistakes| mistakes.to_string());
    }

    #[test]
    fn every_broken_line_of_the_sample_is_found(line in 0..commented_defaults().len(), value in "[a-z]{3,9} [a-z]{3,9}|-7|\\{\\}|\\[1\\]") {
        let (section, key, _) = &commented_defaults()[line];
        let setting = format!("{section}.{key}={value}").parse().unwrap();
        let mut layers = Layers::default();
        layers.add_flags(&[setting]);
        // Either the value has the form, or the key is named.
        if let Err(mistakes) = layers.into_config() {
            let named = format!("`{section}.{key}`");
            prop_assert!(mistakes.to_string().contains(&named), "{}", mistakes);
        }
    }

    #[test]
    fn the_environment_is_total(name in "RELAIS_[A-Z_]{0,20}", value in "\\PC*") {
        let _ = with_environment(&[(&name, &value)]);
    }
}
