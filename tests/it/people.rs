//! What people may do with what is known of them, and what their roles let them do.

use relais::{
    chat::{
        Answer, Card, Event, Place, Sender,
        embedded::{Cast, Embedded, Gesture, Person},
    },
    domain::{language::Language, room::RoomAddress},
    store::Store,
};
use tokio::sync::oneshot;

use crate::{
    database::{on_each_engine, sqlite},
    desk::{calendar, form_of},
    world::{World, button, card_of, card_words, words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

const LAVAL: &[(&str, &str)] = &[
    ("kind", "sign"),
    ("wording_fr", "Signez."),
    ("wording_en", "Sign."),
    ("groups", "laval"),
    ("date", "2026-11-23"),
    ("time", "09:00"),
    ("closes", "2026-11-24 20:00"),
];

#[tokio::test]
async fn each_person_has_a_language_of_their_own() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        // The client's at first sight, whatever the room's.
        assert!(
            world
                .says("sam", "quartier", "aujourd’hui")
                .await
                .contains("Nothing is open")
        );
        assert!(
            world
                .says("lou", "downtown", "today")
                .await
                .contains("Rien n’est ouvert")
        );
        for (typed, told) in [
            ("moi langue anglais", "From now on I answer you in English"),
            ("me language français", "Je vous réponds désormais en français"),
            ("me language EN", "in English"),
            ("moi langue french", "en français"),
            ("me language Frnech", "« Frnech » n’est pas reconnu ici"),
            ("me language both", "n’est pas reconnu ici"),
            ("moi langue", "Il manque « langue »"),
            ("moi", "Réponses privées : français"),
        ] {
            let said = world.says("lou", "downtown", typed).await.replace('\u{A0}', " ");
            assert!(said.contains(told), "{typed}: {said}");
        }
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn where_the_client_tells_no_language_the_room_does() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let person = |id: &str| Person {
        id: id.into(),
        name: id.into(),
        locale: String::new(),
        about: String::new(),
        cast: Cast::Lead,
    };
    world
        .chat
        .add_people(["typing", "reacting"].map(person))
        .await
        .unwrap();
    let told = world.says("typing", "downtown", "aujourd’hui").await;
    assert!(told.contains("Nothing is open"), "{told}");
    // Met in an English room, answered so elsewhere too.
    let told = world.says("typing", "quartier", "today").await;
    assert!(told.contains("Nothing is open"), "{told}");
    let ask = [&LAVAL[..3], &[("date", "2026-11-23"), ("time", "09:00")]].concat();
    world.writes("marc", &ask).await;
    world.says("claire", "coordination", "ask approve 1").await;
    world.clock_shows("2026-11-23T09:00:00-05:00");
    let (post, card) = world.sees("downtown", "no. 1").await;
    world
        .reacts("reacting", "downtown", &post, "✅", Gesture::Give)
        .await;
    world
        .sees("direct:reacting", "your first with Comité logement")
        .await;
    // A platform that tells nothing with a reaction may tell with a button: each answer is in the language of the client, until they
    // choose another.
    for (locale, told) in [
        ("fr-CA", "C’est déjà noté"),
        ("en-US", "Already"),
        ("fr", "C’est déjà noté"),
    ] {
        let said = pressed(&world, "reacting", locale, &card).await;
        assert!(said.contains(told), "{locale}: {said}");
    }
    let mut reader = world.store.read().await.unwrap();
    let account = reader.find_account("embedded", "reacting").await.unwrap();
    let person = reader.load_person(account.unwrap().person).await.unwrap();
    assert_eq!(person.language, Some(Language::French));
    drop(reader);
    world.says("reacting", "downtown", "me language english").await;
    let said = pressed(&world, "reacting", "fr", &card).await;
    assert!(said.contains("Already"), "{said}");
    world.stop().await;
}

/// What somebody is told who presses the first button of a card with a client in a language.
async fn pressed(world: &World, who: &str, locale: &str, card: &Card) -> String {
    let (reply, answer) = oneshot::channel();
    let pressed = Event::Pressed {
        sender: Sender {
            account: who.into(),
            name: who.into(),
            locale: Some(locale.into()),
        },
        place: Place {
            address: RoomAddress {
                platform: "embedded".into(),
                room: "downtown".into(),
            },
            name: "downtown".into(),
            is_private: false,
        },
        button: card.buttons[0].id.clone(),
        origin: None,
        reply,
    };
    world.events.send(pressed).await.unwrap();
    words(&answer.await.unwrap())
}

#[tokio::test]
async fn a_pause_lasts_until_a_day() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    for (who, typed, told) in [
        (
            "sam",
            "me pause 2026-12-01",
            "nothing in private until the end of December 1;",
        ),
        (
            "lou",
            "moi pause 2026-12-01",
            "Vous ne recevrez rien en privé jusqu’au 1ᵉʳ décembre inclus\u{202F};",
        ),
        ("sam", "me pause 2026-11-21", "November 21, 2026 is over"),
        ("sam", "me pause 2026-11-22", "until the end of November 22;"),
        ("sam", "me pause 2027-01-01", "until the end of January 1, 2027;"),
        ("lou", "moi pause 2026-11-31", "Le 31 novembre n’existe pas"),
        ("sam", "me pause 9999-12-31", "is not understood as a day"),
        ("sam", "me pause until:2026-12-02", "receive nothing"),
        ("sam", "me", "Nothing in private until the end of December 2"),
        ("sam", "me pause end", "The pause is over"),
        ("lou", "moi pause fin", "La pause est terminée"),
        ("lou", "moi pause", "jusqu’au 29 novembre inclus"),
    ] {
        let said = world.says(who, "quartier", typed).await;
        assert!(said.contains(told), "{typed}: {said}");
    }
    world.stop().await;
}

#[tokio::test]
async fn volunteers_are_refused_what_coordinators_do_in_both_languages() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    world.writes("marc", LAVAL).await;
    let form = form_of(world.answered("marc", "coordination", "ask edit 1").await);
    let shown = card_of(world.answered("claire", "coordination", "ask show 1").await);
    let asked = [
        "ask new",
        "ask edit 1",
        "ask show 1",
        "ask list",
        "ask approve 1",
        "ask reject 1 non",
        "ask schedule 1 09:00",
        "ask post 1",
        "ask close 1",
        "stop",
        "resume",
        "campaign new x",
        "campaign goal x 5 2026-12-24",
        "campaign list",
        "room list",
    ];
    for (who, told) in [
        ("sam", "Only coordinators may do this"),
        ("lou", "C’est réservé à la coordination"),
    ] {
        for typed in asked {
            let said = world.says(who, "coordination", typed).await;
            assert!(said.contains(told), "{typed}: {said}");
        }
        let said = words(
            &world
                .presses(who, "coordination", &button(&shown, "Approve"))
                .await,
        );
        assert!(said.contains(told), "{said}");
        let said = words(
            &world
                .presses(who, "coordination", &button(&shown, "Send back"))
                .await,
        );
        assert!(said.contains(told), "{said}");
        let said = words(&world.submits(who, &form, &[("groups", "montreal")]).await);
        assert!(said.contains(told), "{said}");
        let said = world
            .drops(who, "coordination", vec![("c.csv", calendar(&[LAVAL]))])
            .await;
        assert!(said.contains(told), "{said}");
    }
    for (who, told) in [
        ("claire", "Only admins may do this"),
        ("marc", "C’est réservé à l’administration"),
    ] {
        for typed in [
            "room add volunteers fr",
            "room remove",
            "group add x",
            "role grant lou admin",
            "role revoke nadia admin",
        ] {
            let said = world.says(who, "quartier", typed).await;
            assert!(said.contains(told), "{typed}: {said}");
        }
    }
    world.clock_shows("2026-11-23T09:30:00-05:00");
    world.is_settled().await;
    assert_eq!(world.cards("laval").await, []);
    world.stop().await;
}

#[tokio::test]
async fn who_coordinates_a_group_leaves_the_others_alone() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        world.says("ines", "coordination", "moi").await;
        let told = world
            .says("nadia", "coordination", "rôle donner ines coordination montreal")
            .await;
        assert!(told.contains("montreal"), "{told}");
        world
            .drops(
                "marc",
                "coordination",
                vec![("c.csv", calendar(&[&[LAVAL, &[("ref", "l-1")]].concat()]))],
            )
            .await;
        let shown = card_of(world.answered("claire", "coordination", "ask show 1").await);
        let other = "Cela concerne laval";
        for typed in [
            "action modifier 1",
            "action approuver 1",
            "action approuver 1 français",
            "action refuser 1 non",
            "action planifier 1 2026-11-23 8 h",
            "action publier 1",
            "action fermer 1",
        ] {
            let said = world.says("ines", "coordination", typed).await;
            assert!(said.contains(other), "{typed}: {said}");
        }
        for label in ["Approve the French", "Approve the English", "Send back"] {
            let said = words(
                &world
                    .presses("ines", "coordination", &button(&shown, label))
                    .await,
            );
            assert!(said.contains(other), "{label}: {said}");
        }
        // Neither a form nor a calendar takes it over.
        let form = form_of(world.answered("marc", "coordination", "action modifier 1").await);
        let again = world
            .submits("ines", &form, &[("groups", "montreal"), ("wording_fr", "À moi.")])
            .await;
        assert!(words(&again).contains(other), "{}", words(&again));
        assert_eq!(crate::desk::value(&form_of(again), "wording_fr"), "À moi.");
        for groups in ["laval", "montreal", "montreal; laval", ""] {
            let row = [&LAVAL[..3], &[("ref", "l-1"), ("groups", groups)]].concat();
            let said = world
                .drops("ines", "coordination", vec![("c.csv", calendar(&[&row]))])
                .await;
            assert!(
                said.contains("vise des groupes que vous ne coordonnez pas"),
                "{groups}: {said}"
            );
        }
        let said = world.writes("ines", &LAVAL[..3]).await;
        assert!(said.contains("Cela va dans tous les salons"), "{said}");
        let said = world.says("ines", "coordination", "campagne nouvelle x").await;
        assert!(said.contains("coordonner toute l’organisation"), "{said}");

        // In her own group she may do all of it.
        let own = [
            &LAVAL[..3],
            &[("groups", "montreal"), ("date", "2026-11-23"), ("time", "09:00")],
        ]
        .concat();
        let said = world.writes("ines", &own).await;
        assert!(said.contains("attend l’approbation"), "{said}");
        let said = world
            .says("ines", "coordination", "action planifier 2 2026-11-23 8 h")
            .await;
        assert!(said.contains("une fois approuvée"), "{said}");
        world.says("claire", "coordination", "ask approve 2").await;
        world.says("claire", "coordination", "ask approve 1").await;
        world.clock_shows("2026-11-23T08:00:00-05:00");
        world.sees("quartier", "Signez avant").await;
        let said = world.says("ines", "coordination", "action fermer 2").await;
        assert!(said.contains("est fermée"), "{said}");
        // Anybody who coordinates may stop everything.
        let said = world.says("ines", "coordination", "arrêt").await;
        assert!(said.contains("plus rien ne part"), "{said}");
        world.says("ines", "coordination", "reprise").await;
        world
            .says("nadia", "coordination", "rôle retirer ines coordination montreal")
            .await;
        let said = world.says("ines", "coordination", "arrêt").await;
        assert!(said.contains("réservé à la coordination"), "{said}");
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_command_that_somebody_reads_is_typed_as_it_stands_there() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let told = world.says("sam", "downtown", "todya").await;
    assert!(told.contains("Did you mean “/today”?"), "{told}");
    let told = world.says("marc", "coordination", "ask list").await;
    assert!(told.contains("/action nouvelle"), "{told}");
    let told = world.says("sam", "downtown", "help today").await;
    assert!(told.ends_with("typed like this: /today"), "{told}");
    // A private conversation needs no prefix.
    let private = Embedded::direct("sam");
    let told = world.chat.visit("sam", &private).unwrap().say("help stats").await;
    let told = words(&told.unwrap().unwrap());
    assert!(told.ends_with("typed like this: stats [what]"), "{told}");
    // What is sent unasked takes the room's too.
    world
        .drops(
            "marc",
            "coordination",
            vec![("c.csv", calendar(&[&[LAVAL, &[("ref", "l-1")]].concat()]))],
        )
        .await;
    let (_, card) = world.sees("coordination", "A calendar was imported").await;
    let told = card_words(&card).replace('\u{A0}', " ");
    for command in ["(« /action liste en attente »)", "(“/ask list waiting”)"] {
        assert!(told.contains(command), "{told}");
    }
    // Nor does a file of all that is stored hold a mark that nobody reads.
    let Answer::File(_, file) = world.answered("sam", "downtown", "me export").await else {
        panic!("no file");
    };
    assert!(!String::from_utf8_lossy(&file.bytes).contains('\u{FDD0}'));
    world.stop().await;
}

#[tokio::test]
async fn a_summary_in_french_never_lifts_a_stop() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    world.says("marc", "coordination", "arrêt").await;
    for (who, typed, told) in [
        ("marc", "résumé", "Vous pouvez taper : /résumé maintenant"),
        ("claire", "Résumé", "You can type: /résumé maintenant"),
        ("marc", "résumé maintenant", "Semaine du 9 au 15 novembre"),
        ("marc", "resume maintenant", "Semaine du 9 au 15 novembre"),
        (
            "marc",
            "aide résumé maintenant",
            "se tape ainsi : /bilan maintenant",
        ),
        ("marc", "aide résumé", "/bilan maintenant — Le bilan"),
        ("marc", "arrêt", "Tout est déjà arrêté"),
        ("marc", "resume", "Les envois repartent"),
        ("claire", "resume", "Nothing was stopped"),
    ] {
        let said = world.says(who, "coordination", typed).await;
        let said = said.replace(['\u{A0}', '\u{202F}'], " ");
        assert!(said.contains(told), "{typed}: {said}");
    }
    let visit = || world.chat.visit("marc", "coordination").unwrap();
    let suggested = async |typed: &str| {
        let found = visit().complete(typed).await.unwrap();
        found.into_iter().map(|one| one.text).collect::<Vec<_>>()
    };
    assert_eq!(suggested("/résu").await, ["résumé maintenant"]);
    assert_eq!(suggested("/resum").await, ["résumé maintenant"]);
    assert_eq!(suggested("/bil").await, ["bilan maintenant"]);
    world.stop().await;
}
