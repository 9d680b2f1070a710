//! `[web]`: the HTTP listener.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};
use url::Url;

use super::form::{self, Form};

/// The HTTP listener. It speaks plain HTTP: what leaves the machine belongs behind a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Web {
    /// The address and port that answer whether Relais is well.
    #[serde(with = "form")]
    pub listen: SocketAddr,
    /// Where the listener is reached from outside, through a proxy with a certificate. With it, links that Discord's buttons do not
    /// take (telephone numbers, mail, very long ones) lead through pages of ours.
    #[serde(with = "form::optional")]
    pub public_url: Option<PublicUrl>,
}

/// Where the listener is reached from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }
}

impl Form for PublicUrl {
    const WANTED: &'static str = "an address, such as \"https://relais.example.org\"";

    fn read(text: &str) -> Result<Self, String> {
        form::base_url(text).map(Self)
    }

    fn write(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Default for Web {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8790)),
            public_url: None,
        }
    }
}
