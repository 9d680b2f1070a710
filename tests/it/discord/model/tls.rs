//! The same Discord over TLS, for whoever talks to `discord.com` and is led here by a resolver.

use std::{io, net::SocketAddr, sync::Arc};

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
    server::TlsStream,
};

use super::{Model, http};

/// The name that the certificate is for.
const NAME: &str = "discord.com";

/// Where it listens, and what to trust.
pub struct Door {
    pub address: SocketAddr,
    /// The root certificate, as PEM.
    pub certificate: String,
}

struct Guarded {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Guarded {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.listener.accept().await else {
                continue;
            };
            // Whoever does not shake hands goes away.
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

impl Model {
    /// Opens a second door, over TLS, to the same state.
    pub async fn open_door(&mut self) -> Door {
        let signed = rcgen::generate_simple_self_signed([NAME.to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signed.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![signed.cert.der().clone()], key)
            .unwrap();
        let guarded = Guarded {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
        };
        let address = guarded.local_addr().unwrap();
        let router = http::router(&self.world);
        let serving = tokio::spawn(async move { axum::serve(guarded, router).await.unwrap() });
        self.serving.push(serving);
        Door {
            address,
            certificate: signed.cert.pem(),
        }
    }
}
