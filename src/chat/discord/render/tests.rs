use serde_json::json;

use super::*;
use crate::chat::{Button, Link, Style};

fn only(card: &Card) -> Draft {
    let mut drafts = drafts(card);
    assert_eq!(drafts.len(), 1);
    drafts.pop().unwrap()
}

fn link(label: &str, url: &str) -> Link {
    Link {
        label: label.to_owned(),
        url: url.to_owned(),
        page: None,
    }
}

fn button(number: usize) -> Button {
    Button {
        id: format!("1.c.{number}"),
        label: format!("Fait {number}"),
        emoji: Some("✅".into()),
        style: Style::Primary,
        ..Button::default()
    }
}

#[test]
fn a_prompt_is_an_embed_with_its_text_to_copy_apart() {
    let card = Card {
        title: Some("*Partager* jusqu’à 18 h".into()),
        blocks: vec![
            Block::Paragraph {
                text: "Un\ndeux".into(),
            },
            Block::Quote { text: "a\nb".into() },
            Block::Copy {
                label: "À copier".into(),
                text: "Le logement est un droit. #Logement".into(),
            },
            Block::List {
                items: vec!["un".into(), "deux".into()],
            },
            Block::Links {
                links: vec![link("Bluesky", "https://bsky.app/intent?text=a")],
            },
            Block::Rule,
            Block::Heading { text: "Share".into() },
        ],
        buttons: vec![button(1)],
        footer: Some("12 personnes".into()),
        picture: Some(Picture {
            name: "affiche.PNG".into(),
            media_type: "image/png".into(),
            alt: "Une affiche".into(),
            bytes: b"png".as_slice().into(),
        }),
        ..Card::default()
    };
    let (body, files) = only(&card).body_with_picture(Some("https://discord.com/#relais/abc"));
    let description = "**\\*Partager\\* jusqu’à 18 h**\n\nUn\ndeux\n\n> a\n> b\n\nÀ copier\n\n- un\n- deux\n\n───────────\n\n**Share**";
    assert_eq!(
        body,
        json!({
            "content": "Le logement est un droit. #Logement",
            "embeds": [{
                "description": description,
                "footer": { "text": "12 personnes" },
                "url": "https://discord.com/#relais/abc",
            }],
            "components": [
                { "type": 1, "components": [
                    { "type": 2, "style": 1, "label": "Fait 1", "custom_id": "1.c.1", "emoji": { "name": "✅" } },
                ] },
                { "type": 1, "components": [
                    { "type": 2, "style": 5, "label": "Bluesky", "url": "https://bsky.app/intent?text=a" },
                ] },
            ],
            "allowed_mentions": { "parse": [] },
            "attachments": [{ "id": 0, "filename": "picture.PNG", "description": "Une affiche" }],
        })
    );
    assert_eq!((files.len(), files[0].name.as_str()), (1, "picture.PNG"));
}

#[test]
fn links_that_no_button_takes_stand_as_text() {
    let long = format!("https://example.org/?text={}(a)", "x".repeat(500));
    let links = vec![
        link("Ligne", "tel:+15145550100"),
        link("Courriel", "mailto:elu@example.org?subject=Logement"),
        link("Par courriel", &format!("mailto:?body={}", "x".repeat(400))),
        link("Mastodon", &long),
    ];
    let card = Card {
        blocks: vec![Block::Links { links }],
        ..Card::default()
    };
    let body = only(&card).body(None);
    assert_eq!(body["components"], json!([]));
    let shown = body["embeds"][0]["description"].as_str().unwrap();
    let escaped = long.replace('(', "%28").replace(')', "%29");
    assert_eq!(
        shown,
        format!(
            "Ligne — +15145550100\nCourriel — mailto:elu@example.org?subject=Logement\n[Mastodon]({escaped})"
        )
    );
}

#[test]
fn there_are_five_rows_of_five_at_most() {
    let links = (0..8).map(|number| link(&format!("Lien {number}"), "https://example.org/"));
    let card = Card {
        buttons: (0..17).map(button).collect(),
        blocks: vec![Block::Links {
            links: links.collect(),
        }],
        ..Card::default()
    };
    let body = only(&card).body(None);
    let rows = body["components"].as_array().unwrap();
    let sizes: Vec<usize> = rows
        .iter()
        .map(|row| row["components"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [5, 5, 5, 2, 5]);
    let shown = body["embeds"][0]["description"].as_str().unwrap();
    assert_eq!(shown.lines().count(), 3, "{shown}");
    let crowded = Card {
        buttons: (0..30).map(button).collect(),
        ..Card::default()
    };
    assert_eq!(
        only(&crowded).body(None)["components"].as_array().unwrap().len(),
        5
    );
}

#[test]
fn what_is_too_long_goes_before_the_message_that_is_answered() {
    let words = "Le logement est un droit. ".repeat(400);
    let card = Card {
        title: Some("Titre".into()),
        blocks: vec![
            Block::Paragraph { text: words.clone() },
            Block::Copy {
                label: "À copier".into(),
                text: "Premier".into(),
            },
            Block::Copy {
                label: "To copy".into(),
                text: "Second ".repeat(400),
            },
        ],
        buttons: vec![button(1)],
        ..Card::default()
    };
    let drafts = drafts(&card);
    let bodies: Vec<Value> = drafts.iter().map(|draft| draft.body(None)).collect();
    let last = bodies.last().unwrap();
    assert_eq!(last["components"].as_array().unwrap().len(), 1);
    let mut said = String::new();
    for body in &bodies {
        assert!(length(body["content"].as_str().unwrap()) <= CONTENT_MAX);
        if let Some(description) = body["embeds"][0]["description"].as_str() {
            assert!(length(description) <= DESCRIPTION_MAX);
            said.push_str(description);
        }
    }
    assert_eq!(said.matches("logement").count(), 400);
    let copied: Vec<&str> = bodies
        .iter()
        .filter_map(|body| body["content"].as_str())
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(copied[0], "Premier");
    assert_eq!(copied[1..].join(" ").matches("Second").count(), 400);
}

#[test]
fn a_card_that_says_nothing_is_a_message_all_the_same() {
    let body = only(&Card::default()).body(Some("https://discord.com/#relais/a"));
    assert_eq!(body["embeds"][0]["description"], NOTHING);
    let copy = Card {
        blocks: vec![Block::Copy {
            label: String::new(),
            text: "a".into(),
        }],
        ..Card::default()
    };
    assert_eq!(only(&copy).body(None)["embeds"], json!([]));
}
