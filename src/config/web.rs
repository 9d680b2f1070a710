//! `[web]`: the HTTP listener.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};

use super::form;

/// The HTTP listener. It speaks plain HTTP: what leaves the machine belongs behind a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Web {
    /// The address and port that answer whether Relais is well.
    #[serde(with = "form")]
    pub listen: SocketAddr,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8790)),
        }
    }
}
