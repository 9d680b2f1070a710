//! Commands as people type them into their clients, and what is none of the bot's business.

use serde_json::{Value, json};

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, Words},
};

/// The type of the state events by which clients are told of commands.
const DESCRIPTION: &str = "org.matrix.msc4391.command_description";

#[tokio::test]
async fn only_what_is_asked_of_it_is_answered() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let Organisation {
        bot,
        marie,
        claire,
        coordination,
        ..
    } = &organisation;
    let it = bot.account.id.as_str();
    let asked = claire.says(coordination, "Comment ça marche ?").await;
    let foreign = [
        Words::of("!relais stop").html("<pre><code>!relais stop</code></pre>"),
        Words::of("```\n!relais stop\n```"),
        Words::of("`!relais stop`").html("<code>!relais stop</code>"),
        Words::of("> !relais stop").html("<blockquote>!relais stop</blockquote>"),
        Words::of("> <@marie:relais.test> !relais stop\n\nNon !").replying_to(&asked),
        Words::of("!relais stop").kind("m.notice"),
        Words::of("!relais stop").kind("m.emote"),
        Words::of("!relaisstop"),
    ];
    for words in foreign {
        marie.sends(coordination, words).await;
    }
    let said = marie.says(coordination, "Bonjour").await;
    marie.edits(coordination, &said, "!relais stop").await;
    // The command comes after all of them, and it goes on.
    organisation
        .asks(marie, coordination, "campaign list", "campaign")
        .await;
    let halt = bot.store().await.read().await.unwrap().find_halt().await;
    assert!(halt.unwrap().is_none(), "a command that nobody gave was obeyed");

    // A command after a quotation, and one in reply, are commands.
    let quoting = Words::of("> Comment ça marche ?\n\n!relais help stop");
    let quoting = quoting.html("<blockquote>Comment ça marche ?</blockquote><p>!relais help stop</p>");
    marie.sends(coordination, quoting).await;
    marie.is_told(it, "Stop everything that goes out").await;
    // A file that cannot be read gets an answer too, where it looks like a calendar.
    let size = 11 * 1024 * 1024;
    let large = Words::of("grand.csv")
        .kind("m.file")
        .file("mxc://relais.test/gone", size);
    marie.sends(coordination, large).await;
    marie.is_told(it, "“grand.csv” is larger than 10 MB").await;
    let gone = Words::of("gone.csv")
        .kind("m.file")
        .file("mxc://relais.test/gone", 10);
    marie.sends(coordination, gone).await;
    marie.is_told(it, "“gone.csv” could not be read").await;
}

#[tokio::test]
async fn two_answers_at_once_come_to_one_private_room() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let Organisation {
        bot,
        claire,
        omar,
        coordination,
        quartier,
        ..
    } = &organisation;
    let it = bot.account.id.as_str();
    // Omar asks three things before he looks at any answer.
    for command in ["me", "help", "today"] {
        omar.says(quartier, &format!("!relais {command}")).await;
    }
    let mut rooms = Vec::new();
    for words in ["Vous et Relais", "Ce que vous pouvez faire", "Rien n’est ouvert"] {
        rooms.push(omar.told(it, words).await.0);
    }
    rooms.dedup();
    assert_eq!(rooms.len(), 1, "{rooms:?}");
    // Whoever leaves it is told in another one, when there is something that they must be told.
    omar.leaves(&rooms[0]).await;
    let prompt = posted(&organisation).await;
    organisation
        .asks(claire, coordination, "ask close 1", "No. 1 is closed")
        .await;
    omar.reacts(quartier, &prompt.id, "✅").await;
    let (again, told) = omar.told(it, "ce geste n’est donc pas compté").await;
    assert_ne!(again, rooms[0]);
    assert!(told.is_encrypted);
}

#[tokio::test]
async fn a_private_answer_goes_to_no_room_with_a_third_person() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let Organisation {
        bot,
        ines,
        omar,
        quartier,
        ..
    } = &organisation;
    let it = bot.account.id.as_str();
    // What Omar calls a conversation with the bot has Inès in it too.
    let three = NewRoom::plain("nous trois").direct();
    let three = omar.creates(three.inviting(&[it, ines.id()])).await;
    ines.joins(&three).await;
    let has_come = |event: &Value| event["state_key"] == *it && event["content"]["membership"] == "join";
    omar.notices(&three, has_come).await;
    omar.says(quartier, "!relais me").await;
    let (room, told) = omar.told(it, "Vous et Relais").await;
    assert_ne!(room, three);
    assert!(told.is_encrypted);
}

#[tokio::test]
async fn clients_are_told_what_may_be_typed_and_what_they_make_of_it_is_understood() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let Organisation {
        bot,
        marie,
        omar,
        coordination,
        quartier,
        ..
    } = &organisation;
    let it = bot.account.id.as_str();
    let is_told = |event: &Value, name: &str| {
        event["type"] == DESCRIPTION && event["sender"] == it && event["content"]["command"] == name
    };
    // In the rooms that Marie made the bot has no power: nothing is told there, until it has.
    marie.sets_power(quartier, it, 50).await;
    organisation
        .asks(marie, quartier, "room add volunteers both", "quartier is linked")
        .await;
    let told = marie
        .notices(quartier, |event| is_told(event, "relais fait"))
        .await;
    assert_eq!(told["content"]["aliases"], json!(["relais done"]));
    assert_eq!(told["content"]["parameters"][0]["key"], "action");
    let names = [
        "aujourd’hui",
        "fait",
        "moi",
        "moi langue",
        "moi pause",
        "moi annuler",
        "moi exporter",
        "moi oublier",
        "aide",
    ];
    let names = names.map(|name| format!("relais {name}"));
    let mut keys = Vec::new();
    for name in &names {
        let told = marie.notices(quartier, |event| is_told(event, name)).await;
        keys.push(told["state_key"].as_str().unwrap().to_owned());
    }
    // Volunteers are not told what coordinators type, and nobody is where the bot may not.
    let all = marie.events(quartier);
    assert!(!all.iter().any(|event| is_told(event, "relais action nouvelle")));
    assert!(
        !marie
            .events(coordination)
            .iter()
            .any(|event| event["type"] == DESCRIPTION)
    );

    let invoked = json!({
        "msgtype": "m.text",
        "body": "/relais moi langue english",
        "m.mentions": { "user_ids": [it] },
        "org.matrix.msc4391.command": { "command": "relais moi langue", "arguments": { "langue": "english" } },
    });
    omar.sends_event(quartier, "m.room.message", invoked).await;
    omar.is_told(it, "English").await;

    // Nothing is told again to whom nothing is new, and all is taken back with the room.
    organisation
        .asks(marie, quartier, "room add volunteers both", "quartier is linked")
        .await;
    organisation
        .asks(marie, quartier, "room remove", "n’est plus relié")
        .await;
    for key in keys {
        let is_gone = |event: &Value| event["state_key"] == *key && event["content"] == json!({});
        marie.notices(quartier, is_gone).await;
    }
    let events = marie.events(quartier);
    let told = events
        .iter()
        .filter(|event| event["type"] == DESCRIPTION && event["content"] != json!({}));
    assert_eq!(told.count(), names.len());
}

#[tokio::test]
async fn prompts_are_seeded_where_that_is_wanted_and_withdrawn_with_their_edits() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let Organisation {
        bot,
        marie,
        claire,
        ines,
        omar,
        coordination,
        quartier,
    } = &organisation;
    let it = bot.account.id.as_str();
    organisation
        .asks(marie, quartier, "room seed on", "leurs réactions d’avance")
        .await;
    let prompt = posted(&organisation).await;
    ines.sees(quartier, |message| {
        message.id == prompt.id && message.has_reaction("✅", it) && message.has_reaction("💤", it)
    })
    .await;
    omar.reacts(quartier, &prompt.id, "✅").await;
    // Its own are none.
    organisation.shows(&prompt, "One person shared it.").await;
    organisation.counts(1).await;

    organisation
        .asks(
            claire,
            coordination,
            "ask withdraw 1 Erreur de lien",
            "No. 1 is withdrawn",
        )
        .await;
    ines.sees(quartier, |message| message.id == prompt.id && message.is_redacted)
        .await;
    claire.hears(coordination, it, "Erreur de lien").await;
    let edits = |event: &Value| event["content"]["m.relates_to"]["rel_type"] == "m.replace";
    let edits: Vec<Value> = ines.events(quartier).into_iter().filter(edits).collect();
    assert!(!edits.is_empty());
    for edit in edits {
        let id = edit["event_id"].as_str().unwrap().to_owned();
        let is_redaction = |event: &Value| {
            event["type"] == "m.room.redaction"
                && (event["redacts"] == *id || event["content"]["redacts"] == *id)
        };
        ines.notices(quartier, is_redaction).await;
    }
    organisation.counts(1).await;
}
