//! The numbers of a week, on each engine: two weeks of an organisation of three rooms, told as the leadership reads them.

use std::{collections::HashSet, sync::Arc};

use jiff::{Timestamp, civil::Weekday, tz::TimeZone};
use relais::{
    app::{App, Settings},
    chance::Chance,
    cli::demo::AdjustableClock,
    domain::{
        ask::{AskContent, AskKind, Wording},
        choice::Detail,
        confirmation::Source,
        day::{Day, Week},
        id::{AskId, CampaignId, GroupId, PromptId, RoomId},
        language::{Language, RoomLanguage},
        outcome::Outcome,
        room::{Purpose, Room, RoomAddress},
    },
    intake::{About, Act, Author, Gesture, apply},
    store::{Store, Writer},
    summary::report::{Format, weekly},
};

use crate::database::on_each_engine;

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    Day::from(text.parse::<jiff::civil::Date>().unwrap())
}

fn settings() -> Settings {
    Settings {
        organisation: "Toit pour tout le monde".into(),
        time_zone: TimeZone::get("America/Montreal").unwrap(),
        language: Language::French,
        admins: Vec::new(),
        summary_day: Weekday::Monday,
        summary_time: jiff::civil::time(9, 0, 0, 0),
        mastodon_server: None,
        public_url: None,
    }
}

fn room(name: &str, group: Option<GroupId>) -> Room {
    Room {
        id: RoomId(0),
        address: RoomAddress {
            platform: "test".into(),
            room: name.into(),
        },
        name: name.into(),
        purpose: Purpose::Volunteers,
        language: RoomLanguage::Both,
        time_zone: "America/Montreal".into(),
        group,
    }
}

fn content(kind: AskKind, campaign: Option<CampaignId>, (french, english): (&str, &str)) -> AskContent {
    let wording = |text: &str| Wording {
        text: text.into(),
        ..Wording::default()
    };
    AskContent {
        kind,
        campaign,
        wordings: vec![
            (Language::French, wording(french)),
            (Language::English, wording(english)),
        ],
        link: None,
        hashtags: Vec::new(),
        networks: Vec::new(),
        picture: None,
        targets: Vec::new(),
        groups: Vec::new(),
        slot: None,
        closes_at: None,
    }
}

/// The prompts of an ask that was posted in rooms, in their order.
async fn post(writer: &mut Writer, ask: AskId, occasion: &str, rooms: &[RoomId]) -> Vec<PromptId> {
    let mut prompts = Vec::new();
    for room in rooms {
        let ends_at = instant("2026-12-31T00:00:00Z");
        let prompt = writer
            .add_prompt(ask, day(occasion), *room, ends_at)
            .await
            .unwrap();
        let prompt = prompt.unwrap();
        let message = format!("{ask} on {occasion}");
        writer.set_posted(prompt, &message, ends_at).await.unwrap();
        prompts.push(prompt);
    }
    prompts
}

fn gesture(person: &str, prompt: PromptId, act: Act, at: &str) -> Gesture {
    Gesture {
        author: Author {
            platform: "test".into(),
            account: person.into(),
            name: person.into(),
            language: None,
        },
        about: About::Prompt(prompt),
        act,
        at: instant(at),
    }
}

fn says(person: &str, prompt: PromptId, outcome: Outcome, at: &str) -> Gesture {
    let act = Act::Say {
        source: Source::Button,
        outcome,
        detail: Detail::default(),
    };
    gesture(person, prompt, act, at)
}

async fn app(store: &Store, now: Timestamp) -> App {
    let clock = Arc::new(AdjustableClock::starting_at(now));
    let chance = Chance::from_seed(1);
    let app = App::new(store.clone(), settings(), (clock, chance), Vec::new());
    app.await.unwrap()
}

/// What the volunteers of two weeks did: 18 shares in the first; 20 shares and 7 calls in the second.
fn gestures(first: &[PromptId], second: &[PromptId], call: PromptId) -> Vec<Gesture> {
    let [laval, quebec, general] = [0, 1, 2];
    let done = Outcome::Done;
    let mut gestures = Vec::new();
    // Ten who come back, and eight who do not.
    for n in (1..=10).chain(13..=20) {
        gestures.push(says(
            &format!("laval-{n}"),
            first[laval],
            done,
            "2026-11-17T15:00:00Z",
        ));
    }
    let tuesday = "2026-11-24T15:00:00Z";
    for (room, count, name) in [
        (laval, 12, "laval"),
        (quebec, 3, "quebec"),
        (general, 6, "general"),
    ] {
        for n in 1..=count {
            gestures.push(says(&format!("{name}-{n}"), second[room], done, tuesday));
        }
    }
    // A second tap counts nothing; what is undone counts no more.
    gestures.push(says("laval-1", second[laval], done, "2026-11-24T16:00:00Z"));
    gestures.push(gesture(
        "general-1",
        second[general],
        Act::Undo,
        "2026-11-24T16:00:00Z",
    ));
    let outcomes = [
        Outcome::Reached,
        Outcome::Reached,
        Outcome::Voicemail,
        Outcome::Voicemail,
        Outcome::Voicemail,
        Outcome::Unavailable,
    ];
    for (n, outcome) in (1..).zip(outcomes) {
        gestures.push(says(&format!("laval-{n}"), call, outcome, "2026-11-26T15:00:00Z"));
    }
    gestures.push(says("laval-8", call, Outcome::NotToday, "2026-11-26T15:00:00Z"));
    // Sunday, half a minute before midnight in Montréal.
    gestures.push(says("laval-7", call, Outcome::Reached, "2026-11-30T04:59:30Z"));
    gestures
}

/// Two weeks of an organisation: the first from 16 November, the second from the 23rd.
async fn lived(store: &Store) {
    let now = instant("2026-11-30T14:00:00Z");
    let app = app(store, now).await;
    let mut writer = store.write().await.unwrap();
    let mut rooms = Vec::new();
    for (name, group) in [
        ("laval", Some("Laval")),
        ("quebec", Some("Québec")),
        ("general", None),
    ] {
        let group = match group {
            Some(group) => writer.add_group(group).await.unwrap(),
            None => None,
        };
        rooms.push(writer.link_room(&room(name, group)).await.unwrap());
    }
    let campaign = writer.add_campaign("logement", "Halte aux rénovictions", "Stop renovictions", now);
    let campaign = campaign.await.unwrap().unwrap();
    for (kind, target, due) in [(Some(AskKind::Share), 40, "2026-12-15"), (None, 10, "2026-11-20")] {
        writer.set_goal(campaign, kind, target, day(due)).await.unwrap();
    }
    let mut asks = Vec::new();
    for (kind, campaign, words) in [
        (AskKind::Share, None, ("Relayez l’appel.", "Pass it on.")),
        (
            AskKind::Share,
            Some(campaign),
            ("Trois familles ont reçu un avis.", "Three families got a notice."),
        ),
        (
            AskKind::Call,
            None,
            ("Appelez avant le vote.", "Call before the vote."),
        ),
        (AskKind::Sign, None, ("Signez.", "Sign.")),
    ] {
        asks.push(
            writer
                .add_ask(None, None, &content(kind, campaign, words), now)
                .await
                .unwrap(),
        );
    }
    let first = post(&mut writer, asks[0], "2026-11-17", &rooms).await;
    let second = post(&mut writer, asks[1], "2026-11-24", &rooms).await;
    let call = post(&mut writer, asks[2], "2026-11-26", &rooms[..1]).await;
    // It never reached its room, so nobody was asked.
    writer
        .add_prompt(asks[3], day("2026-11-27"), rooms[0], now)
        .await
        .unwrap();
    apply(&app, &mut writer, &gestures(&first, &second, call[0]))
        .await
        .unwrap();
    writer.commit().await.unwrap();
    let (_, wrong) = store.read().await.unwrap().recount().await.unwrap();
    assert_eq!(wrong, []);
}

async fn report(store: &Store, week: &str, format: Format, language: RoomLanguage) -> Vec<u8> {
    let week = Week::from_name(week).unwrap();
    weekly(store, &settings(), week, format, language.languages())
        .await
        .unwrap()
}

async fn text(store: &Store, week: &str, language: RoomLanguage) -> String {
    String::from_utf8(report(store, week, Format::Text, language).await).unwrap()
}

#[tokio::test]
async fn a_week_is_told_as_it_was() {
    on_each_engine(async |store| {
        lived(store).await;
        assert_eq!(
            text(store, "2026-W48", RoomLanguage::English).await,
            "\
Week of November 23 to 29 — complete up to Sunday 11:59 p.m.

27 actions by 20 people (+50% on the week before), 10 of them for the first time and 10 returning
📣 20 shares · 📞 7 calls, 3 conversations, 3 voicemails, 1 busy or unanswered
Asks posted: 1 to share and 1 to call

The asks that did best, by how many of the people active these last 28 days in their rooms did them:

• no. 2, “Three families got a notice”, in laval and 2 other rooms: 71% (20 of 28)
• no. 3, “Call before the vote”, in laval: 35% (7 of 20)

Goal “40 shares by December 15” ▓▓▓▓▓░░░░░ 20

By group:

• Laval: 19 actions by 12 people
• Québec: fewer than 5 people
• Rooms without a group: not shown, so that nobody in a smaller group can be identified
"
        );
        let french = text(store, "2026-W48", RoomLanguage::French).await;
        assert!(french.contains(
            "27 gestes par 20 personnes (+50\u{A0}% sur la semaine d’avant), dont 10 pour la première fois et 10 déjà actives avant\n"
        ));
        let both = text(store, "2026-W48", RoomLanguage::Both).await;
        assert!(both.starts_with(french.trim_end()) && both.contains("\n———\n\nWeek of"));
    })
    .await;
}

#[tokio::test]
async fn the_first_week_and_an_empty_one_say_so() {
    on_each_engine(async |store| {
        lived(store).await;
        assert_eq!(
            text(store, "2026-W47", RoomLanguage::English).await,
            "\
Week of November 16 to 22 — complete up to Sunday 11:59 p.m.

18 actions by 18 people (nothing yet to compare with)
📣 18 shares
Asks posted: 1 to share

The ask that did best: no. 1, “Pass it on”, in laval and 2 other rooms (100% of the people active these last 28 days in its \
rooms)

Goal “10 actions by November 20” ░░░░░░░░░░ 0
Goal “40 shares by December 15” ░░░░░░░░░░ 0
"
        );
        assert_eq!(
            text(store, "2026-W46", RoomLanguage::French).await.replace('\u{A0}', " "),
            "\
Semaine du 9 au 15 novembre — complet jusqu’à dimanche 23 h 59

Aucun geste noté (pas encore de point de comparaison)
Aucune action n’a été publiée cette semaine.

Objectif « 10 gestes d’ici au 20 novembre » ░░░░░░░░░░ 0
Objectif « 40 relais d’ici au 15 décembre » ░░░░░░░░░░ 0
"
        );
        let after = text(store, "2026-W49", RoomLanguage::English).await;
        assert!(after.starts_with("Week of November 30 to December 6 — complete up to Monday 9 a.m.\n"));
        assert!(after.contains("Nothing confirmed (27 in all the week before)\nNo ask was posted this week."));
    })
    .await;
}

#[tokio::test]
async fn every_format_has_the_same_numbers() {
    on_each_engine(async |store| {
        lived(store).await;
        let json = report(store, "2026-W48", Format::Json, RoomLanguage::French).await;
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json["week"], "2026-W48");
        assert_eq!(json["complete_until"], "2026-11-30T05:00:00Z");
        assert_eq!(json["confirmations"], 27);
        assert_eq!(json["before"]["days"], serde_json::json!([0, 18, 0, 0, 0, 0, 0]));
        assert_eq!(
            json["people"],
            serde_json::json!({"active": 20, "new": 10, "returning": 10, "recent": 28})
        );
        assert_eq!(json["days"][6]["confirmations"], serde_json::json!({"call": 1}));
        assert_eq!(
            json["best"][1]["rate"],
            serde_json::json!({"active": 20, "percent": 35})
        );
        assert_eq!(json["best"][1]["titles"]["fr"], "Appelez avant le vote");
        assert_eq!(
            json["groups"],
            serde_json::json!([
                {"group": "Laval", "shown": "counted", "confirmations": 19, "people": 12},
                {"group": "Québec", "shown": "fewer-than-five"},
                {"group": null, "shown": "withheld"},
            ])
        );
        let csv = report(store, "2026-W48", Format::Csv, RoomLanguage::English).await;
        let csv = String::from_utf8(csv).unwrap();
        for row in [
            "2026-W48,total,,,confirmations,27",
            "2026-W48,done,call,voicemail,confirmations,3",
            "2026-W48,best,2,share,rate-percent,71",
            "2026-W48,goal,logement,share,reached,20",
        ] {
            assert!(csv.lines().any(|line| line == row), "{row} is not in\n{csv}");
        }
        let png = report(store, "2026-W48", Format::Png, RoomLanguage::Both).await;
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    })
    .await;
}

#[tokio::test]
async fn somebody_of_several_rooms_is_counted_once() {
    on_each_engine(async |store: &Store| {
        let now = instant("2026-11-30T14:00:00Z");
        let app = app(store, now).await;
        let mut writer = store.write().await.unwrap();
        let laval = writer.link_room(&room("laval", None)).await.unwrap();
        let quebec = writer.link_room(&room("quebec", None)).await.unwrap();
        let content = content(AskKind::Sign, None, ("Signez.", "Sign."));
        let ask = writer.add_ask(None, None, &content, now).await.unwrap();
        let first = post(&mut writer, ask, "2026-11-17", &[laval, quebec]).await;
        let second = post(&mut writer, ask, "2026-11-24", &[laval, quebec]).await;
        let done = |person, prompt, at| says(person, prompt, Outcome::Done, at);
        // Sam moves from one room to the other, Inès does both within one batch, Lou stays.
        let gestures = [
            done("lou", first[0], "2026-11-17T15:00:00Z"),
            done("sam", first[0], "2026-11-17T15:00:00Z"),
            done("lou", second[0], "2026-11-24T15:00:00Z"),
            done("ines", first[0], "2026-11-18T15:00:00Z"),
            done("ines", second[1], "2026-11-24T15:00:00Z"),
        ];
        apply(&app, &mut writer, &gestures).await.unwrap();
        let moved = [done("sam", second[1], "2026-11-25T15:00:00Z")];
        apply(&app, &mut writer, &moved).await.unwrap();

        let rooms = |rooms: &[RoomId]| rooms.iter().copied().collect::<HashSet<_>>();
        let counted = async |writer: &mut Writer, week: &str| {
            let week = Week::from_name(week).unwrap();
            let crowd = writer.load_crowd(week).await.unwrap();
            let all = crowd.everywhere();
            let by_room = [laval, quebec].map(|room| crowd.active_in(&rooms(&[room])));
            let recent = crowd.recent_in(&rooms(&[laval, quebec]));
            ((all.active, all.new, all.recent), by_room, recent)
        };
        assert_eq!(counted(&mut writer, "2026-W47").await, ((3, 3, 3), [3, 0], 3));
        assert_eq!(counted(&mut writer, "2026-W48").await, ((3, 0, 3), [1, 2], 3));
        let back = [gesture("sam", second[1], Act::Undo, "2026-11-26T15:00:00Z")];
        apply(&app, &mut writer, &back).await.unwrap();
        assert_eq!(counted(&mut writer, "2026-W48").await, ((2, 0, 3), [1, 1], 3));
        assert_eq!(writer.recount().await.unwrap().1, []);
    })
    .await;
}
