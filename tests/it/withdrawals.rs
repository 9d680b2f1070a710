//! An ask that is taken back.

use relais::{
    chat::{Message, embedded::Content},
    store::Store,
};

use crate::{
    database::on_each_engine,
    world::{World, button, card_words, words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";
const MONDAY: &str = "2026-11-23T09:00:00-05:00";

const SIGN: &[(&str, &str)] = &[
    ("kind", "sign"),
    ("wording_fr", "Signez ceci."),
    ("wording_en", "Sign this."),
    ("link", "https://example.org/p"),
    ("date", "2026-11-23"),
    ("time", "09:00"),
    ("closes", "2026-11-24 20:00"),
];

#[tokio::test]
async fn an_ask_that_is_withdrawn_disappears_and_what_was_counted_stays() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        for number in ["1", "2"] {
            world.writes("marc", SIGN).await;
            world
                .says("claire", "coordination", &format!("ask approve {number}"))
                .await;
        }
        // One that no room has seen yet.
        let told = world.says("claire", "coordination", "ask withdraw 2").await;
        assert!(told.contains("No room has seen it."), "{told}");
        world.clock_shows(MONDAY);
        let (post, card) = world.sees("quartier", "Signez avant").await;
        world.sees("downtown", "Sign before").await;
        world.sees("laval", "Sign before").await;
        world.is_settled().await;
        let done = button(&card, "C’est signé");
        world.presses("lou", "quartier", &done).await;
        assert_eq!(world.is_in_order().await, 1);

        let told = world.says("sam", "coordination", "ask withdraw 1").await;
        assert!(!told.contains("withdrawn"), "{told}");
        let told = world
            .says("claire", "coordination", "action retirer 1 « Le lien est mort. »")
            .await;
        assert!(told.contains("disappears from 3 rooms"), "{told}");
        world.is_settled().await;
        for room in ["quartier", "downtown", "laval"] {
            let messages = world.messages(room).await;
            let prompts = messages
                .iter()
                .filter(|one| one.post.content == Content::Withdrawn);
            assert_eq!(prompts.count(), 1, "{room}");
            assert_eq!(world.cards(room).await.len(), 0, "{room}");
        }
        world.sees("coordination", "Le lien est mort.").await;
        let told = words(&world.presses("sam", "quartier", &done).await);
        assert!(told.contains("was not counted"), "{told}");
        let visit = world.chat.visit("sam", "quartier").unwrap();
        let visit = visit.under(&Message(post.as_str().to_owned())).unwrap();
        let told = words(&visit.say("fait").await.unwrap().unwrap());
        assert!(told.contains("was not counted"), "{told}");
        let told = world.says("claire", "coordination", "ask withdraw 1").await;
        assert!(told.contains("withdrawn already"), "{told}");
        let told = world.says("marc", "coordination", "action voir 1").await;
        assert!(told.contains("retirée"), "{told}");
        let told = world.says("marc", "coordination", "chiffres 1").await;
        assert!(told.contains("une personne"), "{told}");
        assert_eq!(world.is_in_order().await, 1);
        // No running total says it again.
        world.clock_shows("2026-11-25T09:00:00-05:00");
        world.is_settled().await;
        let said = world.cards("quartier").await;
        assert!(
            said.iter().all(|(_, card)| !card_words(card).contains("Signez")),
            "{said:#?}"
        );
        world.stop().await;
    })
    .await;
}
