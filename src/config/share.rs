//! `[share]`: where volunteers share.

use serde::{Deserialize, Serialize};

use super::form::{self, HostName};

/// Where volunteers share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Share {
    /// The Mastodon server that most volunteers are on. Without it, a link to Mastodon first asks which server is theirs.
    #[serde(with = "form::optional")]
    pub mastodon_server: Option<HostName>,
}
