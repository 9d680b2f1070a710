//! Whatever people type, wherever they type it: refused in clear words or shown as it stands, and nothing lost.

use relais::{
    chat::embedded::{Cast, Person, Room},
    store::Store,
};

use crate::{
    database::{on_each_engine, sqlite},
    desk::{form_of, value},
    world::{World, card_of, card_words, words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

/// What somebody types who means no good, or whose keyboard does not.
fn texts() -> Vec<String> {
    [
        "@everyone @here <@123>",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "**gras** _x_ `y` ||z|| [lien](javascript:alert(1))",
        "{ $number } { -term } {\"\"} }{",
        "\"“«'»”\"",
        "👩🏽\u{200D}🌾🏳\u{FE0F}\u{200D}🌈",
        "a\u{202E}txt.exe\u{2066}b\u{0000}c\u{0007}\u{FEFF}",
        "'; DROP TABLE ask; --",
        "%s %d \\n \\u0000",
        "مرحبا بالعالم",
        "https://example.org/?a=1&b=2#c",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([format!("z{}", "\u{0336}".repeat(5_000)), "é".repeat(10_000)])
    .collect()
}

/// Nothing that deceives is in a text, and it is no longer than somebody reads.
pub fn is_inert(text: &str) {
    let deceives = |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    assert!(!text.contains(deceives), "{text:?}");
    assert!(
        text.chars().count() < 6_000,
        "{} characters",
        text.chars().count()
    );
}

#[tokio::test]
async fn any_command_is_answered_whatever_is_typed() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        let commands = [
            "",
            "help ",
            "me language ",
            "me pause ",
            "me undo ",
            "me forget ",
            "stats ",
            "ask show ",
            "ask list ",
            "ask edit ",
            "ask approve ",
            "ask approve 1 ",
            "ask reject 1 ",
            "ask schedule 1 ",
            "ask post ",
            "ask close ",
            "campaign new ",
            "campaign goal ",
            "campaign goal x ",
            "campaign goal x 5 ",
            "campaign goal x 5 2026-12-24 ",
            "room add ",
            "room add volunteers ",
            "room add volunteers fr ",
            "room add volunteers fr laval ",
            "group add ",
            "role grant ",
            "role grant lou ",
            "role grant lou coordinator ",
            "role revoke ",
        ];
        for text in texts() {
            for command in commands {
                let typed = format!("{command}{text}");
                let said = world.says("nadia", "coordination", &typed).await;
                assert!(!said.is_empty(), "{typed}");
                assert!(!said.contains("de notre côté"), "a failure: {typed}: {said}");
                is_inert(&said);
            }
        }
        // None of it named anything that deceives.
        for list in ["room list", "campaign list", "ask list"] {
            is_inert(&world.says("nadia", "coordination", list).await);
        }
        let rooms = world.says("nadia", "coordination", "room list").await;
        assert_eq!(rooms.lines().count(), 6, "{rooms}");
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_title_that_is_too_long_is_refused_and_not_cut() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let (most, more) = ("é".repeat(80), "é".repeat(81));
    for (who, french, english, told) in [
        (
            "marc",
            &more,
            &most,
            "81 caractères, alors que la limite est de 80",
        ),
        ("claire", &most, &more, "it has 81 characters, and 80 is the most"),
    ] {
        let typed = format!("campaign new halte \"{french}\" \"{english}\"");
        let said = world.says(who, "coordination", &typed).await;
        assert!(said.contains(told), "{said}");
    }
    let typed = format!("campaign new halte \"{most}\"");
    let said = world.says("claire", "coordination", &typed).await;
    assert!(said.contains("is ready"), "{said}");
    let said = world.says("claire", "coordination", "campaign list").await;
    assert!(said.contains(&most), "{said}");
    world.stop().await;
}

#[tokio::test]
async fn what_is_typed_in_a_form_is_kept_as_text_or_given_back() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        let begins = async || form_of(world.answered("marc", "coordination", "ask new").await);
        let mut form = begins().await;
        let mut made = 0;
        for text in texts() {
            for field in [
                "wording_fr",
                "script_fr",
                "link",
                "hashtags",
                "networks",
                "groups",
                "target",
                "date",
                "closes",
                "campaign",
                "kind",
                "image",
            ] {
                let mut fields = vec![("kind", "call"), ("wording_fr", "Appelez.")];
                fields.retain(|(id, _)| *id != field);
                fields.push((field, text.as_str()));
                match world.submits("marc", &form, &fields).await {
                    relais::chat::Answer::Form(again) => {
                        assert!(!again.mistakes.is_empty());
                        again.mistakes.iter().for_each(|mistake| is_inert(mistake));
                        assert_eq!(value(&again, field), text, "what was typed comes back as it was");
                    }
                    kept => {
                        made += 1;
                        // A form makes one ask.
                        form = begins().await;
                        let shown = card_words(&card_of(kept));
                        assert!(
                            !shown.contains('\u{202E}') && !shown.contains('\u{0}'),
                            "{shown:?}"
                        );
                        if field == "wording_fr" {
                            let stored = store
                                .read()
                                .await
                                .unwrap()
                                .find_ask(relais::domain::id::AskId(made))
                                .await
                                .unwrap()
                                .unwrap();
                            let stored = &stored.content.wordings[0].1.text;
                            assert!(shown.contains(stored.as_str()), "{stored:?}");
                            assert!(stored.starts_with(text.chars().next().unwrap()), "{stored:?}");
                        }
                    }
                }
            }
        }
        assert!(made > 10, "{made}");
        let huge = "x".repeat(100_000);
        let again = form_of(
            world
                .submits("marc", &form, &[("kind", "sign"), ("wording_fr", &huge)])
                .await,
        );
        assert_eq!(value(&again, "wording_fr"), huge);
        assert!(
            again.mistakes[0].contains("100\u{202F}000 caractères, c’est trop"),
            "{:?}",
            again.mistakes
        );
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn links_lead_to_pages_alone_and_moments_exist() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let form = form_of(world.answered("claire", "coordination", "ask new").await);
    let sign = [("kind", "sign"), ("wording_en", "Sign.")];
    for (fields, told) in [
        (vec![("link", "javascript:alert(1)")], "is not a link"),
        (vec![("link", "data:text/html,<b>x</b>")], "is not a link"),
        (
            vec![("link", "https://user:pass@example.org/")],
            "without a password",
        ),
        (vec![("link", "example.org")], "is not a link"),
        (
            vec![("date", "2026-11-31"), ("time", "09:00")],
            "November 31 does not exist",
        ),
        (
            vec![("date", "2027-03-14"), ("time", "02:30")],
            "the clocks skip 2:30 a.m. on March 14",
        ),
        (vec![("closes", "2027-03-14 02:30")], "the clocks skip 2:30 a.m."),
        (
            vec![
                ("date", "2026-11-24"),
                ("time", "09:00"),
                ("closes", "2026-11-24 08:59"),
            ],
            "cannot close before that",
        ),
        (vec![("date", "2026-11-24")], "there is a day but no time"),
        (vec![("networks", "mastodn")], "Did you mean “mastodon”?"),
        (vec![("groups", "lavall")], "Did you mean “laval”?"),
        (vec![("wording_en", "")], "there are no words yet"),
        (vec![("kind", "")], "this is needed"),
        (vec![("target", "Marie")], "only a call has somebody to call"),
    ] {
        let fields: Vec<_> = sign
            .iter()
            .filter(|(id, _)| !fields.iter().any(|(own, _)| own == id))
            .chain(&fields)
            .copied()
            .collect();
        let again = form_of(world.submits("claire", &form, &fields).await);
        assert!(
            again.mistakes.join("\n").contains(told),
            "{fields:?}: {:?}",
            again.mistakes
        );
    }
    for (typed, told) in [
        ("role grant marc coordinator lavall", "Did you mean “laval”?"),
        ("room add volunteers fr montréaal", "Did you mean “montreal”?"),
        ("stats campaign halte", "There is no campaign “halte”"),
        ("stats halte", "I have no numbers about “halte”"),
        ("me pause 2026-11-31", "November 31 does not exist"),
        ("ask schedule 1 2026-11-31 09:00", "November 31 does not exist"),
        (
            "ask schedule 1 2026-11-3o 09:00",
            "not understood as a day and a time",
        ),
        ("ask shwo 1", "Did you mean “/ask show”?"),
        ("aks show 1", "Did you mean “/ask show”?"),
        (
            "role",
            "You can type: /role grant, /role revoke, /role map, /role unmap and /role list.",
        ),
        (
            "rôle",
            "You can type: /rôle donner, /rôle retirer, /rôle associer, /rôle dissocier and /rôle liste.",
        ),
    ] {
        world.says("nadia", "coordination", "me language en").await;
        let said = world.says("nadia", "quartier", typed).await;
        assert!(said.contains(told), "{typed}: {said}");
    }
    world.stop().await;
}

#[tokio::test]
async fn names_are_typed_by_people_too() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let name = format!("Lou\u{202E}\u{0}<b>@everyone</b>{}", "x".repeat(1_000));
    let person = Person {
        id: "rogue".into(),
        name: name.clone(),
        locale: "en".into(),
        about: String::new(),
        cast: Cast::Lead,
    };
    world.chat.add_people([person]).await.unwrap();
    let room = Room {
        id: "odd".into(),
        name: format!("salon\u{202E}\u{0} {}", "y".repeat(1_000)),
        topic: String::new(),
        labels: vec![],
    };
    world.chat.add_rooms([room]).await.unwrap();
    world.says("rogue", "quartier", "today").await;
    let said = world
        .says("nadia", "coordination", "role grant rogue coordinator")
        .await;
    is_inert(&said);
    assert!(said.contains("Lou<b>@everyone</b>"), "{said}");
    let said = world.says("nadia", "odd", "room add volunteers fr").await;
    is_inert(&said);
    assert!(said.contains("salon y"), "{said}");
    world
        .writes("rogue", &[("kind", "sign"), ("wording_fr", "Signez.")])
        .await;
    let said = words(&world.answered("claire", "coordination", "ask show 1").await);
    assert!(said.contains("Written by Lou<b>@everyone</b>"), "{said}");
    is_inert(&said);
    world.stop().await;
}
