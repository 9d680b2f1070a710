//! Opening the database: connections, schema, and the refusals that an operator can act on.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

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

/// What SQLite writes at the beginning of each database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

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
    /// The file is something else. SQLite would find out too, but over and over for half a minute.
    #[error("{} is no SQLite database: `database.url` or --data names the wrong file", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
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

    /// Opens a database that is there to look at it, as it stands: the schema is not brought up to date.
    pub fn open_as_it_is(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of_url(url).ok_or(OpenError::UnknownEngine)?;
        let options = connect_options(engine, &format!("{url}?mode=rw"))?;
        let pool = |size| pool(engine, ConnectionUse::Reading, size).connect_lazy_with(options.clone());
        Ok(Self {
            writer: pool(1),
            readers: pool(READERS),
            engine,
            changed: Arc::new(watch::Sender::new(())),
        })
    }
}

/// Refuses a file that holds something else. An empty one is a database that nothing was written to.
fn must_be_sqlite(url: &str) -> Result<(), OpenError> {
    let path = url.strip_prefix("sqlite://").unwrap_or_default();
    let path = Path::new(path.split_once('?').map_or(path, |(path, _)| path));
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut begin));
    // What cannot be read is SQLite's to tell.
    if read.is_ok() && !begin.is_empty() && begin != MAGIC {
        let path = path.to_owned();
        return Err(OpenError::NotADatabase { path });
    }
    Ok(())
}

fn connect_options(engine: Engine, url: &str) -> Result<AnyConnectOptions, OpenError> {
    must_be_sqlite(url)?;
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
