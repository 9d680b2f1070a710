//! Opening the database: connections, schema, and the refusals that an operator can act on.

use std::sync::Arc;

use sqlx::{
    AnyPool, ConnectOptions, Connection, Executor,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::MigrateError,
};
use tokio::sync::watch;

use super::{
    Store,
    dialect::{ConnectionUse, Engine},
    migrations::migrator,
};

/// How many may read at the same time.
const READERS: u32 = 4;

/// Why the database cannot be used. For the operator, hence in English.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL names no engine that is known.
    #[error("`database.url` begins with neither `sqlite:` nor `postgres:`")]
    UnknownEngine,
    /// The database was written by a newer Relais.
    #[error(
        "the database was made by a newer version of relais (its schema has step {version}, which this binary does not know): \
         install that version again, or restore a backup made before the upgrade"
    )]
    Newer {
        /// The step that is not known.
        version: i64,
    },
    /// The schema could not be brought up to date.
    #[error("cannot bring the database's schema up to date")]
    Migrate(#[source] MigrateError),
    /// The database could not be opened.
    #[error("cannot open the database")]
    Open(#[from] sqlx::Error),
}

impl Store {
    /// Opens the database at a URL, creates a SQLite file that is not there yet, and brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of_url(url).ok_or(OpenError::UnknownEngine)?;
        let options = connect_options(engine, url)?;
        if engine == Engine::Sqlite {
            // A pool tries what it cannot use again and again, and then tells only that it took too long.
            let mut first = options.connect().await?;
            first.execute(engine.settings(ConnectionUse::Writing)).await?;
            first.close().await?;
        }
        let writer = pool(engine, ConnectionUse::Writing, 1)
            .connect_with(options.clone())
            .await?;
        migrate(engine, &writer).await?;
        let readers = pool(engine, ConnectionUse::Reading, READERS).connect_lazy_with(options);
        Ok(Self {
            writer,
            readers,
            engine,
            changed: Arc::new(watch::Sender::new(())),
        })
    }
}

fn connect_options(engine: Engine, url: &str) -> sqlx::Result<AnyConnectOptions> {
    let url = match engine {
        Engine::Sqlite if !url.contains("mode=") => {
            format!("{url}{}mode=rwc", if url.contains('?') { '&' } else { '?' })
        }
        _ => url.to_owned(),
    };
    Ok(url.parse::<AnyConnectOptions>()?.disable_statement_logging())
}

fn pool(engine: Engine, use_: ConnectionUse, size: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(size)
        .min_connections(0)
        .test_before_acquire(engine == Engine::Postgres)
        // On a full disk SQLite itself takes a transaction back, sqlx's own ROLLBACK then fails, and that connection would
        // refuse to begin another for ever.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(engine.settings(use_)).await?;
                Ok(())
            })
        })
}

async fn migrate(engine: Engine, writer: &AnyPool) -> Result<(), OpenError> {
    migrator(engine).run(writer).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => OpenError::Newer { version },
        other => OpenError::Migrate(other),
    })
}
