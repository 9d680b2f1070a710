//! An organisation on the model of Discord, run by the real thing through the library.

use std::{sync::Arc, time::Duration};

use relais::{
    app::{App, Settings, events},
    chance::Chance,
    chat::{
        Platform,
        discord::{self, Access},
    },
    clock::Clock,
    domain::{
        id::RoomId,
        language::RoomLanguage,
        room::{Purpose, Room},
    },
    run,
    store::Store,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{
    adapter::{access, room},
    model::{Id, Model, Person, State, gateway::Arrival},
};
use crate::world::settings;

/// A Relais that runs.
pub struct Organisation {
    pub app: Arc<App>,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
    connection: JoinHandle<anyhow::Result<()>>,
}

impl Organisation {
    /// Starts on a database, with whatever stands there, and has told of its commands.
    pub async fn start(model: &Model, store: &Store, admin: &Person) -> Self {
        Self::start_by(access(model, Duration::from_secs(20)), model, store, admin).await
    }

    /// The same, by another way to Discord.
    pub async fn start_by(access: Access, model: &Model, store: &Store, admin: &Person) -> Self {
        // What goes wrong is told beside what a test says.
        let _ = tracing_subscriber::fmt()
            .with_writer(crate::log::Watched::default)
            .try_init();
        let (sender, receiver) = events();
        let clock = Arc::clone(model.clock()) as Arc<dyn Clock>;
        let (platform, connection) = discord::connect(access, sender, Arc::clone(&clock));
        let settings = Settings {
            admins: vec![(discord::NAME.into(), admin.id.0.to_string())],
            public_url: Some("https://relais.example.org".into()),
            ..settings()
        };
        let platforms = vec![platform as Arc<dyn Platform>];
        let parts = (clock, Chance::from_system());
        let app = App::new(store.clone(), settings, parts, platforms).await.unwrap();
        let app = Arc::new(app);
        let asked = requests(model, "GET", COMMANDS);
        let stop = CancellationToken::new();
        let running = tokio::spawn(run::run(Arc::clone(&app), receiver, stop.clone()));
        let connection = tokio::spawn(connection.run(stop.clone()));
        model
            .until("the commands are asked for", |state| {
                let now = state.journal.of("GET", COMMANDS).count();
                (now > asked && !state.application.commands.is_empty()).then_some(())
            })
            .await;
        Self {
            app,
            stop,
            running,
            connection,
        }
    }

    /// Stops, as by a signal.
    pub async fn stop(self) {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
        self.connection.await.unwrap().unwrap();
    }
}

/// Links a channel in English, without a command.
pub async fn link(store: &Store, channel: Id, name: &str, purpose: Purpose) {
    let mut writer = store.write().await.unwrap();
    let linked = Room {
        id: RoomId(0),
        address: room(channel),
        name: name.to_owned(),
        purpose,
        language: RoomLanguage::English,
        time_zone: "America/Montreal".to_owned(),
        group: None,
    };
    writer.link_room(&linked).await.unwrap();
    writer.commit().await.unwrap();
}

/// The connection is cut and may not be taken up where it broke off; waits until another session is begun.
pub async fn loses_its_session(model: &Model) {
    let begun = |state: &State| {
        let arrivals = state.gateway.arrivals.iter();
        arrivals
            .filter(|arrival| matches!(arrival, Arrival::Identified { .. }))
            .count()
    };
    let before = model.look(|state| begun(state));
    model.refuse_resume();
    model.cut_gateway();
    model
        .until("another session is begun", |state| {
            (begun(state) > before).then_some(())
        })
        .await;
}

/// Where commands are told of.
pub const COMMANDS: &str = "/applications/{id}/commands";

/// How often something was asked of REST so far.
pub fn requests(model: &Model, method: &str, route: &str) -> usize {
    model.look(|state| state.journal.of(method, route).count())
}
