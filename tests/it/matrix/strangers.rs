//! Whoever has no part in the organisation, and what they are not told: anybody may be in a room that somebody had the bot come into.

use std::fs;

use serde_json::Value;

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, People, Words},
};

#[tokio::test]
async fn a_stranger_in_an_open_room_neither_reads_nor_counts() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    posted(&organisation).await;
    let it = organisation.bot.account.id.as_str();
    let Organisation {
        ines, omar, quartier, ..
    } = &organisation;
    let noor = People::start(&homeserver).person("noor").await;
    let square = ines
        .creates(NewRoom::plain("place").public().inviting(&[it]))
        .await;
    ines.notices(&square, |event: &Value| {
        event["state_key"] == it && event["content"]["membership"] == "join"
    })
    .await;
    omar.joins(&square).await;
    noor.joins(&square).await;
    let refusal = "people who are in a room of Comité logement";
    noor.says(&square, "!relais today").await;
    let (private, told) = noor.told(it, refusal).await;
    assert!(!told.body.contains("registre"), "{}", told.body);
    for command in ["done 1", "today", "done 99"] {
        noor.says(&private, command).await;
    }
    noor.says(&private, "help").await;
    noor.hears(&private, it, "What you can do").await;
    let answers = noor.history(&private).await.into_iter();
    let refused = answers.filter(|message| message.sender == it && message.body.contains(refusal));
    assert_eq!(refused.count(), 4);
    organisation.counts(0).await;

    // Omar is in a room that is linked, and may ask from anywhere though he never did anything.
    organisation
        .asks(omar, &square, "today", "Demandez le registre")
        .await;
    organisation
        .asks(omar, &square, "done 1", "Noted for no. 1")
        .await;
    organisation.counts(1).await;
    // Whoever comes into such a room has a part from then on.
    organisation.marie.invites(quartier, noor.id()).await;
    noor.joins(quartier).await;
    organisation
        .asks(&noor, &square, "done 1", "Noted for no. 1")
        .await;
    organisation.counts(2).await;
}

#[tokio::test]
async fn what_volunteers_share_with_each_other_is_not_fetched() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let it = organisation.bot.account.id.as_str();
    let Organisation {
        bot,
        marie,
        ines,
        omar,
        quartier,
        ..
    } = &organisation;
    let gone = |name: &str| Words::of(name).kind("m.file").file("mxc://relais.test/gone", 10);
    omar.sends(quartier, gone("recettes.csv")).await;
    ines.sends(quartier, gone("affiche.pdf")).await;
    marie.sends(quartier, gone("affiche.pdf")).await;
    // What each does next is answered after it.
    for person in [omar, ines] {
        person.says(quartier, "!relais aide").await;
        let (private, _) = person.told(it, "Ce que vous pouvez faire").await;
        let told = person.history(&private).await.into_iter();
        assert_eq!(told.filter(|message| message.sender == it).count(), 1);
    }
    marie.sends(quartier, gone("calendrier.csv")).await;
    marie.is_told(it, "n’a pas pu être lu").await;
    assert_eq!(bot.log().matches("a file could not be fetched").count(), 1);
}

#[tokio::test]
async fn the_operator_says_from_whom_else_invitations_are_taken() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let it = organisation.bot.account.id.clone();
    let people = People::start(&homeserver);
    let (noor, zoe) = (people.person("noor").await, people.person("zoe").await);
    let file = organisation.bot.folder().join("relais.toml");
    let config = fs::read_to_string(&file).unwrap();
    let is_now = |event: &Value, membership: &str| {
        event["state_key"] == *it && event["content"]["membership"] == membership
    };
    // An account, then a whole server.
    for (taken_from, of_zoe) in [(noor.id(), "leave"), ("relais.test", "join")] {
        organisation.bot.kill().await;
        let with = format!("[matrix]\ninvited_by = [\"{taken_from}\"]\n");
        fs::write(&file, config.replace("[matrix]\n", &with)).unwrap();
        organisation.bot.start_again();
        for (person, membership) in [(&noor, "join"), (&zoe, of_zoe)] {
            let room = person.creates(NewRoom::plain("ailleurs").inviting(&[&it])).await;
            person.notices(&room, |event| is_now(event, membership)).await;
        }
    }
}
