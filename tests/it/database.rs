//! Databases for tests: a SQLite file always, and a PostgreSQL of one's own where `DATABASE_URL` names a server.

use std::sync::atomic::{AtomicU32, Ordering};

use relais::store::Store;
use sqlx::{Connection, Executor};
use tempfile::TempDir;

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database that goes when this goes.
pub struct Database {
    /// It, open.
    pub store: Store,
    _folder: Option<TempDir>,
}

/// A new SQLite file.
pub async fn sqlite() -> Database {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("relais.db").display());
    let store = Store::open(&url).await.unwrap();
    Database {
        store,
        _folder: Some(folder),
    }
}

/// A new PostgreSQL database on the server of `DATABASE_URL`. None where there is no server, which is said aloud; in CI there must be.
pub async fn postgres() -> Option<Database> {
    let Ok(server) = std::env::var("DATABASE_URL") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "DATABASE_URL is not set: in CI the tests of PostgreSQL must run"
        );
        eprintln!("SKIPPED on PostgreSQL: DATABASE_URL is not set");
        return None;
    };
    sqlx::any::install_default_drivers();
    let name = format!(
        "relais_{}_{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let mut connection = sqlx::AnyConnection::connect(&server).await.unwrap();
    connection
        .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let url = format!("{base}/{name}");
    let store = Store::open(&url).await.unwrap();
    Some(Database { store, _folder: None })
}

/// Runs a test on each engine.
pub async fn on_each_engine(test: impl AsyncFn(&Store)) {
    let database = sqlite().await;
    test(&database.store).await;
    if let Some(database) = postgres().await {
        test(&database.store).await;
    }
}
