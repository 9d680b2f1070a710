//! Messages: sent once, found again, edited, taken back.

use std::{sync::Arc, time::Duration};

use relais::chat::{Block, Card, Picture, Platform, SendError};

use super::{
    adapter::{Adapter, access, message, prompt, room},
    model::{Model, channel::Standing},
};

#[tokio::test]
async fn a_message_is_sent_once_and_found_again() {
    let model = Model::start().await;
    let channel = model.guild("Logement").channel("relais");
    let bot = Adapter::start(&model).await;
    let at = bot.sends(channel, &prompt(), "abcdefghijkmnpqrstuvwxyz").await;
    let stands = model.message(at).unwrap();
    assert_eq!(stands["content"], "Demandez le registre des loyers. #Logement");
    assert_eq!(
        stands["components"][0]["components"][0]["custom_id"],
        "1.c.4.done."
    );
    assert_eq!(stands["mention_everyone"], false);

    // While Discord remembers, sending again is nothing.
    assert_eq!(
        bot.sends(channel, &prompt(), "abcdefghijkmnpqrstuvwxyz").await,
        at
    );
    // Later it is found by what stands in it, however much was said since, and after it was edited by one who does not remember it.
    model.forget_nonces();
    let marie = model.user("Marie", "fr");
    for number in 0..120 {
        marie.say(channel, &format!("mot {number}"));
    }
    let other = Adapter::start(&model).await;
    let edited = Card {
        footer: Some("13 personnes".into()),
        ..prompt()
    };
    let (room, message) = (room(channel), message(at));
    other.discord.edit(&room, &message, &edited).await.unwrap();
    let found = other
        .discord
        .find(&room, "abcdefghijkmnpqrstuvwxyz")
        .await
        .unwrap();
    assert_eq!(found.as_ref(), Some(&message));
    assert_eq!(
        model.message(at).unwrap()["embeds"][0]["footer"]["text"],
        "13 personnes"
    );
    assert_eq!(
        other
            .discord
            .find(&room, "zyxwvutsrqpnmkjihgfedcba")
            .await
            .unwrap(),
        None
    );

    other.discord.withdraw(&room, &message).await.unwrap();
    other.discord.withdraw(&room, &message).await.unwrap();
    assert!(model.message(at).is_none());
    assert_eq!(
        other
            .discord
            .find(&room, "abcdefghijkmnpqrstuvwxyz")
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn what_is_too_long_for_one_message_comes_and_goes_as_one() {
    let model = Model::start().await;
    let channel = model.guild("Logement").channel("relais");
    let bot = Adapter::start(&model).await;
    let long = |words: &str| Card {
        blocks: vec![
            Block::Paragraph {
                text: format!("{words} ").repeat(900),
            },
            Block::Copy {
                label: "À copier".into(),
                text: format!("{words} ").repeat(500),
            },
        ],
        ..prompt()
    };
    let at = bot.sends(channel, &long("logement"), "k").await;
    let stands = model.messages(channel);
    assert!(stands.len() > 3, "{}", stands.len());
    assert_eq!(stands.last().unwrap()["id"], at.1.0.to_string());
    bot.discord
        .edit(&room(channel), &message(at), &long("registre"))
        .await
        .unwrap();
    let said: String = model.messages(channel).iter().map(ToString::to_string).collect();
    assert_eq!(
        (
            said.matches("logement ").count(),
            said.matches("registre ").count() > 1_000
        ),
        (0, true)
    );
    bot.discord.withdraw(&room(channel), &message(at)).await.unwrap();
    assert_eq!(model.messages(channel).len(), 0);
}

#[tokio::test]
async fn what_broke_off_between_two_messages_goes_on_where_it_broke_off() {
    let model = Model::start().await;
    let channel = model.guild("Logement").channel("relais");
    let bilingual = Card {
        blocks: vec![
            Block::Copy {
                label: "Texte à copier".into(),
                text: "Demandez le registre.".into(),
            },
            Block::Copy {
                label: "Text to copy".into(),
                text: "Ask for the registry.".into(),
            },
        ],
        ..prompt()
    };
    // The first message is there, which is never told; and later its nonce is forgotten.
    let (at_room, key) = (room(channel), "abcdefghijkmnpqrstuvwxyz");
    let hasty = Adapter::begin(&model, access(&model, Duration::from_secs(2)));
    model.hang_after_commit(1);
    let broken = hasty.discord.send(&at_room, &bilingual, key).await;
    assert!(matches!(broken, Err(SendError::Unsure(_))), "{broken:?}");
    let words = |content: usize| {
        let contents = model.messages(channel).into_iter();
        let contents: Vec<_> = contents.map(|message| message["content"].clone()).collect();
        assert_eq!(contents.len(), content, "{contents:?}");
        contents
    };
    words(1);
    model.forget_nonces();
    let other = Adapter::start(&model).await;
    assert_eq!(other.discord.find(&at_room, key).await.unwrap(), None);
    let at = other.sends(channel, &bilingual, key).await;
    assert_eq!(words(2), ["Demandez le registre.", "Ask for the registry."]);
    let first = &model.messages(channel)[0];
    assert_eq!(first["embeds"][0]["description"], "Texte à copier");

    // Both are edited and taken back as one, also by somebody who remembers nothing.
    let other = Adapter::start(&model).await;
    other
        .discord
        .edit(&at_room, &message(at), &bilingual)
        .await
        .unwrap();
    words(2);
    other.discord.withdraw(&at_room, &message(at)).await.unwrap();
    words(0);
}

#[tokio::test]
async fn a_thread_that_rests_is_woken_to_be_changed() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let thread = guild.thread(guild.channel("relais"), "Registre");
    let bot = Adapter::start(&model).await;
    let at = bot.sends(thread, &prompt(), "k").await;
    let rests = || guild.set_thread(thread, Standing::Archived);
    rests();
    let edited = Card {
        footer: Some("13 personnes".into()),
        ..prompt()
    };
    bot.discord
        .edit(&room(thread), &message(at), &edited)
        .await
        .unwrap();
    assert_eq!(
        model.message(at).unwrap()["embeds"][0]["footer"]["text"],
        "13 personnes"
    );
    rests();
    bot.discord.withdraw(&room(thread), &message(at)).await.unwrap();
    assert!(model.message(at).is_none());
}

#[tokio::test]
async fn a_picture_comes_with_its_words() {
    let model = Model::start().await;
    let channel = model.guild("Logement").channel("relais");
    let bot = Adapter::start(&model).await;
    let card = Card {
        picture: Some(Picture {
            name: "affiche (1).png".into(),
            media_type: "image/png".into(),
            alt: "Une affiche".into(),
            bytes: Arc::from(b"\x89PNG".as_slice()),
        }),
        ..prompt()
    };
    let at = bot.sends(channel, &card, "k").await;
    let attachment = &model.message(at).unwrap()["attachments"][0];
    assert_eq!(attachment["description"], "Une affiche");
    let file = model.file(attachment["url"].as_str().unwrap()).unwrap();
    assert_eq!(file.bytes[..], b"\x89PNG"[..]);
    // It stays when the words change.
    bot.discord
        .edit(&room(channel), &message(at), &prompt())
        .await
        .unwrap();
    assert_eq!(
        model.message(at).unwrap()["attachments"][0]["id"],
        attachment["id"]
    );
}

#[tokio::test]
async fn what_may_have_arrived_is_unsure_and_what_did_not_is_not() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let mut bot = Adapter::begin(&model, access(&model, Duration::from_secs(2)));
    bot.connected().await;
    let send = async |key: &str| bot.discord.send(&room(channel), &prompt(), key).await;
    model.hang_after_commit(1);
    assert!(matches!(send("hung").await, Err(SendError::Unsure(_))));
    assert!(bot.discord.find(&room(channel), "hung").await.unwrap().is_some());
    model.fail_after_done(1_000, 502, 1);
    assert!(matches!(send("done").await, Err(SendError::Unsure(_))));
    model.fail_rest(1_000, 500, 1);
    assert!(matches!(send("lost").await, Err(SendError::Unsure(_))));
    model.heal_rest();
    assert!(bot.discord.find(&room(channel), "done").await.unwrap().is_some());
    assert_eq!(bot.discord.find(&room(channel), "lost").await.unwrap(), None);

    // Who closed their door is not written to for ever.
    let marie = model.user("Marie", "fr");
    guild.admit(&[&marie]);
    let account = marie.id.0.to_string();
    let told = bot
        .discord
        .send_direct(&account, &prompt(), "direct")
        .await
        .unwrap();
    assert_eq!(
        bot.discord.find_direct(&account, "direct").await.unwrap(),
        Some(told)
    );
    marie.close_door();
    let refused = bot.discord.send_direct(&account, &prompt(), "again").await;
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");

    guild.delete_channel(channel);
    assert!(matches!(send("gone").await, Err(SendError::Absent(_))));
}

#[tokio::test]
async fn an_announcement_is_passed_on_when_it_is_asked() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let (news, plain) = (guild.announcement("annonces"), guild.channel("relais"));
    let bot = Adapter::start(&model).await;
    assert!(bot.discord.takes_crossposts(&room(news)));
    assert!(!bot.discord.takes_crossposts(&room(plain)));
    let at = bot.sends(news, &prompt(), "k").await;
    for _ in 0..2 {
        bot.discord.crosspost(&room(news), &message(at)).await.unwrap();
    }
    let flags = model.message(at).unwrap()["flags"].as_u64().unwrap();
    assert_eq!(flags & 1, 1, "it is crossposted");
}
