//! What is stored about a person: exported whole, forgotten whole, and never logged.

use std::fs;

use relais::chat::{Answer, embedded::Gesture};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row, query};

use crate::{
    database::{Database, postgres, sqlite},
    desk::form_of,
    log,
    world::{World, button},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

/// Somebody whose account and name are like nothing else in the database and in the logs.
const ACCOUNT: &str = "zephyrine7431";
const NAME: &str = "Zéphyrine Quatre-Saisons";

/// The tables and columns that the schema marks as pointing at a person.
fn marked() -> Vec<(String, String)> {
    let migrations = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap();
    let schema = migrations.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let schema: String = schema.collect();
    let mut table = "";
    let mut marked = Vec::new();
    for line in schema.lines() {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            table = name.trim_end_matches(" (");
        } else if line.contains("-- PII") {
            let column = line.split_whitespace().next().unwrap();
            marked.push((table.to_owned(), column.to_owned()));
        }
    }
    assert!(marked.len() >= 15, "{marked:?}");
    marked
}

/// Somebody does all that leaves a trace: writes, approves, presses, reacts, pauses, stops everything.
async fn lives(world: &World) {
    let person = relais::chat::embedded::Person {
        id: ACCOUNT.into(),
        name: NAME.into(),
        locale: "fr-CA".into(),
        about: String::new(),
        cast: relais::chat::embedded::Cast::Lead,
    };
    world.chat.add_people([person]).await.unwrap();
    world.says(ACCOUNT, "coordination", "moi").await;
    let told = world
        .says(
            "nadia",
            "coordination",
            &format!("role grant \"{NAME}\" coordinator"),
        )
        .await;
    assert!(told.contains(NAME), "{told}");
    let ask = [
        ("kind", "call"),
        ("wording_fr", "Appelez, dit la girafe mauve."),
        ("wording_en", "Call, says the mauve giraffe."),
        ("target", "Ondine Tremblay: 514 555-0177"),
        ("date", "2026-11-23"),
        ("time", "09:00"),
        ("closes", "2026-11-24 20:00"),
    ];
    world.writes(ACCOUNT, &ask).await;
    world.writes("marc", &ask).await;
    world.says("claire", "coordination", "ask approve 1").await;
    world.says(ACCOUNT, "coordination", "action approuver 2").await;
    let form = form_of(world.answered("claire", "coordination", "ask reject 2").await);
    world
        .submits("claire", &form, &[("note", "Pas assez de girafes.")])
        .await;
    world.says(ACCOUNT, "coordination", "action approuver 2").await;
    world.says("lou", "quartier", "sentence-that-nobody-knows").await;
    world.clock_shows("2026-11-23T09:00:00-05:00");
    let (post, card) = world.sees("quartier", "Appelez avant").await;
    world.is_settled().await;
    // So that the thanks for a first reaction are still on their way.
    world.says(ACCOUNT, "coordination", "arrêt").await;
    world
        .reacts(ACCOUNT, "quartier", &post, "📭", Gesture::Give)
        .await;
    world.presses(ACCOUNT, "quartier", &button(&card, "joint")).await;
    world.says(ACCOUNT, "coordination", "moi pause").await;
}

/// Where the export holds what a column says; none for a column that this test does not know.
fn exported(table: &str, column: &str) -> Option<&'static str> {
    Some(match (table, column) {
        ("organisation", "halted_by") => "/stopped_everything_at",
        ("person", "language") => "/language",
        ("person", "paused_until") => "/paused_until",
        ("account", "platform") => "/accounts/0/platform",
        ("account", "external_id") => "/accounts/0/id",
        ("account", "name") => "/accounts/0/name",
        ("role_grant", "person_id") => "/roles/0/role",
        ("ask", "author_id") => "/asks_written/0",
        ("approval", "person_id") => "/asks_approved/0",
        ("signal", "person_id" | "account_id") => "/signals/0/outcome",
        ("activity", "person_id") => "/days_active/0/day",
        ("presence", "person_id") => "/weeks_active/0/first",
        ("outbox", "account") => "/private_messages/0/at",
        ("outbox", "card") => "/private_messages/0/says",
        _ => return None,
    })
}

async fn count(connection: &mut AnyConnection, sql: String) -> i64 {
    let row = query(AssertSqlSafe(sql)).fetch_one(connection).await.unwrap();
    row.get::<i64, _>(0)
}

/// Every column of every table but those of the embedded chat, which is a platform and remembers as platforms do.
async fn columns(connection: &mut AnyConnection, url: &str) -> Vec<(String, String)> {
    let sql = if url.starts_with("sqlite") {
        "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
         WHERE table_schema = 'public'"
    };
    let rows = query(sql).fetch_all(connection).await.unwrap();
    let columns = rows
        .iter()
        .map(|row| (row.get::<String, _>(0), row.get::<String, _>(1)));
    columns
        .filter(|(table, _)| table != "embedded_item" && table != "_sqlx_migrations")
        .collect()
}

#[tokio::test]
async fn what_is_stored_is_exported_and_then_forgotten() {
    for database in [Some(sqlite().await), postgres().await].into_iter().flatten() {
        exports_and_forgets(&database).await;
    }
}

async fn exports_and_forgets(database: &Database) {
    let world = World::found(&database.store, SUNDAY).await;
    lives(&world).await;
    let confirmations = world.is_in_order().await;
    assert_eq!(confirmations, 1);
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    let person = count(
        &mut connection,
        format!("SELECT person_id FROM account WHERE external_id = '{ACCOUNT}'"),
    )
    .await;

    let Answer::File(_, file) = world.answered(ACCOUNT, "quartier", "moi exporter").await else {
        panic!("the export is a file");
    };
    let export: Value = serde_json::from_slice(&file.bytes).unwrap();
    for (table, column) in marked() {
        let place = exported(&table, &column);
        let place = place.unwrap_or_else(|| panic!("does the export hold {table}.{column}?"));
        let held = export.pointer(place);
        assert!(
            held.is_some_and(|held| !held.is_null()),
            "{table}.{column}: {export:#}"
        );
    }
    assert_eq!(export["accounts"][0]["name"], NAME);
    assert_eq!(export["signals"].as_array().unwrap().len(), 2);

    world.says(ACCOUNT, "quartier", "moi oublier").await;
    assert_eq!(export["person"], person, "nothing is forgotten without a yes");
    let told = world.says(ACCOUNT, "quartier", "moi oublier oui").await;
    assert!(told.contains("plus rien ici ne mène à vous"), "{told}");
    for (table, column) in marked()
        .into_iter()
        .filter(|(_, column)| column.ends_with("_id") || column == "halted_by")
    {
        let is_number = column != "external_id" && column != "account_id";
        if is_number {
            let sql = format!("SELECT count(*) FROM {table} WHERE {column} = {person}");
            assert_eq!(count(&mut connection, sql).await, 0, "{table}.{column}");
        }
    }
    for (table, column) in columns(&mut connection, &database.url).await {
        for trace in [ACCOUNT, NAME] {
            let sql = format!("SELECT count(*) FROM {table} WHERE CAST({column} AS TEXT) LIKE '%{trace}%'");
            assert_eq!(
                count(&mut connection, sql).await,
                0,
                "{trace} in {table}.{column}"
            );
        }
    }
    assert_eq!(
        world.is_in_order().await,
        confirmations,
        "the number stays, without a person"
    );
    drop(connection);
    world.stop().await;
}

#[tokio::test]
async fn no_log_names_anybody_or_says_what_they_said() {
    let said = [
        ACCOUNT,
        "Zéphyrine",
        "girafe",
        "giraffe",
        "Ondine",
        "5550177",
        "555-0177",
        "sentence-that-nobody-knows",
    ];
    log::watch(&said);
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    log::watch(&["a-line-that-was-planted"]);
    tracing::debug!("a-line-that-was-planted");
    lives(&world).await;
    world.says("nadia", "coordination", "reprise").await;
    world.says(ACCOUNT, "quartier", "moi oublier oui").await;
    world.stop().await;
    let found = log::seen();
    assert!(
        found.iter().any(|line| line.contains("a-line-that-was-planted")),
        "the logs are watched"
    );
    let told: Vec<_> = found
        .iter()
        .filter(|line| !line.contains("a-line-that-was-planted"))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}
