//! `relais restore`: puts a backup in the place of the SQLite database.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Read},
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;

use super::start;
use crate::config::Sources;

/// How `relais restore` is used, beneath its help.
pub const AFTER_HELP: &str = "\
Stop the service first. What the database held is kept beside it, under a name that ends in .before-restore. A PostgreSQL \
database is restored with pg_restore.

Example:
  systemctl stop relais
  relais restore /var/backups/relais-2026-11-23.db
  systemctl start relais";

/// Put a backup in the place of the SQLite database.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The backup.
    pub file: PathBuf,
}

/// What SQLite writes at the beginning of each database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// A database and what SQLite keeps beside it: a log of its last changes. Left behind, it would be applied to the backup.
const FILES: [&str; 3] = ["", "-wal", "-shm"];

/// Puts a backup in the place of a database that nothing uses, and says where what stood there is now, if something did.
///
/// Nothing is lost at any moment: the backup is copied whole beside the database first, and the last step is a rename. The copy
/// belongs to whom the database belonged, so that root may restore for the service's user.
pub fn put_in_place(backup: &Path, database: &Path) -> anyhow::Result<Option<PathBuf>> {
    must_be_sqlite(backup)?;
    let copy = beside(database, ".restoring");
    copy_to_disk(backup, &copy)
        .with_context(|| format!("copying {} to {}", backup.display(), copy.display()))?;
    let owned = if database.exists() {
        database
    } else {
        folder_of(database)
    };
    give_owner_of(owned, &copy).with_context(|| format!("setting the owner of {}", copy.display()))?;

    let standing = FILES.iter().filter(|file| beside(database, file).exists());
    let standing: Vec<_> = standing.collect();
    let kept = (!standing.is_empty()).then(|| free_name(database));
    if let Some(kept) = &kept {
        for file in standing {
            rename(&beside(database, file), &beside(kept, file))?;
        }
    }
    rename(&copy, database)?;
    File::open(folder_of(database))
        .and_then(|folder| folder.sync_all())
        .context("writing to the disk")?;
    Ok(kept)
}

fn must_be_sqlite(backup: &Path) -> anyhow::Result<()> {
    let mut magic = [0; MAGIC.len()];
    let mut file = File::open(backup).with_context(|| format!("opening {}", backup.display()))?;
    if file.read_exact(&mut magic).is_err() || &magic != MAGIC {
        bail!("{} is no SQLite database", backup.display());
    }
    Ok(())
}

fn copy_to_disk(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    File::open(to)?.sync_all()
}

fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| format!("moving {} to {}", from.display(), to.display()))
}

fn give_owner_of(model: &Path, path: &Path) -> io::Result<()> {
    let (wanted, present) = (fs::metadata(model)?, fs::metadata(path)?);
    if (wanted.uid(), wanted.gid()) == (present.uid(), present.gid()) {
        return Ok(());
    }
    chown(path, Some(wanted.uid()), Some(wanted.gid()))
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// A name that no restore before has taken.
fn free_name(database: &Path) -> PathBuf {
    let mut name = beside(database, ".before-restore");
    let mut count = 1;
    while name.exists() {
        count += 1;
        name = beside(database, &format!(".before-restore-{count}"));
    }
    name
}

impl Arguments {
    /// Puts the backup in place.
    pub fn execute(&self, sources: &Sources) -> anyhow::Result<()> {
        let config = start(sources)?;
        let Some(database) = config.database.url.sqlite_path() else {
            bail!("a PostgreSQL database is restored with pg_restore");
        };
        let kept = put_in_place(&self.file, database)?;
        println!("{} is restored from {}.", database.display(), self.file.display());
        if let Some(kept) = kept {
            println!("What stood there is kept as {}.", kept.display());
        }
        if config.matrix.account.is_some() && !config.matrix.folder.join("session.json").exists() {
            println!(
                "Matrix: {} holds no session here, and keys from a backup must never be used again. Log in anew with `relais matrix login` \
                 before you start the service, and give the account's recovery key.",
                config.matrix.folder.display()
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database(content: &str) -> Vec<u8> {
        [MAGIC, content.as_bytes()].concat()
    }

    #[test]
    fn what_stood_there_is_kept_with_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("backup"), database("good")).unwrap();
        for (name, content) in [
            ("relais.db", "bad"),
            ("relais.db-wal", "log"),
            ("relais.db-shm", "index"),
        ] {
            fs::write(at(name), database(content)).unwrap();
        }
        let kept = put_in_place(&at("backup"), &at("relais.db")).unwrap();
        assert_eq!(kept, Some(at("relais.db.before-restore")));
        let held = |name: &str| fs::read(at(name)).unwrap();
        assert_eq!(held("relais.db"), database("good"));
        assert_eq!(held("relais.db.before-restore"), database("bad"));
        assert_eq!(held("relais.db.before-restore-wal"), database("log"));
        assert!(!at("relais.db-wal").exists() && !at("relais.db-shm").exists());
        assert!(!at("relais.db.restoring").exists() && at("backup").exists());

        let again = put_in_place(&at("backup"), &at("relais.db")).unwrap();
        assert_eq!(again, Some(at("relais.db.before-restore-2")));
    }

    #[test]
    fn on_a_new_machine_nothing_stood_there() {
        let folder = tempfile::tempdir().unwrap();
        let (backup, database_path) = (folder.path().join("backup"), folder.path().join("relais.db"));
        fs::write(&backup, database("good")).unwrap();
        assert_eq!(put_in_place(&backup, &database_path).unwrap(), None);
        assert_eq!(fs::read(database_path).unwrap(), database("good"));
    }

    #[test]
    fn what_is_no_database_is_refused_and_touches_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (backup, database_path) = (folder.path().join("backup"), folder.path().join("relais.db"));
        fs::write(&database_path, database("good")).unwrap();
        for content in [&b""[..], b"SQLite", b"ref,kind,date,time,text\n"] {
            fs::write(&backup, content).unwrap();
            assert!(put_in_place(&backup, &database_path).is_err());
            assert_eq!(fs::read(&database_path).unwrap(), database("good"));
        }
        assert!(put_in_place(&folder.path().join("none"), &database_path).is_err());
    }
}
