//! The numbers that people ask for: the same as a recount, in the day, in the week and in the summary.

use relais::{
    chat::embedded::{Cast, Person},
    store::Store,
};

use crate::{
    database::on_each_engine,
    world::{World, button, card_words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

/// Six volunteers in one group's room and two in another's.
const QUARTIER: [&str; 6] = ["lou", "sam", "ines", "p-1", "p-2", "p-3"];
const LAVAL: [&str; 2] = ["p-4", "p-5"];

async fn more_people(world: &World) {
    let person = |id: &str| Person {
        id: id.into(),
        name: id.into(),
        locale: "fr-CA".into(),
        about: String::new(),
        cast: Cast::Extra,
    };
    let ids = ["p-1", "p-2", "p-3", "p-4", "p-5"];
    world.chat.add_people(ids.map(person)).await.unwrap();
}

fn plain(text: &str) -> String {
    text.replace(['\u{A0}', '\u{202F}'], " ")
}

#[tokio::test]
async fn every_number_is_the_recount() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        more_people(&world).await;
        world
            .says(
                "claire",
                "coordination",
                "campaign new halte \"Halte aux rénovictions\" \"Stop renovictions\"",
            )
            .await;
        let told = world
            .says(
                "claire",
                "coordination",
                "campaign goal halte 1,000 2026-12-24 share",
            )
            .await;
        assert!(told.contains("1,000 shares by December 24"), "{told}");
        let common = [
            ("campaign", "halte"),
            ("date", "2026-11-23"),
            ("time", "09:00"),
            ("closes", "2026-11-24 20:00"),
        ];
        let share = [
            ("kind", "share"),
            ("wording_fr", "Relayez."),
            ("wording_en", "Share."),
            ("networks", "mastodon; bluesky"),
        ];
        let call = [
            ("kind", "call"),
            ("wording_fr", "Appelez."),
            ("wording_en", "Call."),
            ("target", "Bureau: 514 555-0199"),
        ];
        world.writes("marc", &[&share[..], &common].concat()).await;
        world.writes("marc", &[&call[..], &common].concat()).await;
        for ask in ["1", "2"] {
            world
                .says("claire", "coordination", &format!("ask approve {ask}"))
                .await;
        }
        for typed in ["stats", "stats week", "stats halte"] {
            let said = world.says("claire", "coordination", typed).await;
            assert!(said.contains("Nothing confirmed yet"), "{typed}: {said}");
        }

        world.clock_shows("2026-11-23T09:00:00-05:00");
        let (_, share) = world.sees("quartier", "À relayer avant").await;
        let (_, share_laval) = world.sees("laval", "À relayer avant").await;
        let (_, call) = world.sees("quartier", "Appelez avant").await;
        for who in QUARTIER {
            world.presses(who, "quartier", &button(&share, "Mastodon")).await;
        }
        world.presses("lou", "quartier", &button(&share, "Bluesky")).await;
        for who in LAVAL {
            world
                .presses(who, "laval", &button(&share_laval, "Mastodon"))
                .await;
        }
        world
            .presses("lou", "quartier", &button(&call, "Répondeur"))
            .await;
        world.presses("lou", "quartier", &button(&call, "joint")).await;
        world
            .presses("sam", "quartier", &button(&call, "Répondeur"))
            .await;
        world.presses("p-1", "quartier", &button(&call, "joint")).await;
        world.says("p-1", "quartier", "moi annuler 2").await;
        world.says("p-2", "quartier", "moi oublier oui").await;

        // Nine shares and two calls; of eight people one had themselves forgotten.
        assert_eq!(world.is_in_order().await, 11);
        for (typed, told) in [
            (
                "stats",
                vec![
                    "11 actions by 7 people",
                    "9 shares",
                    "2 calls",
                    "no. 1",
                    "9 actions",
                    "2 actions",
                ],
            ),
            ("stats today", vec!["11 actions by 7 people"]),
            (
                "chiffres semaine",
                vec!["11 actions by 7 people", "Monday: 11 actions"],
            ),
            ("stats #1", vec!["9 actions by 8 people", "quartier"]),
            ("stats 2", vec!["2 actions by 2 people"]),
            ("stats ask 1", vec!["9 actions by 8 people", "quartier"]),
            ("stats action nº 2", vec!["2 actions by 2 people"]),
            ("stats halte", vec!["11 actions in all", "1,000"]),
            ("stats campaign halte", vec!["11 actions in all", "1,000"]),
            ("stats Stop renovictions", vec!["11 actions in all"]),
        ] {
            let said = world.says("claire", "coordination", typed).await;
            for told in told {
                assert!(said.contains(told), "{typed}: {told}: {said}");
            }
        }
        let said = plain(&world.says("marc", "coordination", "chiffres").await);
        assert!(said.contains("11 gestes"), "{said}");
        let said = world.says("claire", "coordination", "stats #77").await;
        assert!(said.contains("There is no ask"), "{said}");
        let said = world.says("claire", "coordination", "stats haltee").await;
        assert!(said.contains("Did you mean “halte”?"), "{said}");
        let said = world.says("claire", "coordination", "stats Été dernier").await;
        assert!(
            said.contains("no numbers about “Été dernier”") && said.contains("“week”"),
            "{said}"
        );
        // Whoever leads may read the numbers, and no more; whoever volunteers may not.
        for typed in ["stats", "summary now"] {
            let said = world.says("sam", "quartier", typed).await;
            assert!(said.contains("Only leaders and coordinators"), "{said}");
        }
        world.says("nadia", "coordination", "role grant sam leader").await;
        let said = world.says("sam", "quartier", "stats").await;
        assert!(said.contains("11 actions"), "{said}");
        let said = world.says("sam", "quartier", "ask list").await;
        assert!(said.contains("Only coordinators"), "{said}");

        world.clock_shows("2026-11-30T09:00:00-05:00");
        let (_, summary) = world.sees("direction", "Semaine du 23 au 29 novembre").await;
        let now = world.says("marc", "coordination", "bilan maintenant").await;
        for told in ["11 gestes", "9 relais", "2 appels"] {
            assert!(
                plain(&card_words(&summary)).contains(told),
                "{told}: {}",
                card_words(&summary)
            );
            assert!(plain(&now).contains(told), "{told}: {now}");
        }
        let english = world.says("claire", "coordination", "summary now").await;
        assert!(
            english.contains("11 actions") && english.contains("fewer than 5"),
            "{english}"
        );
        // What is withheld cannot be worked out: the other group's number is withheld too.
        assert!(!english.contains("laval: 2"), "{english}");
        let said = world.says("claire", "coordination", "stats today").await;
        assert!(said.contains("Nothing confirmed yet"), "{said}");
        assert_eq!(world.is_in_order().await, 11);
        world.stop().await;
    })
    .await;
}
