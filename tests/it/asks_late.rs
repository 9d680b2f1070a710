//! Asks that come late, and rooms that do: nothing is posted after its time, and who must know is told.

use std::sync::Arc;

use futures_util::{
    FutureExt,
    future::{BoxFuture, join},
};
use jiff::Timestamp;
use relais::{
    app::App,
    chance::Chance,
    chat::{Capabilities, Card, Message, Platform, ReactionSeen, SendError, embedded::Embedded},
    cli::demo::AdjustableClock,
    clock::Clock,
    domain::room::RoomAddress,
    schedule::tick,
    store::Store,
};
use sqlx::{Connection, Executor};
use tokio::sync::Semaphore;

use crate::{
    asks_clock::{SIGN, SUNDAY, link},
    database::{on_each_engine, postgres, sqlite},
    world::{World, card_words, settings},
};

#[tokio::test]
async fn what_is_late_is_told_and_may_be_given_another_time() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        let today = [
            ("date", "2026-11-23"),
            ("time", "09:00"),
            ("closes", "2026-11-24 20:00"),
        ];
        world.writes("marc", &[SIGN, &today].concat()).await;
        world.clock_shows("2026-11-23T09:00:01-05:00");
        let told = world.says("claire", "coordination", "ask approve 1").await;
        assert!(told.contains("its time has passed"), "{told}");
        world.sees("coordination", "was approved after its time").await;
        let told = world.says("claire", "coordination", "ask show 1").await;
        assert!(told.contains("expired"), "{told}");
        world
            .says("claire", "coordination", "ask schedule 1 2026-11-23 10:00")
            .await;
        world.clock_shows("2026-11-23T10:00:00-05:00");
        world.sees("quartier", "Signez avant").await;

        // Without an end it could have been approved until the end of its day.
        world.writes("marc", &[SIGN, &today[..2]].concat()).await;
        world.edits("marc", "2", &[("date", "2026-11-24")]).await;
        world.clock_shows("2026-11-25T00:00:00-05:00");
        world
            .sees("coordination", "L’action nº\u{A0}2 n’a pas été approuvée à temps")
            .await;

        // Its time passes while everything is stopped; it may come the same day all the same.
        world
            .writes(
                "marc",
                &[
                    SIGN,
                    &[
                        ("date", "2026-11-25"),
                        ("time", "09:00"),
                        ("closes", "2026-11-25 10:00"),
                    ],
                ]
                .concat(),
            )
            .await;
        world.says("claire", "coordination", "ask approve 3").await;
        world.says("claire", "coordination", "stop").await;
        world.clock_shows("2026-11-25T09:30:00-05:00");
        let mut changes = world.store.changes();
        while !world
            .says("claire", "coordination", "ask show 3")
            .await
            .contains("No. 3 · open")
        {
            changes.changed().await.unwrap();
        }
        world.clock_shows("2026-11-25T10:30:00-05:00");
        world.says("claire", "coordination", "resume").await;
        world
            .sees("coordination", "No. 3 could not be posted in time")
            .await;
        world
            .edits("marc", "3", &[("time", "12:00"), ("closes", "2026-11-25 20:00")])
            .await;
        let told = world.says("claire", "coordination", "ask approve 3").await;
        assert!(told.contains("12 p.m."), "{told}");
        world.clock_shows("2026-11-25T12:00:00-05:00");
        world.sees("quartier", "nº\u{A0}3").await;
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_room_that_comes_later_gets_what_is_open_in_its_language() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let french = [
        ("kind", "sign"),
        ("wording_fr", "Signez."),
        ("groups", "partenaires"),
        ("date", "2026-11-23"),
        ("time", "09:00"),
    ];
    link(&world, "un", "fr partenaires").await;
    world.writes("marc", &french).await;
    world.says("claire", "coordination", "ask approve 1").await;
    world.clock_shows("2026-11-23T09:00:00-05:00");
    world.sees("un", "Signez avant").await;
    world.clock_shows("2026-11-23T11:00:00-05:00");
    link(&world, "trois", "both partenaires").await;
    link(&world, "deux", "fr partenaires").await;
    world.sees("deux", "Signez avant").await;
    world.is_settled().await;
    assert_eq!(world.cards("trois").await, [], "nobody approved any English");
    assert_eq!(world.cards("un").await.len(), 1);
    world.stop().await;
}

/// The embedded chat, which has what it is given at once and says so only when it may.
struct Slow {
    chat: Arc<Embedded>,
    may_say: Arc<Semaphore>,
}

impl Platform for Slow {
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
        async move {
            let message = self.chat.send(room, card, key).await;
            self.may_say.acquire().await.unwrap().forget();
            message
        }
        .boxed()
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

    fn withdraw<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<(), SendError>> {
        Platform::withdraw(&*self.chat, room, message)
    }

    fn reactions<'a>(
        &'a self,
        room: &'a RoomAddress,
        message: &'a Message,
    ) -> BoxFuture<'a, Result<Vec<ReactionSeen>, SendError>> {
        self.chat.reactions(room, message)
    }
}

#[tokio::test]
async fn what_is_closed_while_it_is_on_its_way_says_that_it_is_over() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        let monday = [("date", "2026-11-23"), ("time", "09:00")];
        world.writes("marc", &[SIGN, &monday].concat()).await;
        world.says("claire", "coordination", "ask approve 1").await;
        world.stop().await;

        let may_say = Arc::new(Semaphore::new(0));
        let world = World::start_on(store, "2026-11-23T09:00:00-05:00", |chat| {
            let may_say = Arc::clone(&may_say);
            Arc::new(Slow { chat, may_say })
        })
        .await;
        let (_, open) = world.sees("quartier", "Signez avant").await;
        assert_ne!(open.buttons, []);
        let told = world.says("claire", "coordination", "ask close 1").await;
        assert!(told.contains("is closed"), "{told}");
        may_say.add_permits(1_000);
        world.is_settled().await;
        world.clock_shows("2026-11-23T09:00:05-05:00");
        for room in ["quartier", "laval"] {
            let (post, over) = world.sees(room, "C’est terminé").await;
            assert_eq!(over.buttons, []);
            world
                .reacts("lou", room, &post, "✅", relais::chat::embedded::Gesture::Give)
                .await;
        }
        assert_eq!(world.is_in_order().await, 0);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn rooms_that_missed_what_others_got_are_named() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    for room in ["paris", "lyon"] {
        link(&world, room, "fr partenaires Europe/Paris").await;
    }
    link(&world, "nice", "fr laval Europe/Paris").await;
    let tuesday = [("date", "2026-11-24"), ("time", "09:00")];
    world.writes("marc", &[SIGN, &tuesday].concat()).await;
    let laval = [("groups", "laval")];
    world.writes("marc", &[SIGN, &tuesday, &laval].concat()).await;
    world.says("claire", "coordination", "ask approve 2").await;
    world.is_settled().await;
    world.stop().await;

    // Nobody was there to post the second before midnight in Nice.
    let world = World::start(&database.store, "2026-11-24T18:30:00-05:00").await;
    world.sees("laval", "nº\u{A0}2").await;
    world.clock_shows("2026-11-25T00:00:00-05:00");
    let (_, told) = world
        .sees("coordination", "No. 2 is over. nice never got it: check")
        .await;
    assert!(!card_words(&told).contains("by the clock"));

    // The first is approved when it is past nine in Paris.
    world.edits("marc", "1", &[("date", "2026-11-26")]).await;
    world.clock_shows("2026-11-26T05:00:00-05:00");
    world.says("claire", "coordination", "ask approve 1").await;
    world.clock_shows("2026-11-26T09:00:00-05:00");
    world.sees("quartier", "nº\u{A0}1").await;
    world.clock_shows("2026-11-27T00:00:00-05:00");
    let (_, told) = world.sees("coordination", "No. 1 is over.").await;
    let told = card_words(&told);
    assert!(told.contains("never got it: paris, lyon and nice."), "{told}");
    world.is_settled().await;
    assert_eq!(world.cards("paris").await, []);
    world.stop().await;
}

#[tokio::test]
async fn a_time_that_a_rooms_clock_had_shown_when_it_was_set_does_not_come_there() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        link(&world, "paris", "fr partenaires Europe/Paris").await;
        let partners = [("groups", "partenaires")];
        for groups in [&[][..], &[], &partners] {
            world.writes("marc", &[SIGN, groups].concat()).await;
        }
        for ask in ["1", "2", "3"] {
            let approve = format!("ask approve {ask}");
            let told = world.says("claire", "coordination", &approve).await;
            assert!(told.contains("is approved"), "{told}");
        }
        // It is nine in the evening in Paris.
        world.clock_shows("2026-11-23T15:00:00-05:00");
        for (typed, told) in [
            ("ask schedule 1 2026-11-23 16:00", "paris will not get it"),
            (
                "ask schedule 3 2026-11-23 16:00",
                "Monday, November 23 at 4 p.m., has passed",
            ),
        ] {
            let said = world.says("claire", "coordination", typed).await;
            assert!(said.contains(told), "{typed}: {said}");
        }
        // Of many, the first is the first that is to come.
        let told = world
            .says("claire", "coordination", "ask schedule 2 weekdays 16:00")
            .await;
        assert!(!told.contains("paris"), "{told}");
        world.is_settled().await;
        world.clock_shows("2026-11-23T16:00:00-05:00");
        for text in ["nº\u{A0}1", "nº\u{A0}2"] {
            world.sees("quartier", text).await;
        }
        world.is_settled().await;
        assert_eq!(world.cards("paris").await, []);
        world.clock_shows("2026-11-24T00:00:00-05:00");
        world
            .sees(
                "coordination",
                "No. 1 is over. paris never got it: by the clock there",
            )
            .await;
        world.clock_shows("2026-11-24T10:00:00-05:00");
        world.sees("paris", "nº\u{A0}2").await;
        assert_eq!(world.cards("paris").await.len(), 1);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn of_two_processes_one_tells_that_an_ask_was_missed() {
    for database in [Some(sqlite().await), postgres().await].into_iter().flatten() {
        let world = World::found(&database.store, SUNDAY).await;
        let tuesday = [("date", "2026-11-24"), ("time", "09:00")];
        for _ in 0..5 {
            world.writes("marc", &[SIGN, &tuesday].concat()).await;
        }
        world.is_settled().await;
        world.stop().await;

        let later: Timestamp = "2026-11-25T00:00:00-05:00".parse().unwrap();
        let process = async || {
            let clock: Arc<dyn Clock> = Arc::new(AdjustableClock::starting_at(later));
            let store = Store::open(&database.url).await.unwrap();
            let parts = (clock, Chance::from_system());
            App::new(store, settings(), parts, Vec::new()).await.unwrap()
        };
        let (one, other) = (process().await, process().await);
        let (ticked, again) = join(tick(&one, later), tick(&other, later)).await;
        ticked.and(again).unwrap();
        let mut reader = database.store.read().await.unwrap();
        let told = reader.list_waiting("embedded", later, 100).await.unwrap();
        assert_eq!(told.len(), 5, "{told:#?}");
    }
}

#[tokio::test]
async fn nothing_is_approved_past_its_closing_time() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let over = [
        ("date", "2026-11-23"),
        ("time", "10:30"),
        ("closes", "2026-11-23 10:45"),
    ];
    world.writes("marc", &[SIGN, &over].concat()).await;
    world.clock_shows("2026-11-23T10:50:00-05:00");
    // No other time would help it, and it is named as people write it.
    let told = world.says("claire", "coordination", "ask approve no. 1").await;
    assert!(
        told.contains("closing time") && told.contains("/ask edit 1"),
        "{told}"
    );
    let told = world.says("claire", "coordination", "ask show nº\u{A0}1").await;
    assert!(told.contains("No. 1") && !told.contains("approved"), "{told}");
    world.stop().await;
}

#[tokio::test]
async fn a_backup_from_before_a_posting_posts_nothing_twice() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let monday = [("date", "2026-11-23"), ("time", "09:00")];
    world.writes("marc", &[SIGN, &monday].concat()).await;
    world.says("claire", "coordination", "ask approve 1").await;
    world.clock_shows("2026-11-23T09:00:00-05:00");
    let (posted, _) = world.sees("quartier", "Signez avant").await;
    world.is_settled().await;
    world
        .reacts(
            "lou",
            "quartier",
            &posted,
            "✅",
            relais::chat::embedded::Gesture::Give,
        )
        .await;
    world.sees("quartier", "Une personne").await;
    world.stop().await;

    // What a backup of eight o'clock knows: the rooms, the people and an approved ask. What the chat knows stays.
    let mut connection = sqlx::AnyConnection::connect(&database.url).await.unwrap();
    for forgotten in [
        "DELETE FROM outbox WHERE kind IN ('prompt', 'refresh')",
        "DELETE FROM signal",
        "DELETE FROM tally",
        "DELETE FROM ask_tally",
        "DELETE FROM activity",
        "DELETE FROM presence",
        "DELETE FROM prompt",
        "UPDATE ask SET state = 'approved'",
    ] {
        connection.execute(forgotten).await.unwrap();
    }
    drop(connection);
    let world = World::start(&database.store, "2026-11-23T11:00:00-05:00").await;
    world.is_settled().await;
    for room in ["quartier", "downtown", "laval"] {
        assert_eq!(world.cards(room).await.len(), 1, "{room}");
    }
    // The message that stands there is the prompt again.
    world
        .reacts(
            "ines",
            "quartier",
            &posted,
            "✅",
            relais::chat::embedded::Gesture::Give,
        )
        .await;
    world.clock_shows("2026-11-23T11:00:10-05:00");
    world.sees("quartier", "2 personnes").await;
    assert_eq!(world.is_in_order().await, 2);
    world.stop().await;
}
