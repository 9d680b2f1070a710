//! A week of an organisation on Matrix, told whole: the calendar is dropped, two people approve a language each, the ask is posted when
//! the clock on the wall says so, people answer in both languages, one takes it back, and the leadership reads the summary. One of
//! the volunteers' rooms is plain and the other encrypted, and so are those of the leadership.

use jiff::{SignedDuration, Timestamp, ToSpan, Unit, Zoned, tz::TimeZone};
use relais::clock::{Clock, SystemClock};

use super::{
    bot::clock_can_be_put_ahead,
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, calendar},
    people::{NewRoom, Person, message::Message},
};

/// The second of a minute at which the bot's clock begins: enough are left to say when to post, and not too many to wait.
const SECOND: i8 = 25;

#[tokio::test]
async fn an_organisation_has_its_week() {
    if !clock_can_be_put_ahead() {
        return;
    }
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let downtown = NewRoom::encrypted("downtown");
    let Organisation {
        marie, claire, omar, ..
    } = &organisation;
    let downtown = organisation
        .adds(downtown, &[omar], "room add volunteers en", "downtown is linked")
        .await;
    let mut leadership = Vec::new();
    for (room, name) in [
        (NewRoom::plain("board"), "board"),
        (NewRoom::encrypted("direction"), "direction"),
    ] {
        let told = format!("{name} is linked");
        leadership.push(
            organisation
                .adds(room, &[claire], "room add leadership both", &told)
                .await,
        );
    }
    let grant = format!("role grant {} coordinator", omar.id());
    let linked = &organisation.quartier;
    organisation
        .asks(omar, linked, "help", "Ce que vous pouvez faire")
        .await;
    organisation
        .asks(marie, &organisation.coordination, &grant, "omar")
        .await;

    approve(&organisation).await;
    let due = schedule(&mut organisation).await;
    let in_french = reads(
        &organisation.ines,
        &organisation,
        &organisation.quartier,
        "Demandez le registre",
        due,
    )
    .await;
    let in_english = reads(
        &organisation.omar,
        &organisation,
        &downtown,
        "Ask for the rent registry",
        due,
    )
    .await;
    assert!(!in_french.is_encrypted && in_english.is_encrypted);

    answer(&organisation, (&in_french, &in_english), &downtown).await;
    organisation.awaits_the_summary().await;
    for (room, is_encrypted) in leadership.iter().zip([false, true]) {
        read_the_summary(&organisation, room, is_encrypted).await;
    }
    ask_for_the_summary(&organisation).await;
    let posted = organisation
        .ines
        .history(&organisation.quartier)
        .await
        .into_iter();
    let prompts = posted.filter(|message| message.body.contains("Demandez le registre"));
    assert_eq!(prompts.count(), 1);
}

/// Claire drops the calendar and may not approve it; Marie and Omar approve a language each.
async fn approve(organisation: &Organisation) {
    let Organisation {
        marie,
        claire,
        omar,
        coordination,
        quartier,
        ..
    } = organisation;
    let it = &organisation.bot.account.id;
    claire
        .drops(coordination, "calendar.csv", "text/csv", calendar().as_bytes())
        .await;
    claire.is_told(it, "The calendar is in.").await;
    organisation
        .asks(
            claire,
            coordination,
            "ask approve 1",
            "somebody else must approve it",
        )
        .await;
    organisation
        .asks(
            marie,
            coordination,
            "ask approve 1 french",
            "must still be approved in English",
        )
        .await;
    organisation
        .asks(omar, quartier, "action approuver 1 anglais", "est approuvée")
        .await;
}

/// Claire has it posted at the next full minute of the bot's clock; gives that minute as the homeserver's clock tells it.
async fn schedule(organisation: &mut Organisation) -> Timestamp {
    let real = SystemClock.now();
    let zone = TimeZone::get("America/Montreal").unwrap();
    let ahead = SignedDuration::from_secs(
        (i64::from(SECOND) - i64::from(real.to_zoned(TimeZone::UTC).second())).rem_euclid(60),
    );
    organisation.bot.kill().await;
    organisation.bot.start_again_ahead(ahead);
    let minute: Zoned = (real + ahead).to_zoned(zone).round(Unit::Minute).unwrap();
    let due = if minute.timestamp() > real + ahead {
        minute
    } else {
        minute + 1.minute()
    };
    let command = format!("ask schedule 1 {}", due.strftime("%Y-%m-%d %H:%M"));
    organisation
        .asks(
            &organisation.claire,
            &organisation.coordination,
            &command,
            "by the clock of each room",
        )
        .await;
    due.timestamp() - ahead
}

/// Somebody reads the prompt in their room, and not before its time.
async fn reads(
    person: &Person,
    organisation: &Organisation,
    room: &str,
    words: &str,
    due: Timestamp,
) -> Message {
    let prompt = person.hears(room, &organisation.bot.account.id, words).await;
    assert_eq!(prompt.kind, "m.text");
    let mut events = person.events(room).into_iter();
    let event = events.find(|event| event["event_id"] == *prompt.id).unwrap();
    let sent = Timestamp::from_millisecond(event["origin_server_ts"].as_i64().unwrap()).unwrap();
    assert!(sent >= due, "sent {sent}, due {due}");
    prompt
}

/// Inès answers in the French of one room, Omar in the English of the other and takes it back.
async fn answer(organisation: &Organisation, (french, english): (&Message, &Message), downtown: &str) {
    let Organisation {
        ines, omar, quartier, ..
    } = organisation;
    ines.reacts(quartier, &french.id, "✅").await;
    let of_omar = omar.reacts(downtown, &english.id, "✅").await;
    organisation.shows(french, "2 personnes l’ont relayé.").await;
    let total = |words: &'static str| {
        move |message: &Message| message.id == english.id && message.body.contains(words)
    };
    omar.sees(downtown, total("2 people shared it.")).await;
    organisation.counts(2).await;
    omar.redacts(downtown, &of_omar).await;
    organisation.shows(french, "Une personne l’a relayé.").await;
    omar.sees(downtown, total("One person shared it.")).await;
    organisation.counts(1).await;
}

/// Marie asks for it again, and has the picture with the words, in private.
async fn ask_for_the_summary(organisation: &Organisation) {
    let (marie, it) = (&organisation.marie, &organisation.bot.account.id);
    marie
        .says(&organisation.coordination, "!relais summary now")
        .await;
    let (private, _) = marie.told(it, "1 action by one person").await;
    let picture = marie.sees(&private, |message| message.kind == "m.image").await;
    assert!(marie.opens(&picture).await.starts_with(b"\x89PNG"));
}

/// Claire reads both languages of it, and opens its picture.
async fn read_the_summary(organisation: &Organisation, room: &str, is_encrypted: bool) {
    let (claire, it) = (&organisation.claire, &organisation.bot.account.id);
    let summary = claire.hears(room, it, "Semaine du").await;
    assert_eq!(
        (summary.kind.as_str(), summary.is_encrypted),
        ("m.text", is_encrypted)
    );
    for words in [
        "Week of",
        "1 geste par une personne",
        "1 action by one person",
        "Demandez le registre",
    ] {
        assert!(summary.body.contains(words), "{words}: {}", summary.body);
    }
    let picture = claire.sees(room, |message| message.kind == "m.image").await;
    assert_eq!(picture.is_encrypted, is_encrypted);
    assert!(claire.opens(&picture).await.starts_with(b"\x89PNG"));
}
