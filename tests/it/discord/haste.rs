//! What piles up: people are answered in time whatever waits before them, and nothing that waits is lost.

use std::time::Duration;

use super::{
    adapter::Adapter,
    interactions::{CALLBACKS, found, import, open, post},
    model::{
        Model, State,
        gateway::{Arrival, Session},
        shown::buttons_of,
    },
    organisation::requests,
};
use crate::database;

/// More reactions than wait anywhere between Discord and a database that is busy.
const STORM: usize = 10_000;
/// As often as a heart may beat that is heard 120 times a minute at most.
const HEARTBEAT: Duration = Duration::from_millis(600);
/// More events than wait before a connection that nobody takes anything from.
const FLOOD: usize = 18_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_press_is_promised_an_answer_in_time_behind_any_number_of_reactions() {
    let (model, database) = (open().await, database::sqlite().await);
    model.set_heartbeat(HEARTBEAT);
    let (organisation, place) = found(&model, &database.store).await;
    import(&place).await;
    let at = post(&model, &place).await;
    let button = buttons_of(&model.message(at).unwrap()).remove(0);
    let before = requests(&model, "POST", CALLBACKS);
    let held = database.store.write().await.unwrap();
    for _ in 0..STORM / 2 {
        place.claire.react(at, "✅");
        place.claire.unreact(at, "✅");
    }
    let has_come = |state: &mut State| {
        let mut sessions = state.gateway.connected();
        sessions.all(Session::is_acknowledged).then_some(())
    };
    model.until("all of it has come to the bot", has_come).await;
    let pressing = [&place.marie, &place.nadia].map(|person| {
        let (person, button) = (person.clone(), button.clone());
        tokio::spawn(async move { person.try_press(at, &button).await })
    });
    let are_promised =
        |state: &mut State| (state.journal.of("POST", CALLBACKS).count() >= before + 2).then_some(());
    model.until("both are promised an answer", are_promised).await;
    drop(held);
    for pressed in pressing {
        let noted = pressed
            .await
            .unwrap()
            .expect("Discord was answered in three seconds");
        assert!(noted.is_private(), "{}", noted.words());
    }
    let (confirmations, differences) = database.store.read().await.unwrap().recount().await.unwrap();
    assert_eq!((confirmations, differences), (2, vec![]));
    organisation.stop().await;
}

#[tokio::test]
async fn whoever_waits_for_their_turn_keeps_nobody_from_being_answered() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    import(&place).await;
    let at = post(&model, &place).await;
    let button = buttons_of(&model.message(at).unwrap()).remove(0);
    model.switch_checks_off();
    // Marie presses more often than there are places for those who are answered.
    let held = database.store.write().await.unwrap();
    let (marie, pressed) = (place.marie.clone(), button.clone());
    let pressing: Vec<_> = [(); 70]
        .into_iter()
        .map(|()| {
            let (marie, button) = (marie.clone(), pressed.clone());
            tokio::spawn(async move { marie.try_press(at, &button).await })
        })
        .collect();
    // What reads alone needs not wait for what writes.
    let shown = place.claire.slash(place.desk, "ask show", &[("ask", "1")]).await;
    assert!(shown.words().contains("rent registry"), "{}", shown.words());
    drop(held);
    for pressed in pressing {
        // So many at once may be too many for the machine; that they were heard is enough.
        let _ = pressed.await.unwrap();
    }
    organisation.stop().await;
}

#[tokio::test]
async fn what_waits_while_a_connection_breaks_is_not_lost() {
    let model = Model::start().await;
    model.set_heartbeat(HEARTBEAT);
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let marie = model.user("Marie", "fr");
    guild.admit(&[&marie]);
    let mut bot = Adapter::start(&model).await;
    let at = bot.sends(channel, &super::adapter::prompt(), "k").await;
    // Nobody takes anything, until the connection that can take no more is cut and was taken up again.
    for _ in 0..FLOOD / 2 {
        marie.react(at, "✅");
        marie.unreact(at, "✅");
    }
    model.cut_gateway();
    let is_resumed = |state: &mut State| {
        let mut arrivals = state.gateway.arrivals.iter();
        arrivals
            .any(|arrival| matches!(arrival, Arrival::Resumed { .. }))
            .then_some(())
    };
    model.until("the session is taken up again", is_resumed).await;
    for number in 0..FLOOD {
        let (_, _, given) = bot.reacted().await;
        assert_eq!(given, number % 2 == 0, "the {number}th is the next");
    }
}
