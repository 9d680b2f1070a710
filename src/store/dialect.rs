//! Where the two engines differ: how a transaction begins, what a new connection is told, and how a batch arrives.

/// The database engine behind the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the bot.
    Sqlite,
    /// A server, for those who outgrow one machine.
    Postgres,
}

impl Engine {
    /// The engine that a database URL names.
    pub fn of_url(url: &str) -> Option<Self> {
        match url.split_once(':')?.0 {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            _ => None,
        }
    }

    /// A writing transaction takes its lock at once, so that two processes take turns instead of failing half-way.
    pub(super) const fn begin_writing(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED",
        }
    }

    /// A reading transaction sees one moment.
    pub(super) const fn begin_reading(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN DEFERRED",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// What each new connection is told first. A second process waits its turn for up to ten seconds. The cache sizes are KiB
    /// and only taken up by work.
    pub(super) const fn settings(self, use_: ConnectionUse) -> &'static str {
        match (self, use_) {
            (Self::Sqlite, ConnectionUse::Writing) => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
            }
            (Self::Sqlite, ConnectionUse::Reading) => {
                "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000; \
                 PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON;"
            }
            (Self::Postgres, _) => "SET TIME ZONE 'UTC'",
        }
    }

    /// Rows of parameters, as they follow `VALUES`.
    pub(super) fn values(self, columns: usize, rows: usize) -> String {
        match self {
            // SQLite seeks the number of a numbered parameter in the list of them all, and a batch has thousands.
            Self::Sqlite => {
                let row = format!("({}),", "?,".repeat(columns).trim_end_matches(','));
                row.repeat(rows).trim_end_matches(',').to_owned()
            }
            Self::Postgres => {
                let row = |first: usize| {
                    let numbers = (first..first + columns).map(|number| format!("${number}"));
                    format!("({})", numbers.collect::<Vec<_>>().join(","))
                };
                let rows = (0..rows).map(|index| row(index * columns + 1));
                rows.collect::<Vec<_>>().join(",")
            }
        }
    }

    /// All the rows of a query as one text, a JSON array of arrays of these columns: one value comes back sooner than a thousand rows.
    pub(super) fn gathered(self, columns: &str) -> String {
        match self {
            Self::Sqlite => format!("json_group_array(json_array({columns}))"),
            Self::Postgres => {
                format!("coalesce(CAST(json_agg(json_build_array({columns})) AS TEXT), '[]')")
            }
        }
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConnectionUse {
    /// The one that writes.
    Writing,
    /// One of those that read.
    Reading,
}
