//! What is kept of a session in the account's folder, for us alone to read, and the lock that lets one process at a time use it.

use std::{
    fs::{self, File, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use matrix_sdk::{Client, authentication::matrix::MatrixSession};
use serde::{Deserialize, Serialize};

use super::LoginError;

/// The database without which a session must never be taken up.
const KEYS: &str = "matrix-sdk-crypto.sqlite3";

/// Where a session is kept.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub folder: PathBuf,
    /// The file of the session.
    pub session: PathBuf,
    /// The folder of the keys that belong to it.
    pub store: PathBuf,
}

/// The session's file.
#[derive(Serialize, Deserialize)]
struct Written {
    session: MatrixSession,
}

/// Held for as long as the folder is in use; the system lets it go however the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Kept {
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            session: folder.join("session.json"),
            store: folder.join("store"),
        }
    }

    /// Takes the folder for this process alone.
    pub fn lock(&self) -> Result<Lock, LoginError> {
        make_folder(&self.folder)?;
        let path = self.folder.join("lock");
        let refused = |error| LoginError::File(path.clone(), error);
        let mut options = File::options();
        options.create(true).truncate(false).write(true).mode(0o600);
        let file = options.open(&path).map_err(refused)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LoginError::InUse(self.folder.clone())),
            Err(TryLockError::Error(error)) => Err(refused(error)),
        }
    }

    pub fn make_store(&self) -> Result<(), LoginError> {
        make_folder(&self.store)
    }

    pub fn has_keys(&self) -> bool {
        self.store.join(KEYS).exists()
    }

    pub fn read(&self) -> Result<Option<MatrixSession>, LoginError> {
        let refused = |error| LoginError::File(self.session.clone(), error);
        match fs::read(&self.session) {
            Ok(bytes) => {
                let written: Written =
                    serde_json::from_slice(&bytes).map_err(|error| refused(error.into()))?;
                Ok(Some(written.session))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    /// Writes the client's session.
    pub fn write(&self, client: &Client) -> Result<(), LoginError> {
        let Some(session) = client.matrix_auth().session() else {
            return Ok(());
        };
        let refused = |error| LoginError::File(self.session.clone(), error);
        let bytes = serde_json::to_vec(&Written { session }).map_err(|error| refused(error.into()))?;
        write_private(&self.session, &bytes).map_err(refused)
    }

    /// Removes the keys: they belong to a session that is over, or to none.
    pub fn remove_store(&self) -> Result<(), LoginError> {
        match fs::remove_dir_all(&self.store) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(LoginError::File(self.store.clone(), error))
            }
            _ => Ok(()),
        }
    }

    /// Removes the session, then its keys: a session without keys must never be left.
    pub fn remove(&self) -> Result<(), LoginError> {
        match fs::remove_file(&self.session) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(LoginError::File(self.session.clone(), error));
            }
            _ => {}
        }
        self.remove_store()
    }
}

fn make_folder(folder: &Path) -> Result<(), LoginError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| LoginError::File(folder.to_owned(), error))
}

/// Writes a file for us alone to read, in one step that a crash does not halve.
pub(in crate::chat::matrix) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_at_a_time_has_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::in_folder(&folder.path().join("account"));
        let lock = kept.lock().unwrap();
        assert!(matches!(kept.lock(), Err(LoginError::InUse(_))));
        drop(lock);
        kept.lock().unwrap();
    }
}
