//! Where settings come from besides the defaults, as data, so that tests need no process of their own.

use std::{env, path::PathBuf, str::FromStr};

/// Where a process looks for its configuration when it is told nothing, in this order.
const USUAL_FILES: [&str; 2] = ["relais.toml", "/etc/relais/relais.toml"];

/// Where settings come from besides the defaults: each overrides those before it.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The TOML file.
    pub file: Option<PathBuf>,
    /// The environment; what is called `RELAIS_<SECTION>_<KEY>` counts.
    pub environment: Vec<(String, String)>,
    /// What was given on the command line.
    pub flags: Vec<Setting>,
    /// Where systemd puts the secrets of `LoadCredential=`.
    pub credentials: Option<PathBuf>,
}

impl Sources {
    /// The sources of this process: the file named on the command line, else by `RELAIS_CONFIG`, else one of the usual ones
    /// where there is one.
    pub fn of_process(file: Option<PathBuf>, flags: Vec<Setting>) -> Self {
        let named = || env::var_os("RELAIS_CONFIG").filter(|path| !path.is_empty());
        let usual = || USUAL_FILES.iter().map(PathBuf::from).find(|path| path.exists());
        Self {
            file: file.or_else(|| named().map(PathBuf::from)).or_else(usual),
            environment: env::vars_os()
                .map(|(name, value)| (name.to_string_lossy().into(), value.to_string_lossy().into()))
                .collect(),
            flags,
            credentials: env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from),
        }
    }
}

/// A setting as it is given on the command line: `section.key=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The section.
    pub section: String,
    /// The key in that section.
    pub key: String,
    /// The value, as text.
    pub value: String,
}

impl FromStr for Setting {
    type Err = NotASetting;

    fn from_str(text: &str) -> Result<Self, NotASetting> {
        let (name, value) = text.split_once('=').ok_or(NotASetting)?;
        let (section, key) = name.split_once('.').ok_or(NotASetting)?;
        Ok(Self {
            section: section.trim().to_owned(),
            key: key.trim().to_owned(),
            value: value.to_owned(),
        })
    }
}

/// A text that does not read `section.key=value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("wanted section.key=value, such as log.format=json")]
pub struct NotASetting;
