//! Asks by the clock: scheduled, posted where and when they should be, closed, and never late.

use relais::{
    chat::{Card, embedded::Room},
    store::Store,
};

use crate::{
    database::{on_each_engine, sqlite},
    world::{World, button, words},
};

pub const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

/// An ask in both languages for everybody, without a time.
pub const SIGN: &[(&str, &str)] = &[
    ("kind", "sign"),
    ("wording_fr", "Signez la pétition."),
    ("wording_en", "Sign the petition."),
];

/// An approved ask, its number, and the slot that is typed.
async fn approved(world: &World, more: &[(&str, &str)]) {
    let fields: Vec<_> = SIGN.iter().chain(more).copied().collect();
    world.writes("marc", &fields).await;
    let told = world.says("claire", "coordination", "ask approve 1").await;
    assert!(told.contains("is approved"), "{told}");
}

/// The card that comes as the nth in a room.
async fn nth(world: &World, room: &str, count: usize) -> Card {
    let mut updates = world.chat.subscribe();
    loop {
        if let Some((_, card)) = world.cards(room).await.get(count - 1) {
            return card.clone();
        }
        updates.recv().await.unwrap();
    }
}

/// Another room for volunteers, linked with these words.
pub async fn link(world: &World, id: &str, rest: &str) {
    let room = Room {
        id: id.into(),
        name: id.into(),
        topic: String::new(),
        labels: vec![],
    };
    world.chat.add_rooms([room]).await.unwrap();
    let told = world
        .says("nadia", id, &format!("room add volunteers {rest}"))
        .await;
    assert!(told.contains("est relié"), "{told}");
}

#[tokio::test]
async fn a_slot_is_understood_or_refused() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    approved(&world, &[("closes", "2027-03-20 20:00")]).await;
    for (who, typed, told) in [
        (
            "marc",
            "action planifier 1 en semaine 9 h",
            "chaque jour de semaine à 9\u{A0}h, à partir du 23 novembre",
        ),
        (
            "claire",
            "ask schedule 1 weekdays 9 a.m.",
            "every weekday at 9 a.m., from November 23",
        ),
        (
            "marc",
            "action planifier 1 2026-12-01 18 h 30",
            "mardi 1ᵉʳ décembre à 18\u{A0}h\u{A0}30",
        ),
        (
            "claire",
            "ask schedule #1 2026-12-01 6:30 p.m.",
            "Tuesday, December 1 at 6:30 p.m.",
        ),
        (
            "claire",
            "ask schedule 1 2026-12-01T18:30",
            "Tuesday, December 1 at 6:30 p.m.",
        ),
        ("claire", "ask schedule 1 09:00", "Monday, November 23 at 9 a.m."),
        (
            "claire",
            "ask schedule 1 2026-11-22 19:59",
            "That time, Sunday, November 22 at 7:59 p.m., has passed. Choose a later one",
        ),
        (
            "marc",
            "action planifier 1 2026-11-22 19 h",
            "Ce moment est passé",
        ),
        (
            "claire",
            "ask schedule 1 2027-03-20 20:00",
            "closes Saturday, March 20 at 8 p.m., before that",
        ),
        (
            "marc",
            "action planifier 1 2027-04-01 9 h",
            "se termine le samedi 20 mars à 20\u{A0}h, avant",
        ),
        (
            "claire",
            "ask schedule 1 2027-03-14 02:30",
            "there is no 2027-03-14 02:30",
        ),
        (
            "marc",
            "action planifier 1 2027-03-14 2 h 30",
            "on avance l’heure",
        ),
        (
            "claire",
            "ask schedule 1 2026-11-31 09:00",
            "November 31 does not exist. Choose another day.",
        ),
        (
            "marc",
            "action planifier nº 1 le mardi 1ᵉʳ décembre à 18 h 30",
            "mardi 1ᵉʳ décembre à 18\u{A0}h\u{A0}30",
        ),
        ("claire", "ask schedule 1 tomorrow", "is not understood"),
        ("claire", "ask schedule 1", "“when” is missing"),
        ("claire", "ask schedule 9 09:00", "There is no ask “9”"),
        (
            "claire",
            "ask schedule 1 99999999999-01-01 09:00",
            "is not understood",
        ),
    ] {
        let said = world.says(who, "coordination", typed).await;
        assert!(said.contains(told), "{typed}: {said}");
    }
    world.stop().await;
}

#[tokio::test]
async fn an_ask_without_an_end_ends_with_the_day_of_each_room() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        link(&world, "paris", "fr partenaires Europe/Paris").await;
        approved(&world, &[("date", "2026-11-24"), ("time", "09:00")]).await;
        // Nine in Paris is three in Montréal.
        world.clock_shows("2026-11-24T02:59:59-05:00");
        world.is_settled().await;
        assert_eq!(world.cards("paris").await, []);
        world.clock_shows("2026-11-24T03:00:00-05:00");
        let (_, paris) = world.sees("paris", "Signez avant 23").await;
        assert_eq!(world.cards("quartier").await, []);
        world.clock_shows("2026-11-24T09:00:00-05:00");
        let (_, montreal) = world.sees("quartier", "Signez avant 23").await;
        // Midnight in Paris is six in the evening in Montréal.
        world.clock_shows("2026-11-24T18:00:00-05:00");
        world.sees("paris", "C’est terminé").await;
        let told = words(&world.presses("lou", "paris", &button(&paris, "igné")).await);
        assert!(told.contains("s’est terminée"), "{told}");
        assert!(
            told.contains("Rien") || !told.contains("ouverte en ce moment"),
            "{told}"
        );
        let told = words(&world.presses("lou", "quartier", &button(&montreal, "igné")).await);
        assert!(told.contains("Merci"), "{told}");
        world.clock_shows("2026-11-25T00:00:00-05:00");
        world.sees("quartier", "C’est terminé").await;
        let told = world.says("marc", "coordination", "action voir 1").await;
        assert!(told.contains("fermée"), "{told}");
        assert_eq!(world.is_in_order().await, 1);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_weekday_ask_comes_once_a_weekday_and_counts_each_day_apart() {
    let database = sqlite().await;
    let world = World::found(&database.store, "2026-11-19T20:00:00-05:00").await;
    approved(&world, &[]).await;
    world
        .says("claire", "coordination", "ask schedule 1 weekdays 09:00")
        .await;
    for (at, seen) in [
        ("2026-11-20T09:00:00-05:00", 1),
        ("2026-11-23T09:30:00-05:00", 2),
        ("2026-11-24T09:30:00-05:00", 3),
    ] {
        world.clock_shows(at);
        let today = nth(&world, "quartier", seen).await;
        let told = words(&world.presses("lou", "quartier", &button(&today, "igné")).await);
        assert!(told.contains("Merci"), "{at}: {told}");
        if seen == 1 {
            world.clock_shows("2026-11-21T12:00:00-05:00");
            world.sees("quartier", "C’est terminé").await;
            world.clock_shows("2026-11-22T12:00:00-05:00");
        }
        world.is_settled().await;
        assert_eq!(world.cards("quartier").await.len(), seen, "{at}");
    }
    assert_eq!(world.is_in_order().await, 3);
    let told = world.says("marc", "coordination", "action publier 1").await;
    assert!(told.contains("est déjà publiée"), "{told}");
    let told = world.says("claire", "coordination", "ask close 1").await;
    assert!(told.contains("is closed"), "{told}");
    world.clock_shows("2026-11-25T09:30:00-05:00");
    world.sees("downtown", "It is over").await;
    world.is_settled().await;
    assert_eq!(world.cards("quartier").await.len(), 3);
    world.stop().await;
}

#[tokio::test]
async fn posting_now_needs_approval_rooms_and_time_and_closing_ends_it() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    world.writes("marc", SIGN).await;
    let told = world.says("marc", "coordination", "action publier 1").await;
    assert!(
        told.contains("doit d’abord être approuvée en français et en anglais"),
        "{told}"
    );
    world.edits("marc", "1", &[("groups", "partenaires")]).await;
    world.says("claire", "coordination", "ask approve 1").await;
    let told = world.says("claire", "coordination", "ask post 1").await;
    assert!(told.contains("has a room for volunteers"), "{told}");
    world.edits("marc", "1", &[("groups", "montreal")]).await;
    world.says("claire", "coordination", "ask approve 1").await;

    // Halted, it waits; closed in the meantime, it never comes.
    world.says("marc", "coordination", "arrêt").await;
    let told = world.says("claire", "coordination", "ask post 1").await;
    assert!(told.contains("as soon as somebody types “/resume”"), "{told}");
    let told = world.says("marc", "coordination", "action fermer 1").await;
    assert!(told.contains("est fermée"), "{told}");
    let told = world.says("claire", "coordination", "ask close 1").await;
    assert!(told.contains("is over already"), "{told}");
    world.says("marc", "coordination", "reprise").await;
    world
        .sees("coordination", "Everything that goes out was stopped")
        .await;
    world.is_settled().await;
    assert_eq!(world.cards("quartier").await, []);

    // Another goes out at once, to the rooms of its group alone, and closing edits it.
    world
        .writes("marc", &[SIGN, &[("groups", "montreal")]].concat())
        .await;
    world.says("claire", "coordination", "ask approve 2").await;
    let told = world.says("claire", "coordination", "ask post 2").await;
    assert!(told.contains("on its way to 2 rooms"), "{told}");
    let (_, posted) = world.sees("quartier", "Signez avant").await;
    world.sees("downtown", "Sign before").await;
    world.says("claire", "coordination", "ask close 2").await;
    let told = words(&world.presses("lou", "quartier", &button(&posted, "igné")).await);
    assert!(told.contains("s’est terminée"), "{told}");
    world.clock_shows("2026-11-22T20:00:05-05:00");
    let (_, over) = world.sees("quartier", "C’est terminé").await;
    assert_eq!(over.buttons, []);
    world.is_settled().await;
    assert_eq!(world.cards("laval").await, []);
    let told = world.says("marc", "coordination", "action modifier 2").await;
    assert!(told.contains("ne peut plus être modifiée"), "{told}");
    world.stop().await;
}
