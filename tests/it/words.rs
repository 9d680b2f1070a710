//! Prompts answered by a word: in reply, or by number.

use relais::{chat::Message, chat::embedded::Gesture, chat::embedded::PostId, store::Store};

use crate::{
    database::on_each_engine,
    world::{World, card_words, words},
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

/// An organisation on Monday at nine, with both asks in every room.
async fn on_monday(store: &Store) -> World {
    let world = World::found(store, SUNDAY).await;
    for (number, ask) in [(1, SHARE), (2, CALL)] {
        world.writes("marc", ask).await;
        world
            .says("claire", "coordination", &format!("ask approve {number}"))
            .await;
    }
    world.clock_shows(MONDAY);
    world
}

/// What is said in a room to somebody who replies to a message there; nothing where the reply was no answer.
async fn told(world: &World, who: &str, room: &str, (to, text): (&PostId, &str)) -> Option<String> {
    let before = world.cards(room).await.len();
    let visit = world.chat.visit(who, room).unwrap();
    let visit = visit.under(&Message(to.as_str().to_owned())).unwrap();
    let answer = visit.say(text).await.unwrap()?;
    let cards = world.cards(room).await;
    assert_eq!(
        cards.len(),
        before + 1,
        "what was said in the open is answered there"
    );
    assert_eq!(card_words(&cards.last().unwrap().1), words(&answer));
    Some(words(&answer))
}

#[tokio::test]
async fn a_word_in_reply_counts_as_a_button_does() {
    on_each_engine(async |store: &Store| {
        let world = on_monday(store).await;
        let (share, _) = world.sees("quartier", "À relayer avant").await;
        let (call, _) = world.sees("downtown", "Call before").await;

        let said = told(&world, "lou", "quartier", (&share, "Fait sur Mastodon !")).await;
        assert!(said.unwrap().contains("nº\u{A0}1 relayé sur Mastodon"));
        let said = told(&world, "lou", "quartier", (&share, "mastodon et bluesky")).await;
        assert!(said.unwrap().contains("relayé sur Bluesky et Mastodon"));
        assert_eq!(world.is_in_order().await, 2);
        // A reaction beside it is the same person.
        world.reacts("lou", "quartier", &share, "✅", Gesture::Give).await;

        let said = told(&world, "sam", "downtown", (&call, "done")).await.unwrap();
        assert!(said.contains("Reply “reached”, “voicemail” or “busy”."), "{said}");
        let said = told(&world, "sam", "downtown", (&call, "Voicemail."))
            .await
            .unwrap();
        assert!(said.contains("voicemail for no. 2"), "{said}");
        let said = told(&world, "sam", "downtown", (&call, "reached")).await.unwrap();
        assert!(said.contains("you reached someone"), "{said}");
        assert_eq!(world.is_in_order().await, 3);

        // Reading the platform again moves nothing that was said in words.
        world.chat.connect().await.unwrap();
        world.app.wait_until_complete().await;
        assert_eq!(world.is_in_order().await, 3);

        let said = told(&world, "lou", "quartier", (&share, "annuler"))
            .await
            .unwrap();
        assert!(said.contains("plus rien n’est compté"), "{said}");
        let said = told(&world, "lou", "quartier", (&share, "pas aujourd’hui"))
            .await
            .unwrap();
        assert!(said.contains("pas aujourd’hui pour le nº\u{A0}1"), "{said}");
        assert_eq!(world.is_in_order().await, 1);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn conversation_is_left_alone_and_meets_nobody() {
    on_each_engine(async |store: &Store| {
        let world = on_monday(store).await;
        let (share, _) = world.sees("quartier", "À relayer avant").await;
        for text in ["C’est beau !", "fait chaud", "done with all this", "?", "x"] {
            assert_eq!(
                told(&world, "ines", "quartier", (&share, text)).await,
                None,
                "{text}"
            );
        }
        // A word under something that is no prompt, and one under nothing.
        let visit = world.chat.visit("ines", "quartier").unwrap();
        assert_eq!(visit.say("fait").await.unwrap(), None);
        let last = world.messages("quartier").await.pop().unwrap().post.id;
        assert_eq!(told(&world, "ines", "quartier", (&last, "fait")).await, None);
        let account = store.read().await.unwrap().find_account("embedded", "ines").await;
        assert_eq!(account.unwrap(), None, "who only talks is not written down");

        world.clock_shows("2026-11-24T20:00:00-05:00");
        let said = told(&world, "ines", "quartier", (&share, "fait")).await.unwrap();
        assert!(said.contains("n’est donc pas compté"), "{said}");
        assert_eq!(world.is_in_order().await, 0);
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn an_ask_is_answered_by_its_number() {
    on_each_engine(async |store: &Store| {
        let world = on_monday(store).await;
        world.sees("quartier", "À relayer avant").await;
        world.sees("downtown", "Call before").await;
        let private = relais::chat::embedded::Embedded::direct("lou");
        let says = async |text: &str| {
            let visit = world.chat.visit("lou", &private).unwrap();
            words(&visit.say(text).await.unwrap().unwrap())
        };
        for (typed, answered) in [
            ("fait nº 1 mastodon", "relayé sur Mastodon"),
            ("fait 1", "déjà noté"),
            ("done 2", "Tapez «\u{A0}fait 2 joint\u{A0}»"),
            ("fait 2 répondeur", "répondeur pour le nº\u{A0}2"),
            (
                "fait 2 en avion",
                "«\u{A0}en avion\u{A0}» ne veut rien dire pour le nº\u{A0}2",
            ),
            ("fait 1 annuler", "plus rien n’est compté pour vous au nº\u{A0}1"),
            ("fait 1 mastodon", "relayé sur Mastodon"),
            // What a receipt offers, as it is typed.
            ("Annuler.", "plus rien n’est compté pour vous au nº\u{A0}1"),
            ("fait 3", "pas d’action «\u{A0}3\u{A0}»"),
        ] {
            let said = says(typed).await;
            assert!(said.contains(answered), "{typed}: {said}");
        }
        assert_eq!(world.is_in_order().await, 1);
        world.writes("marc", SHARE).await;
        let said = says("fait 3").await;
        assert!(said.contains("n’est pas ouverte"), "{said}");
        world.stop().await;
    })
    .await;
}
