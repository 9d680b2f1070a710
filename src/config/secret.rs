//! Secrets come from files: beside the configuration, or from systemd's `LoadCredential=`.

use std::{
    fs::{self, File},
    io::{self, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use super::{
    layers::Origins,
    mistake::{Mistake, Mistakes, Origin, Problem, Warning},
    sources::Sources,
};

/// No secret is longer; what is longer is some other file.
const MAX_BYTES: u64 = 64 * 1024;

/// Reads the files that `*_file` keys name and gathers what is wrong with them.
pub(super) struct SecretFiles<'a> {
    beside: &'a Path,
    credentials: Option<&'a Path>,
    origins: &'a Origins,
    mistakes: Vec<Mistake>,
    warnings: Vec<Warning>,
}

impl<'a> SecretFiles<'a> {
    pub(super) fn new(sources: &'a Sources, origins: &'a Origins) -> Self {
        let beside = sources.file.as_deref().and_then(Path::parent);
        Self {
            beside: beside.unwrap_or(Path::new("")),
            credentials: sources.credentials.as_deref(),
            origins,
            mistakes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The secret in the file that `key` names, without the newline that editors end a file with.
    pub(super) fn read(&mut self, key: &'static str, named: &Path) -> Option<SecretString> {
        let path = self.find(named);
        match read_file(&path) {
            Ok(text) if text.is_empty() => self.refuse(key, &format!("{} is empty", path.display())),
            Ok(text) => {
                if is_world_readable(&path) {
                    self.warnings.push(Warning::WorldReadable { key, path });
                }
                return Some(text.into());
            }
            Err(error) => self.refuse(key, &format!("{} cannot be read: {error}", path.display())),
        }
        None
    }

    /// Notes that a key must not name what it names.
    pub(super) fn refuse(&mut self, key: &str, refusal: &str) {
        self.mistakes.push(Mistake {
            origin: self.origins.get(key).cloned().unwrap_or(Origin::Default),
            problem: Problem::Value {
                key: key.to_owned(),
                refusal: refusal.to_owned(),
            },
        });
    }

    pub(super) fn finish(self) -> Result<Vec<Warning>, Mistakes> {
        if self.mistakes.is_empty() {
            Ok(self.warnings)
        } else {
            Err(Mistakes::new(self.mistakes))
        }
    }

    /// A credential of that name comes first; a relative path is else relative to the configuration.
    pub(super) fn find(&self, named: &Path) -> PathBuf {
        self.credentials
            .filter(|_| named.is_relative())
            .map(|folder| folder.join(named))
            .filter(|path| path.exists())
            .unwrap_or_else(|| self.beside.join(named))
    }
}

fn read_file(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MAX_BYTES).read_to_string(&mut text)?;
    let end = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(end);
    Ok(text)
}

fn is_world_readable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o004 != 0)
}
