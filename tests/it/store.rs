//! The store, on SQLite and on PostgreSQL: the same text must mean the same on both.

use std::collections::HashSet;

use jiff::Timestamp;
use relais::{
    domain::{
        ask::{AskContent, AskKind, AskState, Target, Wording},
        choice::Detail,
        confirmation::{Movement, Signal, SignalKey, SignalState, Source, confirmations},
        day::Day,
        id::{AskId, PersonId, PromptId, RoomId},
        language::{Language, RoomLanguage},
        network::Network,
        outcome::Outcome,
        presence::Presence,
        role::{Grant, Role},
        room::{Purpose, Room, RoomAddress},
        slot::Slot,
    },
    store::{
        Approval, DeliveryKind, DeliveryState, Destination, NewDelivery, PromptState, Standing, Store,
        WrittenSignal,
    },
};

use crate::database::on_each_engine;

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    Day::from(text.parse::<jiff::civil::Date>().unwrap())
}

fn room(name: &str) -> Room {
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
        group: None,
    }
}

fn content() -> AskContent {
    let wording = |text: &str| Wording {
        text: text.into(),
        script: Some("Bonjour".into()),
        alt: None,
    };
    AskContent {
        kind: AskKind::Call,
        campaign: None,
        wordings: vec![
            (Language::French, wording("Appelez !")),
            (Language::English, wording("Call!")),
        ],
        link: Some("https://example.org/".into()),
        hashtags: vec!["#logement".into()],
        networks: vec![Network::Mastodon, Network::Email],
        picture: None,
        targets: vec![Target::Number {
            name: "Bureau".into(),
            number: "+15145550199".into(),
        }],
        groups: Vec::new(),
        slot: Some(Slot::Once("2026-11-23T09:00:00".parse().unwrap())),
        closes_at: Some(instant("2026-11-24T01:00:00Z")),
    }
}

/// An organisation with one room, one open ask and its posted prompt.
async fn prepared(store: &Store) -> (AskId, PromptId, RoomId) {
    let now = instant("2026-11-23T14:00:00Z");
    let mut writer = store.write().await.unwrap();
    writer.establish(b"key", now).await.unwrap();
    let room = writer.link_room(&room("un")).await.unwrap();
    let ask = writer
        .add_ask(Some("ref-1"), None, &content(), now)
        .await
        .unwrap();
    let occasion = day("2026-11-23");
    let prompt = writer
        .add_prompt(ask, occasion, room, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        writer.add_prompt(ask, occasion, room, now).await.unwrap(),
        None,
        "one prompt an occasion and room"
    );
    writer.set_posted(prompt, "m1", now).await.unwrap();
    writer.commit().await.unwrap();
    (ask, prompt, room)
}

#[tokio::test]
async fn an_ask_is_read_as_it_was_written() {
    on_each_engine(async |store| {
        let (ask, prompt, _) = prepared(store).await;
        let mut writer = store.write().await.unwrap();
        let stored = writer.find_ask(ask).await.unwrap().unwrap();
        assert_eq!(stored.content, content());
        assert_eq!((stored.state, stored.author), (AskState::Draft, None));
        assert_eq!(
            writer.find_ask_by_reference("ref-1").await.unwrap().unwrap().id,
            ask
        );
        let approval = Approval {
            language: Language::French,
            seal: "s".into(),
            by: None,
            at: instant("2026-11-23T14:00:00Z"),
        };
        writer.approve(ask, &approval).await.unwrap();
        assert_eq!(writer.list_approvals(ask).await.unwrap(), vec![approval]);
        assert_eq!(writer.void_approvals(ask).await.unwrap(), 1);
        let address = room("un").address;
        assert_eq!(
            writer.find_prompt_at(&address, "m1").await.unwrap().unwrap().id,
            prompt
        );
        assert_eq!(writer.list_prompts(PromptState::Posted).await.unwrap().len(), 1);
        writer
            .put_picture("a.png", "image/png", "d", b"\x00\xff")
            .await
            .unwrap();
        let picture = writer
            .put_picture("a.png", "image/png", "e", b"\x00\xfe")
            .await
            .unwrap();
        assert_eq!(writer.load_picture_bytes(picture).await.unwrap(), b"\x00\xfe");
        let campaign = writer
            .add_campaign("c", "La c", "The c", instant("2026-11-23T14:00:00Z"))
            .await
            .unwrap()
            .unwrap();
        writer
            .set_goal(campaign, Some(AskKind::Call), 10, day("2026-12-15"))
            .await
            .unwrap();
        writer
            .set_goal(campaign, None, 20, day("2026-12-15"))
            .await
            .unwrap();
        writer
            .set_goal(campaign, None, 30, day("2026-12-15"))
            .await
            .unwrap();
        assert_eq!(
            writer
                .list_goals()
                .await
                .unwrap()
                .iter()
                .map(|goal| goal.target)
                .collect::<Vec<_>>(),
            [10, 30]
        );
        assert_eq!(
            writer
                .find_campaign(campaign)
                .await
                .unwrap()
                .unwrap()
                .title(Language::English),
            "The c"
        );
    })
    .await;
}

#[tokio::test]
async fn signals_tallies_and_activity_agree_with_a_recount() {
    on_each_engine(async |store| {
        let (ask, prompt, room) = prepared(store).await;
        let now = instant("2026-11-23T15:00:00Z");
        let occasion = day("2026-11-23");
        let mut writer = store.write().await.unwrap();
        let account = writer
            .meet(("test", "ada"), "Ada", Some(Language::English), now)
            .await
            .unwrap();
        assert_eq!(
            writer
                .meet(("test", "ada"), "Ada L.", Some(Language::French), now)
                .await
                .unwrap()
                .id,
            account.id
        );
        // A client's language follows the client, and one that was chosen stays.
        let person = writer.load_person(account.person).await.unwrap();
        assert_eq!(person.language, Some(Language::French));
        assert!(!person.has_chosen_language);
        writer.set_language(person.id, Language::English).await.unwrap();
        writer
            .meet(("test", "ada"), "Ada L.", Some(Language::French), now)
            .await
            .unwrap();
        let person = writer.load_person(account.person).await.unwrap();
        assert_eq!(person.language, Some(Language::English));
        let known = writer
            .list_known_accounts(&[("test", "ada"), ("test", "bob")])
            .await
            .unwrap();
        assert_eq!(known, [Some((account.id, account.person)), None]);

        let standing = Standing {
            ask,
            occasion,
            person: account.person,
        };
        let signal = Signal {
            key: SignalKey {
                prompt,
                account: account.id,
                source: Source::Reaction,
                outcome: Outcome::Reached,
                detail: Detail::default(),
            },
            room,
            state: SignalState::Present,
            at: now,
            day: occasion,
        };
        let written = vec![WrittenSignal {
            standing,
            signal: signal.clone(),
        }];
        writer.put_signals(&written).await.unwrap();
        writer.put_signals(&written).await.unwrap();
        assert_eq!(writer.list_signals(&[standing]).await.unwrap(), written);

        let movement = Movement::between(&[], &confirmations([&signal]));
        let tally: Vec<_> = movement
            .tally
            .into_iter()
            .map(|(key, moved)| ((ask, occasion, key), moved))
            .collect();
        writer.move_tally(&tally).await.unwrap();
        let activity: Vec<_> = movement
            .activity
            .into_iter()
            .map(|((day, room), n)| ((day, account.person, room), n))
            .collect();
        writer.move_activity(&activity).await.unwrap();
        let week = occasion.week();
        let active = writer
            .list_active(&[
                (account.person, room, week),
                (account.person, room, week.before()),
            ])
            .await
            .unwrap();
        assert_eq!(active, HashSet::from([(account.person, room, week)]));
        let (_, wrong) = writer.recount().await.unwrap();
        assert_eq!(wrong.len(), 1, "the presence is not yet kept: {wrong:?}");
        let presence = Presence::only(occasion.week());
        writer
            .put_presences(&[(account.person, room, Some(presence))])
            .await
            .unwrap();
        assert_eq!(
            writer.list_presences(&[account.person]).await.unwrap(),
            vec![(account.person, room, presence)]
        );
        assert_eq!(writer.recount().await.unwrap(), (1, vec![]));

        let crowd = writer.load_crowd(occasion.week()).await.unwrap();
        let people = crowd.everywhere();
        assert_eq!((people.active, people.new, people.recent), (1, 1, 1));
        let before = writer.load_crowd(occasion.week().before()).await.unwrap();
        assert_eq!(before.everywhere().active, 0);
        let rooms = writer.list_rooms_of(&[ask], occasion).await.unwrap();
        assert_eq!(rooms[&ask], HashSet::from([room]));
        assert_eq!(crowd.recent_in(&rooms[&ask]), 1);
        assert_eq!(writer.count_people_on(occasion).await.unwrap(), 1);
        assert_eq!(
            writer.list_outcome_counts(ask, Some(occasion)).await.unwrap(),
            [(Outcome::Reached, 1)]
        );
        assert_eq!(writer.count_people_of(ask, occasion).await.unwrap(), 1);
        let by_room = writer.list_room_counts(occasion, occasion).await.unwrap();
        assert_eq!(by_room, [(room, 1)]);
        assert_eq!(
            writer.list_day_counts(occasion, occasion).await.unwrap()[0].kind,
            AskKind::Call
        );
        assert_eq!(
            writer.list_ask_counts(occasion, occasion).await.unwrap()[0].confirmations,
            1
        );
        assert_eq!(writer.load_ask_count(ask).await.unwrap().people, 1);
        assert!(!writer.has_confirmations_before(occasion).await.unwrap());

        writer
            .grant_role(
                account.person,
                Grant {
                    role: Role::Admin,
                    group: None,
                },
                now,
            )
            .await
            .unwrap();
        assert!(
            writer
                .load_authority(account.person)
                .await
                .unwrap()
                .has(Role::Admin)
        );
        writer.forget(account.person, now).await.unwrap();
        assert_eq!(writer.find_account("test", "ada").await.unwrap(), None);
        assert_eq!(
            writer.recount().await.unwrap(),
            (1, vec![]),
            "a number without a person stays"
        );
        assert_eq!(writer.list_forgotten_signals(&[prompt]).await.unwrap().len(), 1);
        assert_eq!(
            writer.load_authority(PersonId(account.person.0)).await.unwrap().0,
            []
        );
    })
    .await;
}

#[tokio::test]
async fn the_outbox_keeps_each_key_once_and_the_latest_refresh() {
    on_each_engine(async |store| {
        let (ask, prompt, _) = prepared(store).await;
        let now = instant("2026-11-23T15:00:00Z");
        let mut writer = store.write().await.unwrap();
        let delivery = NewDelivery {
            key: "k1".into(),
            kind: DeliveryKind::Prompt,
            to: Destination::Room(room("un").address),
            subject: Some(prompt.0),
            card: None,
            deadline: Some(now),
        };
        let id = writer.enqueue(&delivery, now).await.unwrap();
        let notice = NewDelivery {
            key: "k2".into(),
            kind: DeliveryKind::Notice,
            card: Some("{}".into()),
            ..delivery.clone()
        };
        writer.enqueue(&notice, now).await.unwrap();
        for key in ["k3", "k4"] {
            writer
                .enqueue_refresh(key, ask, day("2026-11-23"), now)
                .await
                .unwrap();
        }
        let waiting = writer.list_waiting("test", now, 10).await.unwrap();
        assert_eq!(
            waiting
                .iter()
                .map(|queued| queued.delivery.key.as_str())
                .collect::<Vec<_>>(),
            ["k1", "k2"]
        );
        assert_eq!(waiting[0].delivery, delivery);
        assert_eq!(writer.list_refreshes(now).await.unwrap().len(), 1);
        writer.set_sending(id).await.unwrap();
        assert_eq!(writer.list_waiting("test", now, 10).await.unwrap().len(), 1);
        assert_eq!(writer.mark_unsure().await.unwrap(), 1);
        assert!(writer.list_waiting("test", now, 10).await.unwrap()[0].is_unsure);
        writer.set_sent(id, Some("m1"), now).await.unwrap();
        assert_eq!(writer.count_deliveries(DeliveryState::Sent).await.unwrap(), 1);
        writer.commit().await.unwrap();
        assert!(
            store
                .write()
                .await
                .unwrap()
                .enqueue(&delivery, now)
                .await
                .is_err(),
            "a key is used once"
        );
    })
    .await;
}
