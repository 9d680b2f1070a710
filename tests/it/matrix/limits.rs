//! A homeserver with the limits that it has where nobody has set any: ten messages at once, then one every five seconds.

use jiff::{SignedDuration, ToSpan, tz::TimeZone};
use relais::{
    chat::Card,
    clock::{Clock, SystemClock},
    domain::{
        id::RoomId,
        language::RoomLanguage,
        room::{Purpose, Room, RoomAddress},
    },
    store::{DeliveryKind, DeliveryState, Destination, NewDelivery},
};
use serde_json::{Value, json};

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, Person},
    until,
};

/// More rooms than the homeserver takes messages at once, and than it takes in a minute.
const ROOMS: usize = 18;
/// How much more is to go out then.
const NOTICES: usize = 70;

/// Two asks, of which the first ends first.
fn calendar() -> String {
    let day = SystemClock.now().to_zoned(TimeZone::UTC).date() + 2.days();
    format!(
        "ref,campaign,kind,date,time,groups,networks,wording_fr,wording_en,script_fr,script_en,link,hashtags,image,alt_fr,alt_en,target,closes\n\
         a-1,registre,sign,{day},09:00,,,Demandez le registre des loyers.,Ask for the rent registry.,,,https://example.org/registre,,,,,,{day} 18:00\n\
         a-2,registre,sign,{day},10:00,,,Signez la pétition.,Sign the petition.,,,https://example.org/petition,,,,,,{day} 20:00\n"
    )
}

/// Rooms of volunteers beside the organisation's own, linked by whoever looks after the database.
async fn add_rooms(organisation: &Organisation) -> Vec<String> {
    let (marie, bot) = (&organisation.marie, &organisation.bot);
    let mut rooms = Vec::new();
    let mut writer = bot.store().await.write().await.unwrap();
    for number in 1..ROOMS {
        let room = NewRoom::plain(&format!("rue {number}"));
        let id = marie.creates(room.inviting(&[&bot.account.id])).await;
        let room = Room {
            id: RoomId(0),
            address: address(&id),
            name: format!("rue {number}"),
            purpose: Purpose::Volunteers,
            language: RoomLanguage::English,
            time_zone: "America/Montreal".into(),
            group: None,
        };
        writer.link_room(&room).await.unwrap();
        rooms.push(id);
    }
    writer.commit().await.unwrap();
    for room in &rooms {
        let came =
            |event: &Value| event["state_key"] == *bot.account.id && event["content"]["membership"] == "join";
        marie.notices(room, came).await;
    }
    rooms
}

fn address(room: &str) -> RoomAddress {
    RoomAddress {
        platform: "matrix".into(),
        room: room.to_owned(),
    }
}

/// How many of these rooms have a message with these words, each at most once.
fn rooms_with(person: &Person, rooms: &[String], words: &str) -> usize {
    let mut found = 0;
    for room in rooms {
        let messages = person.messages(room).into_iter();
        let count = messages.filter(|message| message.body.contains(words)).count();
        assert!(count <= 1, "{words:?} stands twice in a room");
        found += count;
    }
    found
}

#[tokio::test]
async fn a_server_that_makes_no_more_rooms_holds_up_nobody_else() {
    // One for Marie and one for Claire, and none for a quarter of an hour.
    let rooms = json!({ "rc_room_creation": { "per_second": 0.001, "burst_count": 2 } });
    let Some(homeserver) = Homeserver::start_with(Limits::Raised, rooms).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let Organisation {
        bot,
        claire,
        ines,
        omar,
        coordination,
        quartier,
        ..
    } = &organisation;
    let prompt = posted(&organisation).await;
    organisation
        .asks(claire, coordination, "ask close 1", "No. 1 is closed")
        .await;
    // Omar must be told that this comes too late, and has no private conversation yet.
    omar.reacts(quartier, &prompt.id, "✅").await;
    bot.logs("a delivery is tried again later", 1).await;
    organisation
        .asks(claire, coordination, "ask approve 2", "is approved")
        .await;
    organisation
        .asks(claire, coordination, "ask post 2", "No. 2")
        .await;
    ines.hears(quartier, &bot.account.id, "Signez la pétition.").await;
    let limit = bot.store().await.read().await.unwrap().find_limit("matrix").await;
    assert_eq!(limit.unwrap(), None);
}

#[tokio::test]
async fn under_default_limits_what_ends_first_goes_first_and_the_reading_goes_on() {
    let Some(homeserver) = Homeserver::start(Limits::Default).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let Organisation {
        bot,
        marie,
        claire,
        ines,
        ..
    } = &organisation;
    let mut rooms = add_rooms(&organisation).await;
    rooms.push(organisation.quartier.clone());
    let coordination = &organisation.coordination;
    marie
        .drops(coordination, "calendar.csv", "text/csv", calendar().as_bytes())
        .await;
    marie.is_told(&bot.account.id, "The calendar is in.").await;
    for ask in ["1", "2"] {
        organisation
            .asks(claire, coordination, &format!("ask approve {ask}"), "is approved")
            .await;
    }
    homeserver.limit_again(&bot.account.id).await;
    claire.says(coordination, "!relais ask post 2").await;
    let store = bot.store().await;
    let limit = async || {
        let mut reader = store.read().await.unwrap();
        reader.find_limit("matrix").await.unwrap().map(|limit| limit.each)
    };
    // The first refusal may ask for less patience than those that follow.
    until("the limit is learned", async || {
        limit().await > Some(SignedDuration::from_secs(4))
    })
    .await;
    // How long it will take is told of an ask that is not posted yet.
    organisation
        .asks(
            claire,
            coordination,
            "ask show 1",
            "The last room gets it about 2 minutes after the first: the server takes one message every 5 s",
        )
        .await;
    claire.says(coordination, "!relais ask post 1").await;
    let pending = async || {
        let mut reader = store.read().await.unwrap();
        reader.count_deliveries(DeliveryState::Pending).await.unwrap()
    };
    until("both asks wait", async || {
        pending().await > ROOMS.try_into().unwrap()
    })
    .await;
    // Whoever asks is answered before what waits.
    let waits = "rooms still wait for it, the last until about";
    let told = organisation.asks(claire, coordination, "ask show 2", waits).await;
    let line = told.lines().find(|line| line.contains(waits)).unwrap();
    let count = line.trim_start_matches("• ").split(' ').next().unwrap();
    assert!((1..ROOMS).contains(&count.parse().unwrap()), "{line}");
    assert!(pending().await > 0, "it was answered last");
    let prompt = ines
        .hears(&organisation.quartier, &bot.account.id, "rent registry")
        .await;
    // What is read meanwhile is counted at once, whatever waits to be sent.
    ines.reacts(&organisation.quartier, &prompt.id, "✅").await;
    until("the reaction is counted", async || {
        let (count, _) = store.read().await.unwrap().recount().await.unwrap();
        count == 1
    })
    .await;
    assert!(
        pending().await > 0,
        "nothing waited any more, so this shows nothing"
    );
    until("all of the ask that ends first is posted", async || {
        rooms_with(marie, &rooms, "rent registry") == ROOMS
    })
    .await;
    assert!(rooms_with(marie, &rooms, "Sign the petition") < ROOMS);
    // What waits from here takes longer than five minutes, and the admin learns how to lift that, before all of it.
    let mut writer = store.write().await.unwrap();
    for number in 0..NOTICES {
        let notice = NewDelivery {
            key: format!("notice-{number}"),
            kind: DeliveryKind::Notice,
            to: Destination::Room(address(coordination)),
            subject: None,
            card: Some(Card::paragraph("One of many").to_json()),
            deadline: None,
        };
        writer.enqueue(&notice, SystemClock.now()).await.unwrap();
    }
    writer.commit().await.unwrap();
    let told = marie.is_told(&bot.account.id, "one message every").await;
    assert!(told.contains("override_ratelimit"), "{told}");
    // Its administrator does so. What waits goes out, the limit is forgotten, and nothing was sent twice.
    homeserver.exempt(&bot.account.id).await;
    until("nothing waits any more", async || {
        let mut reader = store.read().await.unwrap();
        let sending = reader.count_deliveries(DeliveryState::Sending).await.unwrap();
        pending().await + sending == 0
    })
    .await;
    until("the limit is forgotten", async || limit().await.is_none()).await;
    for room in &rooms {
        let history = marie.history(room).await;
        for words in ["rent registry", "Sign the petition"] {
            let prompts = history.iter().filter(|message| message.body.contains(words));
            assert_eq!(prompts.count(), 1, "{words:?} in {room}");
        }
    }
    let history = marie.history(coordination).await.into_iter();
    let notices = history.filter(|message| message.body == "One of many");
    assert_eq!(notices.count(), NOTICES);
    organisation.counts(1).await;
}
