//! Commands that a platform's clients know by name: what they are told of them, and what becomes of those that are given so.

use std::sync::{Arc, Mutex};

use futures_util::{FutureExt, future::BoxFuture};
use relais::{
    chat::{
        Answer, Attachment, Capabilities, Card, CommandShape, Event, Holds, Localised, Message,
        ParameterShape, Place, Platform, ReactionSeen, SendError, Sender, embedded::Embedded,
    },
    domain::room::RoomAddress,
};
use tokio::sync::{Notify, oneshot};

use crate::{
    database,
    desk::{calendar, form_of},
    world::{World, words},
};

/// The embedded chat, as a platform whose clients know commands by name.
struct Telling {
    chat: Arc<Embedded>,
    told: Arc<Told>,
}

#[derive(Default)]
struct Told {
    commands: Mutex<Vec<CommandShape>>,
    is_told: Notify,
}

impl Platform for Telling {
    fn name(&self) -> &'static str {
        self.chat.name()
    }

    fn capabilities(&self) -> Capabilities {
        self.chat.capabilities()
    }

    fn send<'a>(
        &'a self,
        room: &'a RoomAddress,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        self.chat.send(room, card, key)
    }

    fn send_direct<'a>(
        &'a self,
        account: &'a str,
        card: &'a Card,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Message, SendError>> {
        self.chat.send_direct(account, card, key)
    }

    fn edit<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
        card: &'a Card,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        self.chat.edit(room, message, card)
    }

    fn withdraw<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        Platform::withdraw(self.chat.as_ref(), room, message)
    }

    fn find<'a>(
        &'a self,
        room: &'a RoomAddress,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        self.chat.find(room, key)
    }

    fn find_direct<'a>(
        &'a self,
        account: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Message>, SendError>> {
        self.chat.find_direct(account, key)
    }

    fn reactions<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>> {
        self.chat.reactions(room, message)
    }

    fn register<'a>(&'a self, commands: &'a [CommandShape]) -> BoxFuture<'a, Result<(), SendError>> {
        *self.told.commands.lock().unwrap() = commands.to_vec();
        self.told.is_told.notify_one();
        std::future::ready(Ok(())).boxed()
    }
}

fn sender(who: &str) -> Sender {
    Sender {
        account: who.into(),
        name: who.into(),
        locale: Some(
            if ["claire", "sam"].contains(&who) {
                "en-CA"
            } else {
                "fr-CA"
            }
            .into(),
        ),
    }
}

fn place(room: &str) -> Place {
    Place {
        address: RoomAddress {
            platform: "embedded".into(),
            room: room.into(),
        },
        name: room.into(),
        is_private: false,
    }
}

/// What somebody is answered who gives a command by name, with files.
async fn called_with(
    world: &World,
    (who, room): (&str, &str),
    given: (&str, &[(&str, &str)]),
    files: Vec<(&str, Vec<u8>)>,
) -> Answer {
    called_in(world, (who, place(room)), given, files).await
}

async fn called_in(
    world: &World,
    (who, place): (&str, Place),
    (command, arguments): (&str, &[(&str, &str)]),
    files: Vec<(&str, Vec<u8>)>,
) -> Answer {
    let (reply, answer) = oneshot::channel();
    let arguments = arguments
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()));
    let file = |(name, bytes): (&str, Vec<u8>)| Attachment {
        name: name.into(),
        bytes: bytes.into(),
    };
    let called = Event::Called {
        sender: sender(who),
        place,
        command: command.into(),
        arguments: arguments.collect(),
        files: files.into_iter().map(|one| file(one).into()).collect(),
        origin: None,
        reply,
    };
    world.events.send(called).await.unwrap();
    answer.await.unwrap().typed_after("/")
}

async fn called(world: &World, at: (&str, &str), command: &str, arguments: &[(&str, &str)]) -> String {
    words(&called_with(world, at, (command, arguments), Vec::new()).await)
}

async fn suggested(world: &World, who: &str, about: (&str, &str), typed: &str) -> Vec<(String, String)> {
    suggested_in(world, who, place("coordination"), about, typed).await
}

async fn suggested_in(
    world: &World,
    who: &str,
    place: Place,
    (command, parameter): (&str, &str),
    typed: &str,
) -> Vec<(String, String)> {
    let (suggestions, answer) = oneshot::channel();
    let suggesting = Event::Suggesting {
        sender: sender(who),
        place,
        command: command.into(),
        parameter: parameter.into(),
        typed: typed.into(),
        suggestions,
    };
    world.events.send(suggesting).await.unwrap();
    answer.await.unwrap()
}

#[tokio::test]
async fn clients_are_told_of_every_command_in_both_languages() {
    let database = database::sqlite().await;
    let told = Arc::new(Told::default());
    let wrap = {
        let told = Arc::clone(&told);
        move |chat| Arc::new(Telling { chat, told }) as Arc<dyn Platform>
    };
    let world = World::start_on(&database.store, "2026-11-30T09:00:00-05:00", wrap).await;
    told.is_told.notified().await;
    let commands = told.commands.lock().unwrap().clone();
    let named = |name: &str| {
        let found = commands.iter().find(|command| command.name.en == name);
        found.unwrap_or_else(|| panic!("{name} is not told of"))
    };
    assert_eq!(named("today").name.fr, "aujourd’hui");
    assert!(named("today").is_for_everybody && !named("ask show").is_for_everybody);
    assert_eq!(named("me show").name.fr, "moi voir");
    assert!(!commands.iter().any(|command| command.name.en == "me"));
    let localised = |en: &str, fr: &str| Localised {
        en: en.into(),
        fr: fr.into(),
    };
    let languages = vec![
        ("fr".to_owned(), localised("French", "français")),
        ("en".to_owned(), localised("English", "anglais")),
    ];
    assert_eq!(
        named("ask approve").parameters,
        [
            ParameterShape {
                name: localised("ask", "action"),
                help: localised("The ask, by its number.", "L’action, par son numéro."),
                holds: Holds::Suggested,
                is_required: true,
            },
            ParameterShape {
                name: localised("language", "langue"),
                help: localised("French or English.", "Français ou anglais."),
                holds: Holds::OneOf(languages),
                is_required: false,
            },
        ]
    );
    let holds = named("calendar import")
        .parameters
        .iter()
        .map(|one| one.holds.clone());
    assert_eq!(holds.collect::<Vec<_>>(), [Holds::File, Holds::Files]);
    // At the next connection they are told again.
    told.commands.lock().unwrap().clear();
    world.chat.connect().await.unwrap();
    told.is_told.notified().await;
    assert_eq!(*told.commands.lock().unwrap(), commands);
    world.stop().await;
}

#[tokio::test]
async fn a_command_is_given_by_name_with_its_values_as_they_are() {
    let database = database::sqlite().await;
    let world = World::found(&database.store, "2026-11-30T09:00:00-05:00").await;
    let desk = ("marc", "coordination");
    // Nothing is read between the lines of a value: neither quotes nor names nor spaces.
    let title = "Halte aux « rénos » group:laval \"vite\"";
    let made = called(
        &world,
        desk,
        "campaign new",
        &[
            ("campaign", "logement"),
            ("title_fr", title),
            ("title_en", "Stop  it"),
        ],
    )
    .await;
    assert!(made.contains("logement"), "{made}");
    let listed = called(&world, desk, "campaign list", &[]).await;
    assert!(listed.contains(title), "{listed}");
    // Choices come as their codes, in whatever language they were shown.
    let set = called(&world, ("lou", "quartier"), "me language", &[("language", "en")]).await;
    assert!(set.contains("English"), "{set}");
    let shown = called(&world, ("lou", "quartier"), "me show", &[]).await;
    assert_eq!(shown, world.says("lou", "quartier", "me").await);
    assert_eq!(shown, world.says("lou", "quartier", "moi voir").await);
    // What must be given is asked for, and blank is not given; what nobody knows is no command.
    for blank in [&[][..], &[("ask", "  ")]] {
        let missing = called(&world, ("claire", "coordination"), "ask show", blank).await;
        assert!(missing.contains("ask show ‹ask›"), "{missing}");
    }
    let unknown = called(&world, ("claire", "coordination"), "ask dance", &[]).await;
    assert!(unknown.contains("ask dance"), "{unknown}");
    let forbidden = called(&world, ("sam", "downtown"), "ask new", &[]).await;
    assert_eq!(forbidden, world.says("sam", "downtown", "ask new").await);
    form_of(called_with(&world, desk, ("ask new", &[]), Vec::new()).await);
    world.stop().await;
}

#[tokio::test]
async fn values_are_suggested_to_whoever_may_use_the_command() {
    let database = database::sqlite().await;
    let world = World::found(&database.store, "2026-11-30T09:00:00-05:00").await;
    let desk = ("marc", "coordination");
    called(
        &world,
        desk,
        "campaign new",
        &[("campaign", "logement"), ("title_fr", "Le logement")],
    )
    .await;
    let sheet = calendar(&[&[
        ("ref", "a1"),
        ("kind", "share"),
        ("date", "2026-12-01"),
        ("time", "09:00"),
        ("networks", "mastodon"),
        ("wording_fr", "Halte aux rénovictions"),
        ("closes", "2026-12-02 20:00"),
    ]]);
    let files = vec![("calendrier.csv", sheet)];
    let imported = called_with(&world, desk, ("calendar import", &[]), files).await;
    let imported = words(&imported);
    assert!(imported.contains("Une nouvelle action"), "{imported}");
    let asks = suggested(&world, "marc", ("ask show", "ask"), "rénov").await;
    let label = "nº\u{A0}1 · 📣 Halte aux rénovictions · en attente";
    assert_eq!(asks, [("1".to_owned(), label.to_owned())]);
    for typed in ["1", "#1", "nº 1", "no 1", "No. 1"] {
        assert_eq!(
            suggested(&world, "marc", ("ask show", "ask"), typed).await,
            asks,
            "{typed}"
        );
    }
    assert_eq!(suggested(&world, "marc", ("ask show", "ask"), "nº 2").await, []);
    let rooms = suggested(&world, "nadia", ("room remove", "room"), "lav").await;
    assert_eq!(rooms, [("laval".to_owned(), "laval".to_owned())]);
    // Two servers have each a room of the same name: they are told apart, and taken by what is suggested.
    let twin = Place {
        name: "laval".into(),
        ..place("laval-2")
    };
    let linked = [("purpose", "volunteers"), ("language", "fr")];
    called_in(&world, ("nadia", twin), ("room add", &linked), Vec::new()).await;
    let rooms = suggested(&world, "nadia", ("room remove", "room"), "lav").await;
    let expected = ["laval", "laval-2"].map(|id| (id.to_owned(), format!("laval · {id}")));
    assert_eq!(rooms, expected);
    called(
        &world,
        ("nadia", "coordination"),
        "room remove",
        &[("room", "laval")],
    )
    .await;
    let rooms = suggested(&world, "nadia", ("room remove", "room"), "lav").await;
    assert_eq!(rooms, [("laval".to_owned(), "laval".to_owned())]);
    called(
        &world,
        ("nadia", "coordination"),
        "room remove",
        &[("room", "laval-2")],
    )
    .await;
    let rooms = suggested(&world, "nadia", ("room remove", "room"), "lav").await;
    assert_eq!(rooms, []);
    let about = suggested(&world, "marc", ("stats", "what"), "log").await;
    assert_eq!(about, [("logement".to_owned(), "Le logement".to_owned())]);
    for (who, about) in [
        ("sam", ("ask show", "ask")),
        ("marc", ("ask show", "language")),
        ("marc", ("ask dance", "ask")),
    ] {
        assert_eq!(suggested(&world, who, about, "").await, [], "{who} {about:?}");
    }
    world.stop().await;
}

/// A conversation with the bot alone.
fn alone(who: &str) -> Place {
    Place {
        is_private: true,
        ..place(&Embedded::direct(who))
    }
}

#[tokio::test]
async fn whoever_answers_is_suggested_what_stands_in_their_rooms_alone() {
    let database = database::sqlite().await;
    let world = World::found(&database.store, "2026-11-30T09:00:00-05:00").await;
    let ask = |reference, groups, wording| {
        [
            ("ref", reference),
            ("kind", "share"),
            ("groups", groups),
            ("networks", "mastodon"),
            ("wording_fr", wording),
            ("wording_en", wording),
            ("closes", "2026-12-02 20:00"),
        ]
    };
    let long = "Sous embargo ".repeat(6);
    let sheet = calendar(&[
        &ask("a1", "montreal", "Halte aux rénovictions"),
        &ask("a2", "laval", "Un toit à Laval"),
        &ask("a3", "montreal", &long),
    ]);
    let files = vec![("calendrier.csv", sheet)];
    let imported = called_with(&world, ("marc", "coordination"), ("calendar import", &[]), files).await;
    assert!(words(&imported).contains("3 "), "{}", words(&imported));
    // However long its title, it is seen where it stands.
    let drafts = suggested(&world, "marc", ("ask show", "ask"), "embargo").await;
    let label = &drafts[0].1;
    assert!(
        label.ends_with("… · en attente") && label.chars().count() < 100,
        "{label}"
    );
    // What is not posted yet is nobody's who has only to answer.
    for about in [("done", "ask"), ("me undo", "ask")] {
        for at in [place("quartier"), alone("lou")] {
            assert_eq!(suggested_in(&world, "lou", at, about, "").await, []);
        }
    }
    for (ask, room, wording) in [("1", "quartier", "Halte"), ("2", "laval", "Un toit")] {
        for command in ["ask approve", "ask post"] {
            called(&world, ("claire", "coordination"), command, &[("ask", ask)]).await;
        }
        world.sees(room, wording).await;
    }
    // What is seen may not be written down yet.
    world.is_settled().await;
    let numbers = async |who: &str, at: Place, about: (&str, &str)| {
        let found = suggested_in(&world, who, at, about, "").await;
        found.into_iter().map(|(number, _)| number).collect::<Vec<_>>()
    };
    let done = ("done", "ask");
    assert_eq!(numbers("lou", place("quartier"), done).await, ["1"]);
    assert_eq!(numbers("lou", place("laval"), done).await, ["2"]);
    // Alone with the bot: those of the rooms in which somebody is, and once they were active, of those where they were.
    assert_eq!(numbers("lou", alone("lou"), done).await, ["1", "2"]);
    world.says("lou", "quartier", "done 1").await;
    for about in [done, ("me undo", "ask")] {
        assert_eq!(numbers("lou", alone("lou"), about).await, ["1"]);
        // Whoever is in none of the rooms is told of nothing, wherever they write.
        for at in [alone("stranger"), place("elsewhere")] {
            assert_eq!(numbers("stranger", at, about).await, [""; 0]);
        }
    }
    let typed = world.chat.visit("lou", &Embedded::direct("lou")).unwrap();
    let typed = typed.complete("done ").await.unwrap();
    let typed: Vec<_> = typed.into_iter().map(|one| one.text).collect();
    assert_eq!(typed, ["done 1"]);
    world.stop().await;
}

#[tokio::test]
async fn a_calendar_comes_as_a_file_or_it_is_said_how() {
    let database = database::sqlite().await;
    let world = World::found(&database.store, "2026-11-30T09:00:00-05:00").await;
    let desk = ("marc", "coordination");
    let typed = world.says("marc", "coordination", "calendrier importer").await;
    assert!(typed.starts_with("Déposez ici le calendrier"), "{typed}");
    for files in [vec![], vec![("notes.txt", b"calendrier".to_vec())]] {
        let how = words(&called_with(&world, desk, ("calendar import", &[]), files).await);
        assert!(how.starts_with("Choisissez le classeur"), "{how}");
    }
    let sheet = vec![("calendrier.csv", b"ref,kind\n1,danser\n".to_vec())];
    let wrong = words(&called_with(&world, desk, ("calendar import", &[]), sheet.clone()).await);
    assert!(wrong.contains("importé"), "{wrong}");
    let strangers = words(&called_with(&world, ("lou", "quartier"), ("calendar import", &[]), sheet).await);
    assert_eq!(strangers, world.says("lou", "quartier", "calendar import").await);
    world.stop().await;
}
