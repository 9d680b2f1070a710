//! A committee on a server of Discord, with its rooms linked and its roles given by command, in French and in English.

use std::sync::Arc;

use relais::{cli::demo::AdjustableClock, store::Store};

use super::{
    model::{Id, Model, Person, Server, permission::MANAGE_MESSAGES, shown::Shown, state::File},
    organisation::Organisation,
};

/// Rooms and people: Nadia is admin, Marc, Claire and Omar coordinate, Lou, Sam and Inès volunteer.
pub struct Committee {
    pub server: Server,
    /// The coordinators' room, in both languages.
    pub desk: Id,
    /// In French, in Montréal.
    pub quartier: Id,
    /// In English, in Montréal.
    pub downtown: Id,
    /// In both languages, in Laval.
    pub laval: Id,
    /// The leadership's room, in both languages.
    pub direction: Id,
    pub nadia: Person,
    pub marc: Person,
    /// Uses Discord in English.
    pub claire: Person,
    pub omar: Person,
    pub lou: Person,
    /// Uses Discord in English.
    pub sam: Person,
    pub ines: Person,
}

/// A Discord that shows this time.
pub async fn discord_at(time: &str) -> Model {
    Model::start_at(Arc::new(AdjustableClock::starting_at(time.parse().unwrap()))).await
}

/// Moves the clock on to an instant.
pub fn clock_shows(model: &Model, at: &str) {
    model.clock().advance_to(at.parse().unwrap());
}

impl Committee {
    /// Founds it, and starts the bot on an empty database.
    pub async fn found(model: &Model, store: &Store) -> (Organisation, Self) {
        let server = model.guild("Logement");
        let committee = Self {
            desk: server.channel("coordination"),
            quartier: server.channel("quartier"),
            downtown: server.channel("downtown"),
            laval: server.channel("laval"),
            direction: server.channel("direction"),
            nadia: server.owner.clone(),
            marc: model.user("Marc", "fr"),
            claire: model.user("Claire", "en-US"),
            omar: model.user("Omar", "fr"),
            lou: model.user("Lou", "fr"),
            sam: model.user("Sam", "en-US"),
            ines: model.user("Inès", "fr"),
            server,
        };
        let Self {
            server,
            marc,
            claire,
            omar,
            lou,
            sam,
            ines,
            ..
        } = &committee;
        server.admit(&[marc, claire, omar, lou, sam, ines]);
        let coordinates = server.role("Coordination", MANAGE_MESSAGES);
        for coordinator in [marc, claire, omar] {
            server.appoint(coordinator, &[coordinates]);
        }
        let organisation = Organisation::start(model, store, &committee.nadia).await;
        committee.is_linked().await;
        (organisation, committee)
    }

    /// Nadia links the rooms, and says that whoever has the server's role coordinates.
    async fn is_linked(&self) {
        let nadia = &self.nadia;
        for group in ["montreal", "laval", "partenaires"] {
            let added = nadia
                .slash(self.desk, "groupe ajouter", &[("groupe", group)])
                .await;
            assert!(alone(&added).contains(group), "{}", added.words());
        }
        for (room, purpose, language, group) in [
            (self.quartier, "bénévoles", "français", Some("montreal")),
            (self.downtown, "bénévoles", "anglais", Some("montreal")),
            (self.laval, "bénévoles", "bilingue", Some("laval")),
            (self.desk, "coordination", "bilingue", None),
            (self.direction, "direction", "bilingue", None),
        ] {
            let mut given = vec![("usage", purpose), ("langue", language)];
            given.extend(group.map(|group| ("groupe", group)));
            let linked = nadia.slash(room, "salon ajouter", &given).await;
            assert!(alone(&linked).contains("est relié"), "{}", linked.words());
        }
        let given = [("rôle", "coordination"), ("niveau", "Coordination")];
        let mapped = nadia.slash(self.desk, "rôle associer", &given).await;
        assert!(
            alone(&mapped).contains("coordination, partout"),
            "{}",
            mapped.words()
        );
    }
}

/// The words of an answer that nobody else sees.
pub fn alone(shown: &Shown) -> String {
    assert!(shown.is_private(), "{}", shown.words());
    shown.words()
}

/// A file to be attached.
pub fn file((name, bytes): (&str, Vec<u8>)) -> File {
    File {
        name: name.to_owned(),
        bytes,
    }
}
