//! What a room sees of an ask: what to do, until when, with what words, by which links, at which numbers.

use relais::chat::{Block, Card};

use crate::{
    database::sqlite,
    world::{World, card_of, card_words},
};

const SUNDAY: &str = "2026-11-22T20:00:00-05:00";
const MONDAY: [(&str, &str); 3] = [
    ("date", "2026-11-23"),
    ("time", "09:00"),
    ("closes", "2026-11-24 18:30"),
];

/// An organisation on Monday at nine, with one ask in its rooms.
async fn posted(world: &World, ask: &[(&str, &str)]) {
    world.writes("marc", &[ask, &MONDAY].concat()).await;
    let told = world.says("claire", "coordination", "ask approve 1").await;
    assert!(told.contains("will be posted"), "{told}");
    world.clock_shows("2026-11-23T09:00:00-05:00");
}

fn links(card: &Card) -> Vec<(String, String)> {
    let of = |block: &Block| match block {
        Block::Links { links } => links
            .iter()
            .map(|link| (link.label.clone(), link.url.clone()))
            .collect(),
        _ => Vec::new(),
    };
    card.blocks.iter().flat_map(of).collect()
}

fn copied(card: &Card) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Copy { text, .. } => Some(text.clone()),
        _ => None,
    };
    card.blocks.iter().filter_map(of).collect()
}

#[tokio::test]
async fn a_post_goes_to_each_network_as_it_takes_it() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let long = format!("Relayez ceci. {}", "mot ".repeat(70));
    let ask = [
        ("kind", "share"),
        ("campaign", "halte"),
        ("wording_fr", long.as_str()),
        ("wording_en", "Share <b>this</b> & that."),
        ("link", "https://example.org/p?id=1"),
        ("hashtags", "logement #droit"),
        (
            "networks",
            "mastodon; bluesky; x; facebook; linkedin; whatsapp; instagram; email",
        ),
    ];
    posted(&world, &ask).await;
    let (_, english) = world
        .sees("downtown", "Share before Tuesday 6:30 p.m. — halte · no. 1")
        .await;
    let found = links(&english);
    let url = |label: &str| {
        found
            .iter()
            .find(|(own, _)| own == label)
            .map(|(_, url)| url.as_str())
    };
    for (label, begins, holds) in [
        (
            "Mastodon",
            "https://share.joinmastodon.org/",
            "utm_source%3Dmastodon",
        ),
        (
            "Bluesky",
            "https://bsky.app/intent/compose?text=",
            "utm_campaign%3Dhalte",
        ),
        ("X", "https://x.com/intent/post?text=", "Share%20%3Cb%3Ethis"),
        (
            "Facebook",
            "https://www.facebook.com/sharer/sharer.php?u=",
            "utm_source%3Dfacebook",
        ),
        (
            "LinkedIn",
            "https://www.linkedin.com/sharing/share-offsite/",
            "utm_medium%3Dsocial",
        ),
        ("WhatsApp", "https://wa.me/?text=", "utm_source%3Dwhatsapp"),
    ] {
        let url = url(label).unwrap_or_else(|| panic!("{label}: {found:#?}"));
        assert!(url.starts_with(begins) && url.contains(holds), "{label}: {url}");
        assert!(!url.contains("Facebook") && url.is_ascii(), "{url}");
    }
    assert!(
        found
            .iter()
            .any(|(_, url)| url.starts_with("mailto:?") && url.contains("utm_source%3Demail")),
        "{found:#?}"
    );
    assert_eq!(url("Instagram"), None);
    let words = card_words(&english);
    assert!(
        words.contains("Facebook and LinkedIn: copy the text first"),
        "{words}"
    );
    assert!(
        words.contains("Instagram: copy the text, then paste it in the app"),
        "{words}"
    );
    assert_eq!(
        copied(&english),
        ["Share <b>this</b> & that.\n#logement #droit\nhttps://example.org/p?id=1"]
    );
    for label in [
        "Mastodon",
        "Bluesky",
        "X",
        "Instagram",
        "Not today",
        "En français",
    ] {
        assert!(
            english.buttons.iter().any(|button| button.label == label),
            "{label}: {:#?}",
            english.buttons
        );
    }

    // The same ask is longer in French than two of the networks take.
    let (_, french) = world.sees("quartier", "À relayer avant mardi 18").await;
    let words = card_words(&french).replace(['\u{A0}', '\u{202F}'], " ");
    assert!(
        words.contains("Bluesky : le texte est trop long") && words.contains("sur 300"),
        "{words}"
    );
    assert!(
        words.contains("X : le texte est trop long") && words.contains("280"),
        "{words}"
    );
    assert!(
        links(&french)
            .iter()
            .all(|(label, _)| label != "X" && label != "Bluesky")
    );

    // A room that reads both has one message, French, a rule, English, and one set of choices.
    let (_, both) = world.sees("laval", "À relayer avant").await;
    assert_eq!(
        both.blocks.iter().filter(|block| **block == Block::Rule).count(),
        1
    );
    assert_eq!(copied(&both).len(), 2);
    assert_eq!(
        both.buttons
            .iter()
            .filter(|button| button.label.contains("Mastodon"))
            .count(),
        1
    );
    assert!(
        both.buttons
            .iter()
            .any(|button| button.label == "Pas aujourd’hui / Not today"),
        "{:#?}",
        both.buttons
    );
    assert!(both.footer.unwrap().contains(" · "));
    world.stop().await;
}

#[tokio::test]
async fn a_call_has_a_script_and_numbers_to_dial() {
    let database = sqlite().await;
    let world = World::found(&database.store, SUNDAY).await;
    let ask = [
        ("kind", "call"),
        ("wording_fr", "Appelez avant le vote."),
        ("wording_en", "Call before the vote."),
        (
            "script_fr",
            "Bonjour {legislator}, j’habite {district} et {autre}.",
        ),
        (
            "script_en",
            "Hello {legislator}, I live in {district} and {other}.",
        ),
        (
            "target",
            "Marie Dupont: 514 555-0199; Bureau de Laval: +1 450 555-0123 poste 7",
        ),
    ];
    posted(&world, &ask).await;
    let (_, english) = world.sees("downtown", "Call before Tuesday 6:30 p.m.").await;
    let words = card_words(&english);
    assert!(
        words
            .contains("Hello [your representative’s name], I live in [your riding or district] and {other}."),
        "{words}"
    );
    let dialled: Vec<String> = links(&english).into_iter().map(|(_, url)| url).collect();
    assert_eq!(dialled, ["tel:5145550199", "tel:+14505550123;ext=7"]);
    assert!(
        words.contains("[Marie Dupont: Reached someone]") && words.contains("[Bureau de Laval: Voicemail]"),
        "{words}"
    );
    assert!(words.contains("No call yet"), "{words}");
    // In private, the same, with its buttons.
    let today = card_of(world.answered("sam", "downtown", "today").await);
    assert_eq!(today.buttons, english.buttons);
    assert!(card_words(&today).contains("Call before the vote."));
    // One call to each of them is two confirmations of one person.
    for button in english
        .buttons
        .iter()
        .filter(|button| button.label.contains("Voicemail"))
    {
        world.presses("sam", "downtown", &button.id).await;
    }
    assert_eq!(world.is_in_order().await, 2);
    let today = world.says("sam", "downtown", "today").await;
    assert!(
        today.contains("You have answered everything that is open"),
        "{today}"
    );
    world.stop().await;
}
