//! The schema, step by step, for each engine. A step that was released is never edited.

use std::borrow::Cow;

use sqlx::{
    AssertSqlSafe, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use super::dialect::Engine;

/// One step: its version, what it is about, and its text in each dialect.
struct Step {
    version: i64,
    about: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($version:literal, $about:literal, $file:literal) => {
        Step {
            version: $version,
            about: $about,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $file)),
            postgres: include_str!(concat!("../../migrations/postgres/", $file)),
        }
    };
}

const STEPS: &[Step] = &[
    step!(20_261_122_000_000, "core", "20261122000000_core.sql"),
    step!(20_261_125_000_000, "heard", "20261125000000_heard.sql"),
    step!(20_261_125_000_100, "pace", "20261125000100_pace.sql"),
    step!(20_261_125_000_200, "rooms", "20261125000200_rooms.sql"),
    step!(20_261_125_000_300, "seeds", "20261125000300_seeds.sql"),
    step!(20_261_125_010_000, "unreadable", "20261125010000_unreadable.sql"),
    step!(20_261_125_020_000, "crossposts", "20261125020000_crossposts.sql"),
    step!(20_261_125_030_000, "ask form", "20261125030000_ask_form.sql"),
    step!(20_261_125_040_000, "languages", "20261125040000_languages.sql"),
];

/// The steps for an engine, ready to be applied in order.
pub(super) fn migrator(engine: Engine) -> Migrator {
    let migrations = STEPS.iter().map(|step| {
        let text = match engine {
            Engine::Sqlite => step.sqlite,
            Engine::Postgres => step.postgres,
        };
        let sql = AssertSqlSafe(text).into_sql_str();
        Migration::new(
            step.version,
            Cow::Borrowed(step.about),
            MigrationType::Simple,
            sql,
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}
