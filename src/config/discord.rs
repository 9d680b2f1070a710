//! `[discord]`: the application on Discord.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    form::{self, Form},
    secret::SecretFiles,
};

/// The application on Discord; without its token, Relais is not on Discord.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Discord {
    /// The file that holds the bot's token.
    pub token_file: Option<PathBuf>,
    /// A proxy for Discord's REST interface, which then keeps to the rate limits and tells where the gateway is.
    #[serde(with = "form::optional")]
    pub rest_proxy: Option<ProxyUrl>,
    #[serde(skip)]
    token: Option<SecretString>,
}

impl Discord {
    pub(super) fn read_secrets(&mut self, files: &mut SecretFiles<'_>) {
        if let Some(path) = &self.token_file {
            self.token = files.read("discord.token_file", path);
        }
    }

    /// The bot's token.
    pub const fn token(&self) -> Option<&SecretString> {
        self.token.as_ref()
    }
}

/// Where a REST proxy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyUrl(Url);

impl ProxyUrl {
    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }
}

impl Form for ProxyUrl {
    const WANTED: &'static str = "the address of a proxy, such as \"http://127.0.0.1:3000\"";

    fn read(text: &str) -> Result<Self, String> {
        form::base_url(text).map(Self)
    }

    fn write(&self) -> String {
        self.as_str().to_owned()
    }
}
