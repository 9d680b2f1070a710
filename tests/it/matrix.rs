//! Matrix for real: a Synapse on loopback and people with clients that are not the bot's.
//!
//! `tests/with-clients` installs them all and names the Python of Synapse and matrix-nio in `RELAIS_TEST_SYNAPSE`, the folder of
//! matrix-js-sdk and Hydrogen in `RELAIS_TEST_CLIENTS`; without them these tests are skipped aloud, and in CI they fail. What stands here is
//! the ground of the other tests, and is tried by itself.

#[cfg(feature = "discord")]
mod beside;
mod bot;
mod commands;
mod crowd;
mod encryption;
mod eyes;
mod homeserver;
mod kills;
mod limits;
mod meanwhile;
mod organisation;
mod patience;
mod people;
mod program;
mod rooms;
mod second_opinion;
mod session;
mod silenced;
mod storm;
mod story;
mod strangers;
mod week;
mod words;

use futures_util::{StreamExt, stream};
use serde_json::json;

use homeserver::{Homeserver, Limits};
use patience::{PATIENCE, until};
use people::{NewRoom, People, Person, Words};

/// A homeserver with Inès and Omar.
async fn two_people() -> Option<(Homeserver, Person, Person)> {
    let homeserver = Homeserver::start(Limits::Raised).await?;
    let people = People::start(&homeserver);
    let (ines, omar) = (people.person("ines").await, people.person("omar").await);
    Some((homeserver, ines, omar))
}

#[tokio::test]
async fn people_see_what_others_do_and_a_stop_loses_nothing() {
    let Some((homeserver, ines, omar)) = two_people().await else {
        return;
    };
    for room in [NewRoom::plain("Action"), NewRoom::encrypted("Action")] {
        let room = ines.creates(room.inviting(&[omar.id()])).await;
        assert_eq!(omar.is_invited_by(ines.id()).await, room);
        omar.joins(&room).await;
        let said = ines.says(&room, "Qui appelle ?").await;
        let seen = omar.hears(&room, ines.id(), "Qui appelle").await;
        assert_eq!((seen.id, seen.kind.as_str()), (said.clone(), "m.text"));

        let reaction = omar.reacts(&room, &said, "✅").await;
        ines.sees(&room, |message| message.has_reaction("✅", omar.id()))
            .await;
        homeserver.stop().await;
        homeserver.start_again().await;
        omar.redacts(&room, &reaction).await;
        ines.sees(&room, |message| {
            message.id == said && message.reactions.is_empty()
        })
        .await;
        let answer = omar.says(&room, "Moi.").await;
        ines.hears(&room, omar.id(), "Moi.").await;
        omar.redacts(&room, &answer).await;
        ines.sees(&room, |message| message.id == answer && message.is_redacted)
            .await;

        let (here, there) = (ines.messages(&room), omar.history(&room).await);
        let ids = |messages: &[people::message::Message]| -> Vec<String> {
            messages.iter().map(|message| message.id.clone()).collect()
        };
        assert_eq!(ids(&here), [said, answer], "{}", ines.describe(&room));
        assert_eq!(ids(&here), ids(&there));
    }
}

#[tokio::test]
async fn people_write_in_all_the_ways_that_a_client_has() {
    let Some((_homeserver, ines, omar)) = two_people().await else {
        return;
    };
    for room in [NewRoom::plain("Action"), NewRoom::encrypted("Action")] {
        let room = ines.creates(room.public()).await;
        omar.joins(&room).await;
        let root = ines
            .sends(
                &room,
                Words::of("**Bonjour**").html("<b>Bonjour</b>").to(omar.id()),
            )
            .await;
        let seen = omar.hears(&room, ines.id(), "Bonjour").await;
        assert_eq!(seen.html.as_deref(), Some("<b>Bonjour</b>"));
        assert!(seen.mentions.contains(omar.id()));

        let reply = Words::of("Bonsoir").in_thread(&root).replying_to(&root);
        let reply = omar.sends(&room, reply.kind("m.notice")).await;
        let seen = ines.hears(&room, omar.id(), "Bonsoir").await;
        assert_eq!((seen.thread, seen.reply_to), (Some(root.clone()), Some(root)));
        assert_eq!(seen.kind, "m.notice");
        omar.edits(&room, &reply, "Bonne nuit").await;
        let seen = ines.hears(&room, omar.id(), "Bonne nuit").await;
        assert_eq!((seen.id, seen.edits), (reply, 1));

        ines.drops(&room, "calendar.csv", "text/csv", b"when,what\n")
            .await;
        let file = omar.hears(&room, ines.id(), "calendar.csv").await;
        assert_eq!(omar.opens(&file).await, b"when,what\n");
        let encrypted = !file.content["file"].is_null();
        assert!(
            omar.messages(&room)
                .iter()
                .all(|message| message.is_encrypted == encrypted)
        );
    }
}

#[tokio::test]
async fn people_run_their_rooms() {
    let Some((_homeserver, ines, omar)) = two_people().await else {
        return;
    };
    let space = ines.creates(NewRoom::space("Groupe")).await;
    let room = ines
        .creates(NewRoom::plain("Action").public().version("11"))
        .await;
    ines.sets_state(&space, "m.space.child", &room, json!({ "via": ["relais.test"] }))
        .await;
    omar.joins(&room).await;
    ines.sets_power(&room, omar.id(), 50).await;
    let levels = omar.notices(&room, |event| {
        event["type"] == "m.room.power_levels" && event["content"]["users"][omar.id()] == 50
    });
    assert_eq!(levels.await["sender"], ines.id());

    ines.kicks(&room, omar.id()).await;
    let is_out = |event: &serde_json::Value| event["content"]["membership"] == "leave";
    omar.notices(&room, is_out).await;
    ines.invites(&room, omar.id()).await;
    assert_eq!(omar.is_invited_by(ines.id()).await, room);
    omar.joins(&room).await;
    let next = ines.upgrades(&room, "12").await;
    omar.notices(&room, |event| event["content"]["replacement_room"] == *next)
        .await;
    omar.leaves(&room).await;

    let private = omar.creates(NewRoom::encrypted("").direct()).await;
    omar.bans(&private, ines.id()).await;
    let state = omar.state(&private, "m.room.member", ines.id()).await;
    assert_eq!(state["membership"], "ban");
}

#[tokio::test]
async fn limits_hold_back_the_bot_and_nobody_else() {
    let Some(homeserver) = Homeserver::start(Limits::Default).await else {
        return;
    };
    let people = People::start(&homeserver);
    let ines = people.person("ines").await;
    let bot = homeserver.register("bot", "its password").await;
    let room = ines.creates(NewRoom::plain("Action").public()).await;
    let token = Some(bot.token.as_str());
    let join = format!("/_matrix/client/v3/join/{room}");
    assert_eq!(
        homeserver.request("POST", &join, token, Some(json!({}))).await.0,
        200
    );
    let say = async |number: u32| {
        let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/{number}");
        let words = json!({ "msgtype": "m.text", "body": number.to_string() });
        homeserver.request("PUT", &path, token, Some(words)).await.0
    };
    let mut said = 0;
    while say(said).await == 200 {
        said += 1;
        assert!(said < 50, "the bot has no limit");
    }
    homeserver.exempt(&bot.id).await;
    for number in 100..130 {
        assert_eq!(say(number).await, 200);
    }

    // A crowd acts at once, and each of its acts counts.
    let prompt = ines.says(&room, "Fait ?").await;
    let mut crowd = Vec::new();
    for name in ["zoe", "noor", "li"] {
        let person = people.passer_by(name).await;
        person.joins(&room).await;
        crowd.push(person);
    }
    let keys: Vec<String> = (0..40).map(|number| number.to_string()).collect();
    let acts = crowd
        .iter()
        .flat_map(|person| keys.iter().map(|key| person.reacts(&room, &prompt, key)));
    let acts: Vec<String> = stream::iter(acts).buffer_unordered(10).collect().await;
    assert_eq!(acts.len(), 120);
    ines.sees(&room, |message| {
        message.id == prompt
            && message.reactions.len() == 40
            && message.reactions.values().all(|by| by.len() == 3)
    })
    .await;
}
