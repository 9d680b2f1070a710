//! The main job, end to end, through the library: the model for other stories.

use relais::{
    chat::{Block, embedded::Gesture},
    domain::choice::Choice,
    store::Store,
};

use crate::{
    database::{on_each_engine, sqlite},
    world::{World, button, card_of, card_words, words},
};

/// The shared calendar with its picture; none where it is not there, which is said aloud. In CI it must be.
pub fn calendar() -> Option<Vec<(&'static str, Vec<u8>)>> {
    let folder = std::env::var("RELAIS_TEST_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data").to_owned());
    let read = |name: &'static str| Some((name, std::fs::read(format!("{folder}/calendar/{name}")).ok()?));
    let files = read("calendar.csv").zip(read("temoignage.png"));
    assert!(
        files.is_some() || std::env::var_os("CI").is_none(),
        "the shared calendar is not in {folder}"
    );
    if files.is_none() {
        eprintln!("SKIPPED: the shared calendar is not in {folder}");
    }
    files.map(|(calendar, picture)| vec![calendar, picture])
}

#[tokio::test]
async fn a_day_of_the_organisation() {
    let Some(files) = calendar() else { return };
    on_each_engine(async |store: &Store| {
        // Sunday evening, in Montréal.
        let world = World::found(store, "2026-11-22T20:00:00-05:00").await;

        let told = world.drops("marc", "coordination", files.clone()).await;
        assert!(told.contains("10 nouvelles actions"), "{told}");
        let told = world.drops("claire", "coordination", files.clone()).await;
        assert!(told.contains("10 asks unchanged"), "{told}");

        // Two coordinators: the author may not approve.
        let told = world.says("marc", "coordination", "action approuver 1").await;
        assert!(told.contains("Vous avez rédigé"), "{told}");
        let shown = card_of(world.answered("claire", "coordination", "ask show #1").await);
        assert!(
            card_words(&shown).contains("Waits for approval"),
            "{}",
            card_words(&shown)
        );
        let told = words(
            &world
                .presses("claire", "coordination", &button(&shown, "Approve the French"))
                .await,
        );
        assert!(told.contains("English"), "{told}");
        let told = world
            .says("claire", "coordination", "ask approve 1 english")
            .await;
        assert!(told.contains("will be posted"), "{told}");

        // Not a minute early.
        world.clock_shows("2026-11-23T08:59:00-05:00");
        assert_eq!(world.cards("quartier").await, []);
        world.clock_shows("2026-11-23T09:00:00-05:00");
        let (prompt, french) = world.sees("quartier", "À relayer avant mardi 20").await;
        let (_, english) = world.sees("downtown", "Share before Tuesday 8 p.m.").await;
        let (_, both) = world.sees("laval", "À relayer").await;
        assert!(
            card_words(&both).contains("Share before"),
            "{}",
            card_words(&both)
        );
        assert_eq!(
            world.cards("laval").await.len(),
            1,
            "one message for both languages"
        );
        assert!(
            card_words(&french).contains("utm_source=mastodon")
                || card_words(&french).contains("utm_source%3Dmastodon")
        );
        assert_eq!(world.cards("direction").await, [], "leaders get no prompts");

        // Three volunteers in two languages.
        let told = words(
            &world
                .presses("lou", "quartier", &button(&french, "Mastodon"))
                .await,
        );
        assert!(told.contains("relayé sur Mastodon"), "{told}");
        let told = words(
            &world
                .presses("sam", "downtown", &button(&english, "Bluesky"))
                .await,
        );
        assert!(told.contains("shared on Bluesky"), "{told}");
        world
            .reacts("ines", "quartier", &prompt, "✅", Gesture::Give)
            .await;
        // A second tap changes nothing.
        let told = words(
            &world
                .presses("sam", "downtown", &button(&english, "Bluesky"))
                .await,
        );
        assert!(told.contains("Already noted"), "{told}");
        world.clock_shows("2026-11-23T09:01:00-05:00");
        world.sees("quartier", "3 personnes l’ont relayé").await;
        world.sees("downtown", "3 people shared it").await;
        // The first-timer who only saw a number move gets one private word.
        world.sees("direct:ines", "votre première").await;

        // One undoes; the reaction stays where it is and does not count again.
        let told = world.says("ines", "quartier", "moi annuler").await;
        assert!(told.contains("C’est annulé"), "{told}");
        world.chat.connect().await.unwrap();
        world.clock_shows("2026-11-23T09:02:00-05:00");
        world.sees("quartier", "2 personnes l’ont relayé").await;
        assert_eq!(world.is_in_order().await, 2);

        // Past its end it is closed, and says so kindly.
        world.clock_shows("2026-11-24T20:00:00-05:00");
        world.sees("quartier", "C’est terminé").await;
        let told = words(
            &world
                .presses("ines", "quartier", &button(&french, "Mastodon"))
                .await,
        );
        assert!(told.contains("s’est terminée"), "{told}");
        assert_eq!(world.is_in_order().await, 2);

        // What was not approved in time was never posted, and the coordinators know.
        world.clock_shows("2026-11-27T09:00:00-05:00");
        world.sees("coordination", "n’a pas été approuvée à temps").await;
        for room in ["quartier", "downtown", "laval"] {
            assert_eq!(world.cards(room).await.len(), 1, "{room}");
        }

        // The week, on Monday.
        world.clock_shows("2026-11-30T09:00:00-05:00");
        let (_, summary) = world.sees("direction", "Semaine du 23 au 29 novembre").await;
        assert!(
            card_words(&summary).contains("2 gestes"),
            "{}",
            card_words(&summary)
        );
        let links = |block: &Block| matches!(block, Block::Links { links } if links.iter().any(|link| link.url.starts_with("#/quartier/")));
        assert!(summary.blocks.iter().any(links), "a link to the best prompt: {summary:#?}");
        assert_eq!(world.cards("direction").await.len(), 1);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_read_again_after_a_gap_is_counted_once() {
    let Some(files) = calendar() else { return };
    let database = sqlite().await;
    let world = World::found(&database.store, "2026-11-22T20:00:00-05:00").await;
    world.drops("marc", "coordination", files).await;
    world.says("claire", "coordination", "ask approve 1").await;
    world.clock_shows("2026-11-23T09:00:00-05:00");
    let (prompt, _) = world.sees("quartier", "À relayer").await;
    world
        .reacts("lou", "quartier", &prompt, "✅", Gesture::Give)
        .await;
    world
        .reacts("ines", "quartier", &prompt, "✅", Gesture::Give)
        .await;
    world.clock_shows("2026-11-23T09:05:00-05:00");
    world.sees("quartier", "2 personnes").await;
    // Lou has herself forgotten; her reaction stays and must not come back as somebody new.
    let told = world.says("lou", "quartier", "moi oublier oui").await;
    assert!(told.contains("C’est fait"), "{told}");
    world.stop().await;

    let world = World::start(&database.store, "2026-11-23T12:00:00-05:00").await;
    world.app.wait_until_complete().await;
    assert_eq!(world.is_in_order().await, 2);
    let exported = world.says("lou", "quartier", "moi").await;
    assert!(exported.contains("Rien de confirmé"), "{exported}");
    world.stop().await;
}

#[tokio::test]
async fn a_halt_holds_everything_until_it_is_lifted() {
    let Some(files) = calendar() else { return };
    let database = sqlite().await;
    let world = World::found(&database.store, "2026-11-22T20:00:00-05:00").await;
    world.drops("marc", "coordination", files).await;
    world.says("claire", "coordination", "ask approve 1").await;
    let told = world.says("lou", "quartier", "arrêt").await;
    assert!(told.contains("réservé à la coordination"), "{told}");
    world.says("marc", "coordination", "arrêt").await;
    world.clock_shows("2026-11-23T09:30:00-05:00");
    let told = world.says("marc", "coordination", "action voir 1").await;
    assert!(told.contains("ouverte") || told.contains("approuvée"), "{told}");
    assert_eq!(world.cards("quartier").await, []);
    world.says("claire", "coordination", "resume").await;
    world.sees("quartier", "À relayer").await;
    assert_eq!(world.cards("quartier").await.len(), 1);
    world.stop().await;
}

#[tokio::test]
async fn a_private_list_shows_what_is_open() {
    let Some(files) = calendar() else { return };
    let database = sqlite().await;
    let world = World::found(&database.store, "2026-11-22T20:00:00-05:00").await;
    world.drops("marc", "coordination", files).await;
    for ask in 1..=3 {
        world
            .says("claire", "coordination", &format!("ask approve {ask}"))
            .await;
    }
    assert!(
        world
            .says("sam", "downtown", "today")
            .await
            .contains("Nothing is open")
    );
    world.clock_shows("2026-11-24T11:30:00-05:00");
    world.sees("downtown", "Call before").await;
    world.sees("downtown", "Share before").await;
    world.is_settled().await;
    let today = card_of(world.answered("sam", "downtown", "today").await);
    assert!(
        card_words(&today).contains("2 asks are open for you"),
        "{}",
        card_words(&today)
    );
    let read = button(&today, "Open no. 2");
    assert!(matches!(Choice::decode(&read), Some(Choice::Read { .. })));
    let shown = card_of(world.presses("sam", "downtown", &read).await);
    assert!(
        card_words(&shown).contains("your representative’s name"),
        "{}",
        card_words(&shown)
    );
    world
        .presses("sam", "downtown", &button(&shown, "Voicemail"))
        .await;
    let told = words(
        &world
            .presses("sam", "downtown", &button(&shown, "Reached someone"))
            .await,
    );
    assert!(told.contains("you reached someone"), "{told}");
    assert_eq!(world.is_in_order().await, 1, "a different outcome corrects");
    world.stop().await;
}

#[test]
fn the_demo_and_the_shared_calendar_have_no_reference_in_common() {
    let Some(files) = calendar() else { return };
    let shared = String::from_utf8_lossy(&files[0].1);
    let demo = include_str!("../../src/cli/demo/calendar.csv");
    let first = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
    let references: Vec<String> = demo.lines().skip(1).map(first).collect();
    let is_shared = |reference: &&String| shared.lines().skip(1).any(|line| first(line) == **reference);
    // Importing the one into the other's organisation would change an ask of its, not add one.
    assert_eq!(references.iter().find(is_shared), None);
    assert_eq!(references.len(), 10, "one a line: {references:?}");
}
