//! The limits that are kept ahead of time: the way to Discord without a proxy, over TLS.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use relais::chat::{Platform, discord::Access};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use super::{
    adapter::{Adapter, prompt, room},
    model::{Model, faults::Scope},
};

/// `discord.com` on loopback: TLS before a model.
pub struct Front {
    address: SocketAddr,
    certificate: Vec<u8>,
    serving: JoinHandle<()>,
}

impl Front {
    pub async fn before(model: &Model) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["discord.com".to_owned()]).unwrap();
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let behind = model.url().trim_start_matches("http://").to_owned();
        let serving = tokio::spawn(async move {
            while let Ok((outside, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                tokio::spawn(async move {
                    // Whoever comes may go at any time.
                    if let Ok(mut outside) = acceptor.accept(outside).await {
                        let mut inside = TcpStream::connect(behind).await.unwrap();
                        let _ = copy_bidirectional(&mut outside, &mut inside).await;
                    }
                });
            }
        });
        Self {
            address,
            certificate: certificate.to_vec(),
            serving,
        }
    }

    /// The usual way to Discord, but for who is trusted and where it is.
    pub fn access(&self, model: &Model) -> Access {
        let client = reqwest::Client::builder()
            .use_rustls_tls()
            .add_root_certificate(reqwest::Certificate::from_der(&self.certificate).unwrap())
            .resolve("discord.com", self.address)
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Access {
            token: model.token().into(),
            proxy: None,
            client,
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limits_are_never_met_and_a_global_one_holds_everything() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channels: Vec<_> = (0..120)
        .map(|number| guild.channel(&format!("salon-{number}")))
        .collect();
    let front = Front::before(&model).await;
    let mut bot = Adapter::begin(&model, front.access(&model));
    bot.connected().await;
    // More than two seconds' worth, and in one channel more than its bucket takes at once.
    let posting = channels
        .iter()
        .chain(std::iter::repeat_n(&channels[0], 7))
        .enumerate();
    let posted = posting.map(|(number, channel)| {
        let discord = Arc::clone(&bot.discord);
        let room = room(*channel);
        tokio::spawn(async move { discord.send(&room, &prompt(), &format!("k{number}")).await })
    });
    for posted in posted.collect::<Vec<_>>() {
        posted.await.unwrap().unwrap();
    }
    let refused = || {
        model
            .requests()
            .iter()
            .filter(|request| request.status == 429)
            .count()
    };
    assert_eq!(refused(), 0);
    assert_eq!(model.messages(channels[0]).len(), 8);

    // One that comes from nowhere is waited for by all, and nothing is sent into it.
    model.limit(Scope::Global, Duration::from_secs(2));
    bot.sends(channels[1], &prompt(), "first").await;
    let others = channels[2..20].iter().enumerate().map(|(number, channel)| {
        let discord = Arc::clone(&bot.discord);
        let room = room(*channel);
        tokio::spawn(async move { discord.send(&room, &prompt(), &format!("o{number}")).await })
    });
    for other in others.collect::<Vec<_>>() {
        other.await.unwrap().unwrap();
    }
    assert_eq!(refused(), 1);
    // What others use up with us costs a wait and counts against nobody.
    let before = model.held_against();
    model.limit(Scope::Shared, Duration::from_millis(300));
    bot.sends(channels[30], &prompt(), "shared").await;
    assert_eq!(model.held_against(), before);
}
