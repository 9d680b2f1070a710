//! What volunteers do with a prompt: one person, one count, whatever way they say it.

use jiff::{Timestamp, ToSpan, Unit};
use relais::{
    chat::{
        Card, Event, Message, Place, Sender,
        embedded::{Gesture, PostId},
    },
    domain::room::RoomAddress,
    store::Store,
};

use crate::{
    database::{on_each_engine, sqlite},
    world::{World, button, card_of, card_words, words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";
const MONDAY: &str = "2026-11-23T09:00:00-05:00";

const SHARE: &[(&str, &str)] = &[
    ("kind", "share"),
    ("wording_fr", "Relayez ceci."),
    ("wording_en", "Share this."),
    ("networks", "mastodon; bluesky"),
    ("date", "2026-11-23"),
    ("time", "09:00"),
    ("closes", "2026-11-24 20:00"),
];
const CALL: &[(&str, &str)] = &[
    ("kind", "call"),
    ("wording_fr", "Appelez le bureau."),
    ("wording_en", "Call the office."),
    ("target", "Bureau de Laval: 450 555-0123"),
    ("date", "2026-11-23"),
    ("time", "09:00"),
    ("closes", "2026-11-24 20:00"),
];

/// An organisation on Monday at nine, with asks that Marc wrote and Claire approved, in every room.
async fn on_monday(store: &Store, asks: &[&[(&str, &str)]]) -> World {
    let world = World::found(store, SUNDAY).await;
    for (index, ask) in asks.iter().enumerate() {
        world.writes("marc", ask).await;
        let told = world
            .says("claire", "coordination", &format!("ask approve {}", index + 1))
            .await;
        assert!(told.contains("is approved"), "{told}");
    }
    world.clock_shows(MONDAY);
    world
}

async fn press(world: &World, who: &str, room: &str, card: &Card, label: &str) -> String {
    words(&world.presses(who, room, &button(card, label)).await)
}

/// Waits until the total of a prompt says this.
async fn total(world: &World, room: &str, text: &str) {
    // A running total waits for more of its kind.
    let later = world.app.clock.now() + jiff::SignedDuration::from_secs(60);
    world.clock_shows(&later.to_string());
    world.sees(room, text).await;
}

async fn react(world: &World, who: &str, room: &str, post: &PostId, key: &str) {
    world.reacts(who, room, post, key, Gesture::Give).await;
}

/// Waits until what was brought to intake before is recorded: a press goes the same way.
async fn passed(world: &World, room: &str, card: &Card) {
    press(world, "claire", room, card, "Pas aujourd").await;
}

#[tokio::test]
async fn however_it_is_said_a_person_counts_once() {
    on_each_engine(async |store: &Store| {
        let world = on_monday(store, &[SHARE]).await;
        let (post, french) = world.sees("quartier", "À relayer avant").await;
        let (_, english) = world.sees("downtown", "Share before").await;

        let told = press(&world, "lou", "quartier", &french, "Mastodon").await;
        assert!(told.contains("relayé sur Mastodon. Merci"), "{told}");
        assert!(told.contains("[Annuler]"), "{told}");
        let told = press(&world, "lou", "quartier", &french, "Mastodon").await;
        assert!(told.contains("C’est déjà noté"), "{told}");
        let told = press(&world, "lou", "downtown", &english, "Mastodon").await;
        assert!(told.contains("C’est déjà noté"), "{told}");
        react(&world, "lou", "quartier", &post, "✅").await;
        assert!(
            world
                .says("lou", "quartier", "moi")
                .await
                .contains("Une confirmation")
        );
        // Another network is another confirmation of the same person.
        let told = press(&world, "lou", "downtown", &english, "Bluesky").await;
        assert!(told.contains("Bluesky"), "{told}");
        total(&world, "quartier", "Une personne l’a relayé").await;
        world.sees("downtown", "One person shared it").await;
        assert_eq!(world.is_in_order().await, 2);

        let told = world.says("lou", "quartier", "moi annuler 1").await;
        assert!(told.contains("plus rien n’est compté pour vous"), "{told}");
        let told = world.says("lou", "quartier", "moi annuler 1").await;
        assert!(told.contains("rien n’était compté"), "{told}");
        // The reaction is still there, and says nothing until it has left and comes anew.
        world.chat.connect().await.unwrap();
        total(&world, "quartier", "À vous d’ouvrir la marche").await;
        world
            .reacts("lou", "quartier", &post, "✅", Gesture::TakeBack)
            .await;
        assert_eq!(world.is_in_order().await, 0);
        react(&world, "lou", "quartier", &post, "✅\u{FE0F}").await;
        total(&world, "quartier", "Une personne l’a relayé").await;
        assert_eq!(world.is_in_order().await, 1);
        // By the button of the answer as well.
        let told = card_of(
            world
                .presses("lou", "quartier", &button(&french, "Mastodon"))
                .await,
        );
        let told = press(&world, "lou", "quartier", &told, "Annuler").await;
        assert!(told.contains("C’est annulé"), "{told}");
        assert_eq!(world.is_in_order().await, 0);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn another_outcome_corrects_and_not_today_is_no_outcome() {
    let database = sqlite().await;
    let world = on_monday(&database.store, &[CALL, SHARE]).await;
    let (_, call) = world.sees("quartier", "Appelez avant").await;
    world.sees("quartier", "À relayer avant").await;
    assert!(
        card_words(&call).contains("Bureau de Laval: 4505550123") || card_words(&call).contains("450"),
        "{}",
        card_words(&call)
    );
    let told = press(&world, "lou", "quartier", &call, "Répondeur").await;
    assert!(told.contains("répondeur pour le nº\u{A0}1"), "{told}");
    let told = press(&world, "lou", "quartier", &call, "joint").await;
    assert!(told.contains("vous avez joint quelqu’un"), "{told}");
    let told = press(&world, "lou", "quartier", &call, "ccup").await;
    assert!(told.contains("compte comme une tentative"), "{told}");
    assert_eq!(world.is_in_order().await, 1);
    total(&world, "quartier", "Un appel").await;

    // Not today hides it from the list of that day, and from no other day's.
    let before = world.says("sam", "downtown", "today").await;
    assert!(before.contains("2 asks are open for you"), "{before}");
    let (_, english) = world.sees("downtown", "Call before").await;
    let told = press(&world, "sam", "downtown", &english, "Not today").await;
    assert!(
        told.contains("not today for no. 1") && !told.contains("[Undo]"),
        "{told}"
    );
    // Whoever did something before is not led to think that it was taken back.
    let told = press(&world, "lou", "quartier", &call, "Pas aujourd").await;
    assert!(
        told.contains("reste compté") && told.contains("[Annuler]"),
        "{told}"
    );
    let after = world.says("sam", "downtown", "today").await;
    assert!(
        after.contains("Share before") && !after.contains("Call before"),
        "{after}"
    );
    assert_eq!(world.is_in_order().await, 1);
    world.clock_shows("2026-11-24T08:00:00-05:00");
    let tomorrow = world.says("sam", "downtown", "aujourd’hui").await;
    assert!(tomorrow.contains("2 asks are open for you"), "{tomorrow}");
    world.stop().await;
}

#[tokio::test]
async fn a_prompt_is_read_in_the_other_language() {
    let database = sqlite().await;
    let world = on_monday(&database.store, &[SHARE]).await;
    let (_, french) = world.sees("quartier", "À relayer avant").await;
    let shown = card_of(
        world
            .presses("sam", "quartier", &button(&french, "In English"))
            .await,
    );
    assert!(
        card_words(&shown).contains("Share this."),
        "{}",
        card_words(&shown)
    );
    // Its buttons are the prompt's own, and the answer is in the person's language.
    let told = press(&world, "sam", "quartier", &shown, "Bluesky").await;
    assert!(told.contains("shared on Bluesky"), "{told}");
    let (_, both) = world.sees("laval", "À relayer avant").await;
    assert!(
        !both
            .buttons
            .iter()
            .any(|button| button.label.contains("In English"))
    );
    assert_eq!(world.is_in_order().await, 1);
    world.stop().await;
}

#[tokio::test]
async fn a_first_reaction_is_thanked_once_unless_they_pause() {
    let database = sqlite().await;
    let world = on_monday(&database.store, &[SHARE, CALL]).await;
    let (share, card) = world.sees("quartier", "À relayer avant").await;
    let (call, _) = world.sees("quartier", "Appelez avant").await;
    world.says("sam", "quartier", "me pause").await;
    react(&world, "sam", "quartier", &share, "✅").await;
    react(&world, "ines", "quartier", &share, "🎉").await;
    react(&world, "ines", "quartier", &share, "📭").await;
    react(&world, "ines", "quartier", &share, "✅").await;
    world
        .sees("direct:ines", "votre première avec Comité logement")
        .await;
    // Nor is it a first time again once it was taken back, with nothing else standing.
    world
        .reacts("ines", "quartier", &share, "✅", Gesture::TakeBack)
        .await;
    react(&world, "ines", "quartier", &share, "✅").await;
    react(&world, "ines", "quartier", &call, "📭").await;
    passed(&world, "quartier", &card).await;
    world.is_settled().await;
    assert_eq!(world.cards("direct:ines").await.len(), 1);
    assert_eq!(world.cards("direct:sam").await, []);
    assert_eq!(world.cards("direct:claire").await, [], "who pressed was answered");
    assert_eq!(world.is_in_order().await, 3);
    // Whoever had themselves forgotten is met anew.
    world.says("ines", "quartier", "moi oublier oui").await;
    world.clock_shows("2026-11-23T09:10:00-05:00");
    world
        .reacts("ines", "quartier", &call, "📭", Gesture::TakeBack)
        .await;
    react(&world, "ines", "quartier", &call, "📭").await;
    passed(&world, "quartier", &card).await;
    world.is_settled().await;
    assert_eq!(world.cards("direct:ines").await.len(), 2);
    assert_eq!(world.is_in_order().await, 4);
    // On a message that is no prompt a reaction says nothing.
    world.says("ines", "quartier", "aide").await;
    let (notice, _) = world.sees("coordination", "attend une approbation").await;
    react(&world, "ines", "coordination", &notice, "✅").await;
    passed(&world, "quartier", &card).await;
    assert_eq!(world.is_in_order().await, 4);
    world.stop().await;
}

#[tokio::test]
async fn what_is_over_says_so_and_what_is_not_offered_is_nothing() {
    let database = sqlite().await;
    let world = on_monday(&database.store, &[SHARE, CALL]).await;
    let (post, share) = world.sees("quartier", "À relayer avant").await;
    for forged in [
        "1.c.1.reached.",
        "1.c.1.done.facebook",
        "1.c.1.done.t1",
        "1.c.99.done.",
        "1.c.1.not-today.x",
        "x",
    ] {
        let told = words(&world.presses("lou", "quartier", forged).await);
        assert!(told.contains("Ce bouton ne fonctionne plus"), "{forged}: {told}");
    }
    assert_eq!(world.is_in_order().await, 0);
    let counted = card_of(
        world
            .presses("ines", "quartier", &button(&share, "Mastodon"))
            .await,
    );
    world.says("claire", "coordination", "ask close 1").await;
    // What is counted is not said to be missed: it is too late to undo it.
    for told in [
        press(&world, "ines", "quartier", &counted, "Annuler").await,
        world.says("ines", "quartier", "moi annuler 1").await,
    ] {
        assert!(
            told.contains("reste compté et ne peut plus être annulé"),
            "{told}"
        );
    }
    let told = world.says("lou", "quartier", "moi annuler 1").await;
    assert!(told.contains("rien n’était compté"), "{told}");
    let told = world.says("lou", "quartier", "moi annuler 99").await;
    assert!(told.contains("/aujourd’hui"), "{told}");
    let told = press(&world, "lou", "quartier", &share, "Mastodon").await;
    assert!(told.contains("s’est terminée aujourd’hui à "), "{told}");
    assert!(told.contains("L’action nº\u{A0}2 est ouverte"), "{told}");
    let told = world.says("lou", "quartier", "moi annuler").await;
    assert!(told.contains("Il n’y a rien à annuler"), "{told}");
    react(&world, "lou", "quartier", &post, "✅").await;
    let told = press(&world, "sam", "quartier", &share, "Mastodon").await;
    assert!(told.contains("No. 1 ended today at "), "{told}");
    assert_eq!(world.is_in_order().await, 1);
    world.stop().await;
}

#[tokio::test]
async fn a_reaction_after_the_end_is_told_once_that_it_does_not_count() {
    on_each_engine(async |store: &Store| {
        let world = on_monday(store, &[SHARE]).await;
        let (post, _) = world.sees("quartier", "Relayez ceci").await;
        world.clock_shows("2026-11-24T20:00:00-05:00");
        world.sees("quartier", "C’est terminé").await;
        for gesture in [Gesture::Give, Gesture::TakeBack, Gesture::Give] {
            world.reacts("ines", "quartier", &post, "✅", gesture).await;
        }
        for key in ["🎉", "💤"] {
            world.reacts("lou", "quartier", &post, key, Gesture::Give).await;
        }
        world.reacts("sam", "quartier", &post, "✅", Gesture::Give).await;
        world.sees("direct:sam", "No. 1").await;
        world.sees("direct:ines", "nº\u{A0}1").await;
        world.is_settled().await;
        assert_eq!(world.cards("direct:ines").await.len(), 1);
        assert_eq!(
            world.cards("direct:lou").await,
            [],
            "what means nothing is not answered, and what is never counted is not missed"
        );
        assert_eq!(world.is_in_order().await, 0);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_share_by_e_mail_is_named_in_each_language() {
    let database = sqlite().await;
    let by_mail: Vec<(&str, &str)> = SHARE
        .iter()
        .map(|(field, text)| (*field, if *field == "networks" { "email" } else { *text }))
        .collect();
    let world = on_monday(&database.store, &[&by_mail]).await;
    let (_, french) = world.sees("quartier", "À relayer avant").await;
    let told = press(&world, "lou", "quartier", &french, "Courriel").await;
    assert!(told.contains("relayé par courriel. Merci"), "{told}");
    let (_, english) = world.sees("downtown", "Share before").await;
    let told = press(&world, "sam", "downtown", &english, "E-mail").await;
    assert!(told.contains("no. 1 shared by e-mail. Thank"), "{told}");
    world.stop().await;
}

#[tokio::test]
async fn what_a_millisecond_does_not_tell_apart_is_counted_in_one_room() {
    on_each_engine(async |store: &Store| {
        let world = on_monday(store, &[SHARE]).await;
        let (first, _) = world.sees("quartier", "À relayer avant").await;
        let (second, _) = world.sees("downtown", "Share before").await;
        let reacted = |room: &str, post: &PostId, at: Timestamp| Event::Reacted {
            sender: Sender {
                account: "lou".into(),
                name: "Lou".into(),
                locale: None,
            },
            place: Place {
                address: RoomAddress {
                    platform: "embedded".into(),
                    room: room.into(),
                },
                name: room.into(),
                is_private: false,
            },
            message: Message(post.as_str().to_owned()),
            key: "✅".into(),
            given: true,
            at,
        };
        // The prompt that was made later is reacted to first.
        let now = world.app.clock.now().round(Unit::Millisecond).unwrap();
        let later = now + 100.microseconds();
        world
            .events
            .send(reacted("downtown", &second, now))
            .await
            .unwrap();
        world
            .events
            .send(reacted("quartier", &first, later))
            .await
            .unwrap();
        total(&world, "quartier", "Une personne l’a relayé").await;
        assert_eq!(world.is_in_order().await, 1);
        world.stop().await;
    })
    .await;
}
