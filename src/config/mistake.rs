//! What can be wrong with a configuration. Operators read it in the terminal and in the log, so it is in English like both.

use std::{fmt, io, path::PathBuf};

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("the configuration {} cannot be read", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The configuration was read and does not hold.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
}

/// All that is wrong, in the order in which it stands.
#[derive(Debug, thiserror::Error)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    pub(super) fn new(mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by(|one, other| one.origin.cmp(&other.origin));
        Self(mistakes)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Mistake> {
        self.0.iter()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "the configuration has a mistake:")?,
            count => write!(f, "the configuration has {count} mistakes:")?,
        }
        self.0.iter().try_for_each(|mistake| write!(f, "\n  {mistake}"))
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{origin}: {problem}")]
pub struct Mistake {
    /// Where it stands.
    pub origin: Origin,
    /// What is wrong there.
    pub problem: Problem,
}

/// Where a setting stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// In a file.
    File {
        /// Which.
        path: PathBuf,
        /// On which line, from 1.
        line: usize,
    },
    /// In a variable of the environment.
    Environment(String),
    /// On the command line, by its `section.key`.
    Flag(String),
    /// In the defaults.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Flag(key) => write!(f, "--set {key}"),
            Self::Default => f.write_str("defaults"),
        }
    }
}

/// What can be wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file is not TOML.
    #[error("this is no TOML: {0}")]
    Syntax(String),
    /// A section that there is not.
    #[error("unknown section `{section}`: {hint}")]
    UnknownSection {
        /// As it was written.
        section: String,
        /// What was likely meant.
        hint: String,
    },
    /// A value where a section belongs.
    #[error("`{0}` is a section: its keys stand under a line `[{0}]`")]
    NotASection(String),
    /// A key that its section does not have.
    #[error("unknown key `{key}`: {hint}")]
    UnknownKey {
        /// With its section.
        key: String,
        /// What was likely meant.
        hint: String,
    },
    /// A value of the wrong form.
    #[error("`{key}`: {refusal}")]
    Value {
        /// With its section.
        key: String,
        /// What it is not, and the form wanted.
        refusal: String,
    },
}

/// What works but should be looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// A secret lies open.
    #[error("everybody on this machine can read {}, which `{key}` names: chmod 600 it", path.display())]
    WorldReadable {
        /// The key that names the file.
        key: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// Nobody could grant the first role.
    #[error(
        "`organisation.first_admin` names nobody: until somebody is an admin, no room can be added and no role granted"
    )]
    NoFirstAdmin,
}
