//! Asks from their first words to their approval: the form, the second person, the bytes that an approval binds.

use relais::{
    chat::embedded::{Cast, Person, Room},
    store::Store,
};

use crate::{
    database::{on_each_engine, sqlite},
    desk::{calendar, form_of, operator_imports, value},
    world::{World, button, card_of, card_words, words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

/// An ask in both languages for everybody, on Monday at nine.
const SIGN: &[(&str, &str)] = &[
    ("kind", "sign"),
    ("wording_fr", "Signez la pétition."),
    ("wording_en", "Sign the petition."),
    ("link", "https://example.org/petition"),
    ("date", "2026-11-23"),
    ("time", "09:00"),
    ("closes", "2026-11-24 20:00"),
];

#[tokio::test]
async fn a_form_with_mistakes_comes_back_with_all_that_was_typed() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        for (who, there, mistakes) in [
            (
                "marc",
                "le 31 novembre n’existe pas",
                ["laval", "n’est pas un lien", "Mastodon"],
            ),
            (
                "claire",
                "November 31 does not exist",
                ["laval", "is not a link", "mastodon"],
            ),
        ] {
            let typed = [
                ("kind", "share"),
                ("wording_fr", "  Deux « mots »\n{ $number } <b>@everyone</b>  "),
                ("link", "javascript:alert(1)"),
                ("networks", "mastodn"),
                ("groups", "lavall"),
                ("date", "2026-11-31"),
                ("time", "9 h 30"),
            ];
            let form = form_of(world.answered(who, "coordination", "ask new").await);
            let again = form_of(world.submits(who, &form, &typed).await);
            let told = again.mistakes.join("\n");
            assert!(told.contains(there), "{told}");
            for mistake in mistakes {
                assert!(
                    told.to_lowercase().contains(&mistake.to_lowercase()),
                    "{mistake}: {told}"
                );
            }
            assert_eq!(again.mistakes.len(), 4, "{told}");
            for (field, text) in typed {
                assert_eq!(value(&again, field), text, "{field}");
            }
        }
        let told = world.says("marc", "coordination", "action liste").await;
        assert!(told.contains("Aucune action à afficher"), "{told}");
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn the_author_never_approves_and_the_last_to_write_is_the_author() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let told = world.writes("marc", SIGN).await;
    assert!(
        told.contains("attend l’approbation d’une autre personne"),
        "{told}"
    );
    world.sees("coordination", "attend une approbation").await;
    let told = world.says("marc", "coordination", "action approuver 1").await;
    assert!(told.contains("une autre personne doit l’approuver"), "{told}");
    world.says("marc", "coordination", "me language english").await;
    let told = world.says("marc", "coordination", "ask approve 1 french").await;
    assert!(told.contains("somebody else must approve it"), "{told}");
    let shown = card_of(world.answered("marc", "coordination", "ask show 1").await);
    let told = words(
        &world
            .presses("marc", "coordination", &button(&shown, "Approve"))
            .await,
    );
    assert!(told.contains("You wrote no. 1"), "{told}");

    let told = world
        .says("claire", "coordination", "action liste approuvées")
        .await;
    assert!(told.contains("no ask to list"), "{told}");

    // Claire changes a word, so she has written it, and Marc may approve what she wrote.
    let told = world
        .edits("claire", "1", &[("wording_en", "Sign it today.")])
        .await;
    assert!(told.contains("waits for somebody else"), "{told}");
    let told = world.says("claire", "coordination", "ask approve 1").await;
    assert!(told.contains("You wrote no. 1"), "{told}");
    let told = world.says("marc", "coordination", "ask approve 1").await;
    assert!(told.contains("will be posted tomorrow at 9 a.m."), "{told}");
    world.stop().await;
}

#[tokio::test]
async fn whoever_approves_by_a_notice_reads_there_what_they_approve() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let call = [
        ("kind", "call"),
        ("wording_fr", "Appelez la mairie."),
        ("wording_en", "Call the mayor."),
        ("script_fr", "Bonjour, je demande un registre."),
        ("link", "https://example.org/registre"),
        ("hashtags", "#logement"),
        ("target", "Mairie: 514 555-0142"),
    ];
    world.writes("marc", &call).await;
    let (_, notice) = world.sees("coordination", "attend une approbation").await;
    let told = card_words(&notice);
    for part in [
        "Call the mayor.",
        "Bonjour, je demande un registre.",
        "https://example.org/registre",
        "#logement",
        "Mairie\u{A0}: 514",
        "avec sa clôture",
        "/ask show 1",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    world.stop().await;
}

#[tokio::test]
async fn an_approval_binds_what_was_shown() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        world.writes("marc", SIGN).await;
        let (_, stale) = world.sees("coordination", "waits for approval").await;
        assert!(
            card_words(&stale).contains("Approuver le français / Approve the French"),
            "{}",
            card_words(&stale)
        );
        world.says("claire", "coordination", "ask approve 1").await;

        // Any edit voids it and says so, even one that changes no word.
        for (field, text) in [("closes", "2026-11-25 20:00"), ("groups", "montreal; laval")] {
            let told = world.edits("marc", "1", &[(field, text)]).await;
            assert!(
                told.contains("ce qui était approuvé ne l’est plus"),
                "{field}: {told}"
            );
            let told = world.says("claire", "coordination", "ask show 1").await;
            assert!(
                told.contains("Waits for approval in French and in English"),
                "{told}"
            );
            let told = world.says("claire", "coordination", "ask approve 1").await;
            assert!(told.contains("is approved"), "{told}");
        }
        // Only when it is posted may be chosen after.
        let told = world.edits("marc", "1", &[("time", "10:00")]).await;
        assert!(told.contains("ce qui était approuvé l’est toujours"), "{told}");
        let words_of_both = [("wording_fr", "Signez donc."), ("wording_en", "Do sign.")];
        let told = world.edits("marc", "1", &words_of_both).await;
        assert!(told.contains("ne l’est plus"), "{told}");

        let told = words(
            &world
                .presses("claire", "coordination", &button(&stale, "Approve the French"))
                .await,
        );
        assert!(told.contains("was changed after it was shown"), "{told}");
        let shown = card_of(world.answered("claire", "coordination", "ask show 1").await);
        let told = words(
            &world
                .presses("claire", "coordination", &button(&shown, "Approve the French"))
                .await,
        );
        assert!(told.contains("must still be approved in English"), "{told}");
        // The clock passes its time: half approved is not approved.
        world.clock_shows("2026-11-23T10:00:00-05:00");
        world.is_settled().await;
        assert_eq!(world.cards("quartier").await, []);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_operator_imports_anybody_who_coordinates_may_approve() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let row: &[(&str, &str)] = &[
        ("ref", "a-1"),
        ("kind", "sign"),
        ("wording_fr", "Signez."),
        ("wording_en", "Sign."),
        ("date", "2026-11-23"),
        ("time", "09:00"),
    ];
    operator_imports(&database.store, &[row], SUNDAY).await;
    let told = world.says("marc", "coordination", "action voir a-1").await;
    assert!(
        told.contains("toute personne de la coordination peut l’approuver"),
        "{told}"
    );
    let told = world.says("marc", "coordination", "action approuver 1").await;
    assert!(told.contains("est approuvée et sera publiée"), "{told}");

    // Whoever imports it anew with other words has written them.
    let mut other = row.to_vec();
    other[2] = ("wording_fr", "Signez donc.");
    let told = world
        .drops("claire", "coordination", vec![("c.csv", calendar(&[&other]))])
        .await;
    assert!(told.contains("One ask changed"), "{told}");
    let told = world.says("claire", "coordination", "ask approve 1").await;
    assert!(told.contains("You wrote no. 1"), "{told}");
    let told = world.says("marc", "coordination", "action approuver 1").await;
    assert!(told.contains("est approuvée"), "{told}");
    world.stop().await;
}

#[tokio::test]
async fn a_time_that_a_coordinator_gave_stays_until_the_calendar_has_another() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        let row = |date: &'static str, text: &'static str| {
            [
                ("ref", "a-1"),
                ("kind", "sign"),
                ("wording_fr", text),
                ("wording_en", "Sign."),
                ("date", date),
                ("time", "09:00"),
                ("closes", "2026-11-27 20:00"),
            ]
        };
        let import = async |date, text| {
            let file = ("c.csv", calendar(&[&row(date, text)]));
            world.drops("claire", "coordination", vec![file]).await
        };
        import("2026-11-23", "Signez.").await;
        world
            .says("claire", "coordination", "ask schedule 1 2026-11-24 11:00")
            .await;
        let kept = "One ask keeps the time that a coordinator gave it";
        for (date, text, told, when) in [
            (
                "2026-11-23",
                "Signez.",
                &["One ask unchanged", kept][..],
                "November 24 at 11 a.m.",
            ),
            (
                "2026-11-23",
                "Signez tout.",
                &["One ask changed", kept],
                "November 24 at 11 a.m.",
            ),
            (
                "2026-11-25",
                "Signez tout.",
                &["One ask changed"],
                "November 25 at 9 a.m.",
            ),
            (
                "2026-11-25",
                "Signez tout.",
                &["One ask unchanged"],
                "November 25 at 9 a.m.",
            ),
        ] {
            let said = import(date, text).await;
            for told in told {
                assert!(said.contains(told), "{date} {text}: {said}");
            }
            assert_eq!(said.contains(kept), told.contains(&kept), "{date} {text}: {said}");
            let said = world.says("claire", "coordination", "ask show 1").await;
            assert!(said.contains(when), "{date} {text}: {said}");
        }

        // In the form its end is moved with it.
        let later = [("date", "2026-11-30"), ("closes", "2026-12-01 20:00")];
        world.edits("claire", "1", &later).await;
        let said = import("2026-11-25", "Signez tout.").await;
        assert!(
            said.contains(kept) && said.contains("One ask unchanged"),
            "{said}"
        );
        world.says("marc", "coordination", "action approuver 1").await;
        world.clock_shows("2026-11-30T09:00:00-05:00");
        let (_, card) = world.sees("downtown", "Sign before").await;
        assert!(
            card_words(&card).contains("Tuesday 8 p.m."),
            "{}",
            card_words(&card)
        );
        // What is posted is left alone, and nothing more is said of it.
        let said = import("2026-11-25", "Signez tout.").await;
        assert!(
            !said.contains(kept) && said.contains("One ask unchanged"),
            "{said}"
        );
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn an_ask_is_sent_back_with_a_note() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    world.writes("marc", SIGN).await;
    world.says("claire", "coordination", "ask approve 1 french").await;
    let told = world
        .says("claire", "coordination", "ask reject 1 Trop long, et « sec ».")
        .await;
    assert!(told.contains("was sent back with your note"), "{told}");
    world.sees("coordination", "Trop long, et « sec ».").await;
    let told = world.says("marc", "coordination", "action liste renvoyée").await;
    assert!(told.contains("nº\u{A0}1"), "{told}");
    // A new slot alone is no answer to a note.
    world
        .says("marc", "coordination", "action planifier 1 2026-11-23 11 h")
        .await;
    let told = world.says("marc", "coordination", "action voir 1").await;
    assert!(told.contains("renvoyée"), "{told}");
    let told = world.edits("marc", "1", &[("wording_fr", "Signez.")]).await;
    assert!(told.contains("attend l’approbation"), "{told}");

    // By the button: the note is asked for, and a note that is too long comes back whole.
    let shown = card_of(world.answered("claire", "coordination", "ask show 1").await);
    let form = form_of(
        world
            .presses("claire", "coordination", &button(&shown, "Send back"))
            .await,
    );
    let told = words(&world.submits("claire", &form, &[("note", "\u{202E} \n")]).await);
    assert!(told.contains("please say what should change"), "{told}");
    let long = "é".repeat(1_001);
    let again = form_of(world.submits("claire", &form, &[("note", &long)]).await);
    assert_eq!(value(&again, "note"), long);
    assert!(again.mistakes[0].contains("1,001"), "{:?}", again.mistakes);
    let told = words(
        &world
            .submits("claire", &again, &[("note", "Une faute\u{202E}.")])
            .await,
    );
    assert!(told.contains("was sent back"), "{told}");
    world.sees("coordination", "Une faute.").await;
    assert_eq!(world.cards("quartier").await, []);
    world.stop().await;
}

#[tokio::test]
async fn groups_are_asked_for_where_there_are_any() {
    let database = sqlite().await;
    let world = World::start(&database.store, SUNDAY).await;
    let room = Room {
        id: "coordination".into(),
        name: "coordination".into(),
        topic: String::new(),
        labels: vec![],
    };
    world.chat.add_rooms([room]).await.unwrap();
    let nadia = Person {
        id: "nadia".into(),
        name: "nadia".into(),
        locale: "en".into(),
        about: String::new(),
        cast: Cast::Lead,
    };
    world.chat.add_people([nadia]).await.unwrap();
    let has_groups = async || {
        let form = form_of(world.answered("nadia", "coordination", "ask new").await);
        form.fields.iter().any(|field| field.id == "groups")
    };
    assert!(!has_groups().await);
    let told = world.writes("nadia", SIGN).await;
    assert!(told.contains("No. 1 is saved"), "{told}");
    world.says("nadia", "coordination", "group add laval").await;
    assert!(has_groups().await);
    world.stop().await;
}

#[tokio::test]
async fn a_form_that_is_sent_again_makes_no_second_ask() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        let form = form_of(world.answered("claire", "coordination", "ask new").await);
        let first = words(&world.submits("claire", &form, SIGN).await);
        assert!(first.contains("No. 1 is saved"), "{first}");
        let again = words(&world.submits("claire", &form, SIGN).await);
        assert_eq!(again, first);
        let changed = [&[("wording_en", "Sign it.")], SIGN].concat();
        for changed in [changed.as_slice(), &[("kind", "nonsense")]] {
            let told = words(&world.submits("claire", &form, changed).await);
            assert!(told.contains("sent before and made no. 1"), "{told}");
        }
        // Another form is another ask.
        let told = world.writes("claire", SIGN).await;
        assert!(told.contains("No. 2 is saved"), "{told}");
        let asks = store.read().await.unwrap().list_newest_asks(5).await.unwrap();
        assert_eq!(asks.len(), 2);
        world.stop().await;
    })
    .await;
}
