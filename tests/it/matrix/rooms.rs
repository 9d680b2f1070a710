//! Rooms: who may have the bot come, and what becomes of those where it was put out, that moved, or that everybody has left.

use serde_json::{Value, json};

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, People, Person, message::Message},
};

/// Whether an event says that somebody is this to a room.
fn is_now(event: &Value, who: &str, membership: &str) -> bool {
    event["type"] == "m.room.member"
        && event["state_key"] == who
        && event["content"]["membership"] == membership
}

/// How many messages with these words the bot ever sent to a room.
async fn said(person: &Person, room: &str, bot: &str, words: &str) -> usize {
    let history = person.history(room).await.into_iter();
    let is_it = |message: &Message| message.sender == bot && message.body.contains(words);
    history.filter(is_it).count()
}

/// Somebody invites the bot, and it comes.
async fn has_it_come(person: &Person, room: &str, bot: &str) {
    let before = count_joins(person, room, bot);
    person.invites(room, bot).await;
    person
        .sees_events(room, |events| {
            let joins = events.iter().filter(|event| is_now(event, bot, "join"));
            joins.count() > before
        })
        .await;
}

fn count_joins(person: &Person, room: &str, bot: &str) -> usize {
    let events = person.events(room);
    events.iter().filter(|event| is_now(event, bot, "join")).count()
}

/// Claire has the second ask posted.
async fn has_the_second_posted(organisation: &Organisation) {
    let Organisation {
        claire, coordination, ..
    } = organisation;
    organisation
        .asks(claire, coordination, "ask approve 2", "No. 2 is approved")
        .await;
    organisation
        .asks(claire, coordination, "ask post 2", "No. 2")
        .await;
}

const SECOND: &str = "Signez la pétition.";

#[tokio::test]
async fn an_invitation_is_taken_from_those_who_belong_and_declined_in_words() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let it = organisation.bot.account.id.clone();
    let people = People::start(&homeserver);
    let (noor, zoe) = (people.person("noor").await, people.person("zoe").await);
    // Nobody knows Noor.
    let foreign = noor.creates(NewRoom::plain("ailleurs").inviting(&[&it])).await;
    let declined = |event: &Value| {
        let reason = event["content"]["reason"].as_str().unwrap_or_default();
        is_now(event, &it, "leave") && reason.contains("Comité logement")
    };
    noor.notices(&foreign, declined).await;
    // Inès is in a room that is linked. Who may link the new one is told of it, and Inès is not.
    let ines = &organisation.ines;
    let theirs = ines
        .creates(NewRoom::encrypted("cuisine").inviting(&[&it, noor.id()]))
        .await;
    ines.notices(&theirs, |event| is_now(event, &it, "join")).await;
    let told = organisation.marie.is_told(&it, "I am in cuisine now").await;
    assert!(told.contains("!relais room add"), "{told}");
    // To be in a room that is not linked opens no door.
    noor.joins(&theirs).await;
    let again = noor.creates(NewRoom::plain("encore").inviting(&[&it])).await;
    noor.notices(&again, declined).await;
    // A private conversation is taken up likewise, and begins with what one may type.
    let private = ines
        .creates(NewRoom::encrypted("").direct().inviting(&[&it]))
        .await;
    let hello = ines.hears(&private, &it, "I am the bot of Comité logement").await;
    assert!(hello.body.contains("“today”"), "{}", hello.body);
    ines.says(&private, "help").await;
    ines.hears(&private, &it, "What you can do").await;
    let pushy = noor
        .creates(NewRoom::encrypted("").direct().inviting(&[&it]))
        .await;
    noor.notices(&pushy, declined).await;
    // What came while it was away is decided when it is back, and no hello is said twice.
    organisation.bot.kill().await;
    let late = zoe.creates(NewRoom::plain("tard").inviting(&[&it])).await;
    let (ines, marie) = (&organisation.ines, &organisation.marie);
    let meanwhile = ines.creates(NewRoom::plain("jardin").inviting(&[&it])).await;
    organisation.bot.start_again();
    zoe.notices(&late, declined).await;
    ines.notices(&meanwhile, |event| is_now(event, &it, "join")).await;
    let (room, _) = marie.told(&it, "I am in jardin now").await;
    assert_eq!(said(marie, &room, &it, "I am in cuisine now").await, 1);
    assert_eq!(said(ines, &private, &it, "I am the bot of").await, 1);
}

/// The bot is put out of the volunteers' room while a prompt is open, and comes back.
async fn put_out_and_back(quartier: NewRoom) {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, quartier).await;
    let prompt = posted(&organisation).await;
    let it = organisation.bot.account.id.clone();
    let Organisation {
        marie,
        claire,
        ines,
        omar,
        coordination,
        quartier,
        ..
    } = &organisation;
    ines.reacts(quartier, &prompt.id, "✅").await;
    organisation.shows(&prompt, "One person shared it.").await;
    marie.kicks(quartier, &it).await;
    claire
        .hears(coordination, &it, "The bot was put out of quartier")
        .await;
    omar.reacts(quartier, &prompt.id, "✅").await;
    has_the_second_posted(&organisation).await;
    organisation
        .asks(marie, coordination, "room list", "the bot is not there")
        .await;
    // A start changes nothing of that, and tells nobody again.
    organisation.bot.kill().await;
    organisation.bot.start_again();
    let Organisation {
        marie,
        claire,
        ines,
        coordination,
        quartier,
        ..
    } = &organisation;
    organisation
        .asks(claire, coordination, "campaign list", "registre")
        .await;
    has_it_come(marie, quartier, &it).await;
    ines.hears(quartier, &it, SECOND).await;
    organisation.shows(&prompt, "2 people shared it.").await;
    organisation.counts(2).await;
    for words in ["Demandez le registre des loyers.", SECOND] {
        assert_eq!(said(ines, quartier, &it, words).await, 1, "{words}");
    }
    assert_eq!(said(claire, coordination, &it, "was put out of").await, 1);
    let (room, _) = marie.told(&it, "I am in quartier now").await;
    assert_eq!(said(marie, &room, &it, "I am in quartier now").await, 1);
}

#[tokio::test]
async fn put_out_it_waits_and_goes_on_when_it_is_back() {
    put_out_and_back(NewRoom::plain("quartier")).await;
}

#[tokio::test]
async fn put_out_of_an_encrypted_room_it_goes_on_as_well() {
    put_out_and_back(NewRoom::encrypted("quartier")).await;
}

#[tokio::test]
async fn a_ban_that_came_while_it_was_away_is_told_once() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let prompt = posted(&organisation).await;
    let it = organisation.bot.account.id.clone();
    organisation.bot.kill().await;
    organisation.marie.bans(&organisation.quartier, &it).await;
    organisation.bot.start_again();
    let told = "The bot was banned from quartier";
    organisation
        .claire
        .hears(&organisation.coordination, &it, told)
        .await;
    organisation.bot.kill().await;
    organisation.bot.start_again();
    let Organisation {
        marie,
        claire,
        ines,
        omar,
        coordination,
        quartier,
        ..
    } = &organisation;
    omar.reacts(quartier, &prompt.id, "✅").await;
    has_the_second_posted(&organisation).await;
    marie.pardons(quartier, &it).await;
    has_it_come(marie, quartier, &it).await;
    ines.hears(quartier, &it, SECOND).await;
    organisation.shows(&prompt, "One person shared it.").await;
    organisation.counts(1).await;
    assert_eq!(said(claire, coordination, &it, told).await, 1);
    // A room that is not needed any more is unlinked from elsewhere.
    marie.bans(quartier, &it).await;
    organisation
        .asks(
            marie,
            coordination,
            "room remove quartier",
            "quartier is no longer linked",
        )
        .await;
}

#[tokio::test]
async fn a_room_that_anybody_may_enter_is_followed_when_it_is_upgraded() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let quartier = NewRoom::plain("quartier").public().version("10");
    let organisation = Organisation::found(&homeserver, quartier).await;
    let prompt = posted(&organisation).await;
    let it = organisation.bot.account.id.clone();
    let Organisation {
        marie,
        claire,
        ines,
        omar,
        coordination,
        quartier,
        ..
    } = &organisation;
    ines.reacts(quartier, &prompt.id, "✅").await;
    organisation.shows(&prompt, "One person shared it.").await;
    let next = marie.upgrades(quartier, "11").await;
    claire
        .hears(
            coordination,
            &it,
            "quartier was upgraded, and the bot has moved along",
        )
        .await;
    ines.joins(&next).await;
    omar.joins(&next).await;
    has_the_second_posted(&organisation).await;
    let second = ines.hears(&next, &it, SECOND).await;
    omar.reacts(&next, &second.id, "✅").await;
    omar.sees(&next, |message| {
        message.id == second.id && message.body.contains("One person signed")
    })
    .await;
    organisation.counts(2).await;
    assert_eq!(said(ines, quartier, &it, SECOND).await, 0);
    assert_eq!(
        said(ines, &next, &it, "Demandez le registre des loyers.").await,
        0
    );
    assert_eq!(said(claire, coordination, &it, "quartier was upgraded").await, 1);
}

#[tokio::test]
async fn a_room_for_the_invited_is_followed_once_the_bot_is_let_in() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let quartier = NewRoom::encrypted("quartier").version("11");
    let mut organisation = Organisation::found(&homeserver, quartier).await;
    let prompt = posted(&organisation).await;
    let it = organisation.bot.account.id.clone();
    organisation
        .ines
        .reacts(&organisation.quartier, &prompt.id, "✅")
        .await;
    organisation.shows(&prompt, "One person shared it.").await;
    // It happens while the bot is away.
    organisation.bot.kill().await;
    let next = organisation.marie.upgrades(&organisation.quartier, "12").await;
    organisation.bot.start_again();
    let Organisation {
        marie,
        claire,
        ines,
        coordination,
        quartier,
        ..
    } = &organisation;
    let told = "the bot may not enter the new room";
    claire.hears(coordination, &it, told).await;
    has_the_second_posted(&organisation).await;
    marie.invites(&next, ines.id()).await;
    ines.joins(&next).await;
    has_it_come(marie, &next, &it).await;
    claire
        .hears(
            coordination,
            &it,
            "quartier was upgraded, and the bot has moved along",
        )
        .await;
    let second = ines.hears(&next, &it, SECOND).await;
    assert!(second.is_encrypted);
    ines.reacts(&next, &second.id, "✅").await;
    ines.sees(&next, |message| {
        message.id == second.id && message.body.contains("One person signed")
    })
    .await;
    organisation.counts(2).await;
    assert_eq!(said(ines, quartier, &it, SECOND).await, 0);
    assert_eq!(said(claire, coordination, &it, told).await, 1);
}

#[tokio::test]
async fn a_room_that_everybody_has_left_is_told_of_and_a_conversation_forgotten() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let it = organisation.bot.account.id.clone();
    let Organisation {
        bot,
        marie,
        claire,
        ines,
        omar,
        coordination,
        quartier,
    } = &organisation;
    // Omar closes his conversation with the bot, which does not stay in it alone.
    let private = omar.creates(NewRoom::plain("").direct().inviting(&[&it])).await;
    omar.notices(&private, |event| is_now(event, &it, "join")).await;
    omar.leaves(&private).await;
    bot.leaves(&homeserver, &private).await;
    for person in [omar, ines, marie] {
        person.leaves(quartier).await;
    }
    claire
        .hears(coordination, &it, "Everybody has left quartier")
        .await;
    organisation
        .asks(marie, coordination, "room list", "everybody has left")
        .await;
    assert_eq!(said(claire, coordination, &it, "Everybody has left").await, 1);
}

#[tokio::test]
async fn a_space_stands_for_a_group() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let it = organisation.bot.account.id.clone();
    let Organisation {
        marie,
        ines,
        coordination,
        quartier,
        ..
    } = &organisation;
    organisation
        .asks(marie, coordination, "group add laval", "“laval” is ready")
        .await;
    organisation
        .asks(
            marie,
            coordination,
            "group space laval Laval",
            "I am in no space or server “Laval”",
        )
        .await;
    let space = marie.creates(NewRoom::space("Laval").inviting(&[&it])).await;
    marie.is_told(&it, "I am in the space Laval now").await;
    organisation
        .asks(
            marie,
            coordination,
            "group space laval Laval",
            "stands for the group “laval”",
        )
        .await;
    let listed = json!({ "via": ["relais.test"] });
    let rives = marie.creates(NewRoom::plain("rives").inviting(&[&it])).await;
    marie.notices(&rives, |event| is_now(event, &it, "join")).await;
    marie
        .sets_state(&space, "m.space.child", &rives, listed.clone())
        .await;
    organisation
        .asks(
            marie,
            &rives,
            "room add volunteers fr",
            "rives is linked: volunteers, French, group “laval”",
        )
        .await;
    // What a room says of itself counts for nothing.
    let intrus = ines
        .creates(NewRoom::plain("intrus").inviting(&[&it, marie.id()]))
        .await;
    ines.sets_state(&intrus, "m.space.parent", &space, listed.clone())
        .await;
    marie.joins(&intrus).await;
    marie.notices(&intrus, |event| is_now(event, &it, "join")).await;
    organisation
        .asks(
            marie,
            &intrus,
            "room add volunteers fr",
            "intrus is linked: volunteers, French, clock",
        )
        .await;
    // A room that was linked before belongs to it from when the space lists it.
    marie.sets_state(&space, "m.space.child", quartier, listed).await;
    let store = organisation.bot.store().await;
    let group = async || {
        let rooms = store.read().await.unwrap().list_rooms().await.unwrap();
        rooms
            .into_iter()
            .find(|room| room.name == "quartier")
            .unwrap()
            .group
    };
    // Each answer comes after a look at the rooms.
    for turn in 0.. {
        let name = format!("tour{turn}");
        let made = format!("“{name}” is ready");
        organisation
            .asks(marie, coordination, &format!("group add {name}"), &made)
            .await;
        if group().await.is_some() {
            break;
        }
        assert!(turn < 10, "the room never came into the group");
    }
}

const REFUSAL: &str = "Only coordinators";

#[tokio::test]
async fn a_power_level_gives_a_role_for_as_long_as_it_lasts() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let it = organisation.bot.account.id.clone();
    let Organisation {
        marie,
        ines,
        coordination,
        ..
    } = &organisation;
    marie.invites(coordination, ines.id()).await;
    ines.joins(coordination).await;
    organisation
        .asks(
            marie,
            coordination,
            "role map 0 coordinator",
            "“0” is neither a role",
        )
        .await;
    organisation
        .asks(
            marie,
            coordination,
            "role map 50 coordinator",
            "has level 50 or more in coordination now has the role coordinator, everywhere",
        )
        .await;
    organisation
        .asks(
            marie,
            coordination,
            "role list",
            "from level 50 in coordination · coordinator · everywhere",
        )
        .await;
    let private = ines
        .creates(NewRoom::encrypted("").direct().inviting(&[&it]))
        .await;
    ines.hears(&private, &it, "Comité logement").await;
    let tries = async |number: u32, told: &str| {
        let command = format!("campaign new essai{number} \"Essai\" \"Trial\"");
        organisation.asks(ines, coordination, &command, told).await;
    };
    let refused = async |times: usize| {
        let is_refusal = |message: &Message| message.body.contains(REFUSAL);
        let count = || ines.messages(&private).into_iter().filter(is_refusal).count();
        ines.sees_events(&private, |_| count() == times).await;
    };
    tries(1, REFUSAL).await;
    marie.sets_power(coordination, ines.id(), 50).await;
    tries(2, "essai2").await;
    // It holds wherever she types.
    ines.says(&private, "campaign new essai3 \"Essai\" \"Trial\"")
        .await;
    ines.is_told(&it, "essai3").await;
    marie.sets_power(coordination, ines.id(), 0).await;
    ines.says(&private, "campaign new essai4 \"Essai\" \"Trial\"")
        .await;
    refused(2).await;
    let campaigns = async || {
        let store = organisation.bot.store().await;
        let campaigns = store.read().await.unwrap().list_campaigns().await.unwrap();
        let slugs = campaigns.into_iter().map(|campaign| campaign.slug);
        slugs.collect::<Vec<_>>()
    };
    // Power outlasts leaving, and gives nothing then.
    marie.sets_power(coordination, ines.id(), 50).await;
    tries(5, "essai5").await;
    ines.leaves(coordination).await;
    ines.says(&private, "campaign new essai6 \"Essai\" \"Trial\"")
        .await;
    refused(3).await;
    assert_eq!(campaigns().await, ["essai2", "essai3", "essai5"]);
    organisation
        .asks(
            marie,
            coordination,
            "role unmap 50 coordinator",
            "no longer gives the role coordinator",
        )
        .await;
}
