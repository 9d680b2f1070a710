//! Files that are dropped: all of it or none, and every mistake with its row and column.

use relais::{
    chat::{Attachment, embedded::Embedded},
    store::Store,
};

use crate::{
    bad_input::is_inert,
    database::{on_each_engine, sqlite},
    desk::calendar,
    world::{World, words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

#[tokio::test]
async fn a_calendar_with_a_mistake_imports_nothing() {
    on_each_engine(async |store: &Store| {
        let world = World::found(store, SUNDAY).await;
        let good: &[(&str, &str)] = &[
            ("ref", "a-1"),
            ("kind", "sign"),
            ("wording_fr", "Signez."),
            ("campaign", "nouvelle"),
        ];
        let bad: &[(&str, &str)] = &[
            ("ref", "a-2"),
            ("kind", "sgin"),
            ("wording_fr", "\u{202E}"),
            ("closes", "2026-11-31 20:00"),
            ("groups", "lavall"),
        ];
        for (who, told) in [
            (
                "marc",
                [
                    "Ligne 3, colonne « kind »",
                    "Vouliez-vous dire « sign »",
                    "le 31 novembre n’existe pas",
                    "Vouliez-vous dire « laval »",
                    "Rien n’a été importé. Corrigez le fichier, puis importez-le de nouveau, avec ses images.",
                ],
            ),
            (
                "claire",
                [
                    "Row 3, column “kind”",
                    "Did you mean “sign”",
                    "November 31 does not exist",
                    "Did you mean “laval”",
                    "Nothing was imported",
                ],
            ),
        ] {
            let said = world
                .drops(who, "coordination", vec![("c.csv", calendar(&[good, bad]))])
                .await;
            let said = said.replace(['\u{A0}', '\u{202F}'], " ");
            for told in told {
                assert_eq!(said.matches(told).count(), 1, "{told}: {said}");
            }
        }
        let mut broken = calendar(&[good]);
        broken.push(0xFF);
        let headless = String::from_utf8(calendar(&[good]))
            .unwrap()
            .replacen(",closes", "", 1);
        for (name, bytes, told) in [
            ("c.csv", broken, "has characters that cannot be read"),
            ("c.csv", headless.into_bytes(), "Column “closes” is missing"),
            ("c.csv", Vec::new(), "The file is empty"),
            ("c.csv", vec![0; 3], ""),
            (
                "c.xlsx",
                b"PK\x03\x04 not really".to_vec(),
                "This workbook cannot be read",
            ),
            (
                "c.csv",
                b"ref,kind\n\"a".to_vec(),
                "A quotation mark opens in row 2",
            ),
        ] {
            let said = world.drops("claire", "coordination", vec![(name, bytes)]).await;
            assert!(
                said.contains(told) && said.contains("Nothing was imported"),
                "{told}: {said}"
            );
            is_inert(&said);
        }
        let said = world.says("claire", "coordination", "ask list").await;
        assert!(said.contains("There is no ask to list"), "{said}");
        let said = world.says("claire", "coordination", "campaign list").await;
        assert!(said.contains("There is no campaign yet"), "{said}");
        // Corrected it comes in once, with or without a byte order mark and whatever separates its cells.
        let whole = String::from_utf8(calendar(&[good])).unwrap();
        let said = world
            .drops(
                "claire",
                "coordination",
                vec![("c.csv", format!("\u{FEFF}{whole}").into_bytes())],
            )
            .await;
        assert!(
            said.contains("One new ask") && said.contains("nouvelle"),
            "{said}"
        );
        let said = world
            .drops(
                "claire",
                "coordination",
                vec![("c.CSV", whole.replace(',', ";").into_bytes())],
            )
            .await;
        assert!(said.contains("One ask unchanged"), "{said}");
        world.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_stands_somewhere_is_not_replaced_by_another() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    world.says("ines", "coordination", "moi").await;
    world
        .says("nadia", "coordination", "role grant ines coordinator montreal")
        .await;
    let row = |name: &'static str, group: &'static str| {
        vec![
            ("ref", name),
            ("kind", "sign"),
            ("wording_fr", "Signez."),
            ("wording_en", "Sign."),
            ("groups", group),
            ("image", "i.png"),
            ("alt_fr", "Une image"),
            ("alt_en", "A picture"),
        ]
    };
    let (first, second) = (b"\x89PNG one".to_vec(), b"\x89PNG two".to_vec());
    let (laval, montreal) = (row("l-1", "laval"), row("m-1", "montreal"));
    let files = |row: &[(&str, &str)], picture: &Vec<u8>| {
        vec![("c.csv", calendar(&[row])), ("i.png", picture.clone())]
    };
    world.drops("marc", "coordination", files(&laval, &first)).await;
    world.says("claire", "coordination", "ask approve 1").await;

    // Somebody of another group would put another picture into an ask that is not theirs.
    let said = world
        .drops("ines", "coordination", files(&montreal, &second))
        .await;
    assert!(said.contains("« i.png »") || said.contains("i.png"), "{said}");
    assert!(said.contains("Rien n’a été importé"), "{said}");
    let said = world
        .drops("ines", "coordination", files(&montreal, &first))
        .await;
    assert!(said.contains("Une nouvelle action"), "{said}");
    let said = world.says("claire", "coordination", "ask show 1").await;
    assert!(said.contains("by claire"), "{said}");

    // Whoever may change all that it goes with may change it; what was approved no longer holds, which is said, and they answer for
    // it from then on.
    let said = world
        .drops("claire", "coordination", files(&laval, &second))
        .await;
    assert!(
        said.contains("2 asks changed") && !said.contains("unchanged"),
        "{said}"
    );
    world
        .sees("coordination", "2 actions attendent une approbation")
        .await;
    let said = world.says("claire", "coordination", "ask show 1").await;
    assert!(said.contains("Waits for approval"), "{said}");
    let said = world.says("claire", "coordination", "ask approve 1").await;
    assert!(said.contains("somebody else"), "{said}");
    let said = world.drops("marc", "coordination", files(&laval, &first)).await;
    assert!(said.contains("2 actions modifiées"), "{said}");
    world.says("claire", "coordination", "ask approve 1").await;
    world.says("claire", "coordination", "ask post 1").await;
    world.sees("laval", "Signez avant").await;
    // In a room it stands as it was approved.
    let said = world.drops("marc", "coordination", files(&laval, &second)).await;
    assert!(said.contains("Rien n’a été importé"), "{said}");
    world.stop().await;
}

#[tokio::test]
async fn what_volunteers_share_with_each_other_is_left_alone() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let drops = async |who: &str, room: &str, name: &str| {
        let file = Attachment {
            name: name.into(),
            bytes: b"ingredient,grams\n"[..].into(),
        };
        let visit = world.chat.visit(who, room).unwrap();
        let answer = visit.drop_files(vec![file]).await.unwrap();
        answer.map(|answer| words(&answer))
    };
    assert_eq!(drops("ines", "quartier", "recettes.csv").await, None);
    assert_eq!(drops("ines", "coordination", "recettes.pdf").await, None);
    let reader = &mut database.store.read().await.unwrap();
    let account = reader.find_account("embedded", "ines").await.unwrap();
    assert_eq!(account, None, "who says nothing to the bot is not written down");
    // Where a calendar is expected, or nobody else reads, it is said why nothing comes of one.
    let private = Embedded::direct("ines");
    for room in ["coordination", private.as_str()] {
        let told = drops("ines", room, "c.csv").await.unwrap();
        assert!(told.contains("C’est réservé à la coordination"), "{room}: {told}");
    }
    // A coordinator's is read anywhere.
    let told = drops("claire", "quartier", "c.csv").await.unwrap();
    assert!(told.contains("Nothing was imported"), "{told}");
    world.stop().await;
}

#[tokio::test]
async fn the_example_of_the_guide_is_a_calendar() {
    let guide = include_str!("../../docs/calendar.md");
    let (_, example) = guide.split_once("```csv\n").unwrap();
    let (example, columns) = example.split_once("```").unwrap();
    for column in example.lines().next().unwrap().split(',') {
        assert!(
            columns.contains(&format!("`{column}`")),
            "{column} is not explained"
        );
    }
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let file = ("actions.csv", example.as_bytes().to_vec());
    let told = world.drops("claire", "coordination", vec![file]).await;
    assert!(told.contains("2 new asks"), "{told}");
    world.stop().await;
}
