//! The chat, told from the outside, over a history in memory.

use std::{collections::BTreeMap, ops::Range, sync::Mutex as StdMutex};

use futures_util::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::chat::{Answer, Audience, Message, Picture, Platform, SendError};

/// A history that lasts as long as the test.
#[derive(Default)]
pub(crate) struct Memory(StdMutex<BTreeMap<(Kind, String), String>>);

impl History for Memory {
    fn get<'a>(&'a self, kind: Kind, id: &'a str) -> BoxFuture<'a, anyhow::Result<Option<String>>> {
        let value = self.0.lock().unwrap().get(&(kind, id.to_owned())).cloned();
        async move { Ok(value) }.boxed()
    }

    fn last<'a>(
        &'a self,
        kind: Kind,
        ids: Range<&'a str>,
        limit: usize,
    ) -> BoxFuture<'a, anyhow::Result<Vec<Item>>> {
        let items = self.0.lock().unwrap();
        let range = items
            .range((kind, ids.start.to_owned())..(kind, ids.end.to_owned()))
            .rev()
            .take(limit);
        let mut found: Vec<Item> = range
            .map(|((kind, id), value)| Item {
                kind: *kind,
                id: id.clone(),
                value: value.clone(),
            })
            .collect();
        found.reverse();
        async move { Ok(found) }.boxed()
    }

    fn put(&self, items: Vec<Item>) -> BoxFuture<'_, anyhow::Result<()>> {
        let mut kept = self.0.lock().unwrap();
        kept.extend(items.into_iter().map(|item| ((item.kind, item.id), item.value)));
        async { Ok(()) }.boxed()
    }

    fn delete<'a>(&'a self, kind: Kind, id: &'a str) -> BoxFuture<'a, anyhow::Result<()>> {
        self.0.lock().unwrap().remove(&(kind, id.to_owned()));
        async { Ok(()) }.boxed()
    }
}

/// A clock that stands still.
pub(crate) struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        "2026-11-23T13:59:00Z".parse().unwrap()
    }

    fn until(&self, instant: Timestamp) -> BoxFuture<'_, ()> {
        if instant <= self.now() {
            async {}.boxed()
        } else {
            std::future::pending().boxed()
        }
    }
}

/// A chat with two rooms and two people, and what they do.
pub(crate) async fn chat() -> (Arc<Embedded>, mpsc::Receiver<Event>) {
    let (chat, events) = reopened(Arc::new(Memory::default())).await;
    let room = |id: &str, name: &str| Room {
        id: id.to_owned(),
        name: name.to_owned(),
        topic: String::new(),
        labels: Vec::new(),
    };
    let person = |id: &str, name: &str, locale: &str| Person {
        id: id.to_owned(),
        name: name.to_owned(),
        locale: locale.to_owned(),
        about: String::new(),
        cast: Cast::Lead,
    };
    chat.add_rooms([room("relais", "Relais"), room("calls", "Calls")])
        .await
        .unwrap();
    let people = [person("anne", "Anne", "fr-CA"), person("bob", "Bob", "en-CA")];
    chat.add_people(people).await.unwrap();
    (chat, events)
}

async fn reopened(history: Arc<dyn History>) -> (Arc<Embedded>, mpsc::Receiver<Event>) {
    let (sender, events) = mpsc::channel(8);
    let chat = Embedded::open(history, Arc::new(StoppedClock), sender)
        .await
        .unwrap();
    (Arc::new(chat), events)
}

fn with_picture(text: &str) -> Card {
    let picture = Picture {
        name: "week.png".to_owned(),
        media_type: "image/png".to_owned(),
        alt: "Bars".to_owned(),
        bytes: Arc::from(*b"not really"),
    };
    Card {
        picture: Some(picture),
        ..Card::paragraph(text)
    }
}

async fn say(chat: &Embedded, person: &str, room: &str, text: &str) -> Result<Option<Answer>, DoorError> {
    chat.visit(person, room)?.say(text).await
}

async fn texts(chat: &Embedded, room: &str) -> Vec<String> {
    let passage = chat.passage(room, None, 50).await.unwrap();
    let text = |standing: Standing| match standing.post.content {
        Content::Text(text) => text,
        Content::Card { card, .. } => format!("card {:?}", card.blocks.len()),
        Content::Files(names) => names.join(" "),
        Content::Withdrawn => "withdrawn".to_owned(),
    };
    passage.standing.into_iter().map(text).collect()
}

#[tokio::test]
async fn a_key_is_sent_once_and_found_even_after_a_restart() {
    let history = Arc::new(Memory::default());
    let (chat, _events) = reopened(history.clone()).await;
    let room = Room {
        id: "relais".to_owned(),
        name: "Relais".to_owned(),
        topic: String::new(),
        labels: Vec::new(),
    };
    chat.add_rooms([room]).await.unwrap();
    let address = Embedded::address("relais");
    let card = Card::paragraph("one");
    let (first, again) = tokio::join!(chat.send(&address, &card, "k1"), chat.send(&address, &card, "k1"));
    assert_eq!(first.unwrap(), again.unwrap());
    drop(chat);

    let (chat, _events) = reopened(history).await;
    assert_eq!(chat.rooms()[0].name, "Relais");
    let first = chat.find(&address, "k1").await.unwrap().unwrap();
    assert_eq!(
        chat.send(&address, &Card::paragraph("two"), "k1").await.unwrap(),
        first
    );
    assert_ne!(chat.send(&address, &card, "k2").await.unwrap(), first);
    assert_eq!(texts(&chat, "relais").await.len(), 2);
    assert_eq!(chat.find(&address, "k3").await.unwrap(), None);
}

#[tokio::test]
async fn where_nobody_is_nothing_is_sent() {
    let (chat, _events) = chat().await;
    let card = Card::paragraph("one");
    let nowhere = [
        chat.send(&Embedded::address("nowhere"), &card, "k").await,
        chat.send(&Embedded::address("direct:nobody"), &card, "k").await,
        chat.send_direct("nobody", &card, "k").await,
        chat.send_direct("anne/bob", &card, "k").await,
    ];
    for sent in nowhere {
        assert!(matches!(sent, Err(SendError::Refused(_))));
    }
    let unknown = Message("000000000009".to_owned());
    let edited = chat.edit(&Embedded::address("relais"), &unknown, &card).await;
    assert!(matches!(edited, Err(SendError::Refused(_))));
}

#[tokio::test]
async fn an_edit_keeps_the_picture_and_is_marked() {
    let (chat, _events) = chat().await;
    let address = Embedded::address("relais");
    let message = chat.send(&address, &with_picture("one"), "k").await.unwrap();
    chat.edit(&address, &message, &Card::paragraph("two"))
        .await
        .unwrap();
    let id = PostId::parse(&message.0).unwrap();
    let post = chat.standing("relais", &id).await.unwrap().unwrap().post;
    assert!(post.is_edited);
    let Content::Card { card, picture } = post.content else {
        panic!("a card was sent");
    };
    assert_eq!(*card, Card::paragraph("two"));
    let picture = picture.unwrap();
    assert_eq!(
        (picture.name.as_str(), picture.alt.as_str()),
        ("week.png", "Bars")
    );
    let stored = chat.picture(&picture.id).await.unwrap().unwrap();
    assert_eq!(stored.media_type, "image/png");
    assert_eq!(stored.bytes().unwrap(), b"not really");
    assert!(chat.picture("other").await.unwrap().is_none());
}

#[tokio::test]
async fn a_reaction_stands_once_and_is_told_once() {
    let (chat, mut events) = chat().await;
    let address = Embedded::address("relais");
    let message = chat.send(&address, &Card::paragraph("one"), "k").await.unwrap();
    let other = chat.send(&address, &Card::paragraph("two"), "k2").await.unwrap();
    for person in ["anne", "bob", "anne"] {
        chat.visit(person, "relais")
            .unwrap()
            .react(&message, "✅", Gesture::Give)
            .await
            .unwrap();
    }
    chat.visit("anne", "relais")
        .unwrap()
        .react(&message, "📭", Gesture::Give)
        .await
        .unwrap();
    chat.visit("bob", "relais")
        .unwrap()
        .react(&message, "✅", Gesture::TakeBack)
        .await
        .unwrap();
    chat.visit("bob", "relais")
        .unwrap()
        .react(&message, "✅", Gesture::TakeBack)
        .await
        .unwrap();

    let seen = chat.reactions(&address, &message).await.unwrap();
    let seen: Vec<_> = seen
        .iter()
        .map(|seen| (seen.sender.account.as_str(), seen.key.as_str()))
        .collect();
    assert_eq!(seen, [("anne", "✅"), ("anne", "📭")]);
    assert_eq!(chat.reactions(&address, &other).await.unwrap(), []);

    let mut told = Vec::new();
    while let Ok(Event::Reacted {
        sender, key, given, ..
    }) = events.try_recv()
    {
        told.push((sender.account, key, given));
    }
    let expected = [
        ("anne", "✅", true),
        ("bob", "✅", true),
        ("anne", "📭", true),
        ("bob", "✅", false),
    ];
    assert_eq!(
        told,
        expected.map(|(who, key, given)| (who.to_owned(), key.to_owned(), given))
    );

    let passage = chat.passage("relais", None, 50).await.unwrap();
    let counts: Vec<_> = passage
        .standing
        .iter()
        .map(|standing| standing.reactions.len())
        .collect();
    assert_eq!(counts, [2, 0]);
    let nothing = chat
        .visit("bob", "calls")
        .unwrap()
        .react(&message, "✅", Gesture::Give)
        .await;
    assert!(matches!(nothing, Err(DoorError::UnknownMessage)));
}

#[tokio::test]
async fn a_text_is_a_message_and_a_command_is_not() {
    let (chat, mut events) = chat().await;
    assert_eq!(say(&chat, "anne", "relais", "Bonjour").await.unwrap(), None);
    let mut updates = chat.subscribe();
    let answer = Answer::private(Card::paragraph("here"));
    let (said, ()) = tokio::join!(say(&chat, "anne", "relais", "/today"), async {
        let Some(Event::Said {
            sender,
            place,
            text,
            reply,
            ..
        }) = events.recv().await
        else {
            panic!("a command was typed");
        };
        assert_eq!(
            (sender.account.as_str(), sender.locale.as_deref()),
            ("anne", Some("fr-CA"))
        );
        assert_eq!(
            (place.name.as_str(), place.is_private, text.as_str()),
            ("Relais", false, "today")
        );
        reply.send(answer.clone()).unwrap();
    });
    assert_eq!(said.unwrap(), Some(answer));
    assert_eq!(texts(&chat, "relais").await, ["Bonjour"]);
    let Update::Whispered(whisper) = updates.recv().await.unwrap() else {
        panic!("only a whisper was to come");
    };
    assert_eq!(
        (whisper.person.as_str(), whisper.said.as_deref()),
        ("anne", Some("/today"))
    );
}

#[tokio::test]
async fn an_answer_for_the_room_is_a_message() {
    let (chat, mut events) = chat().await;
    let (pressed, ()) = tokio::join!(chat.visit("bob", "relais").unwrap().press("v1:x"), async {
        let Some(Event::Pressed { button, reply, .. }) = events.recv().await else {
            panic!("a button was pressed");
        };
        assert_eq!(button, "v1:x");
        reply
            .send(Answer::Card(Card::paragraph("all"), Audience::Room))
            .unwrap();
    });
    assert!(pressed.unwrap().is_some());
    assert_eq!(texts(&chat, "relais").await, ["card 1"]);
}

#[tokio::test]
async fn in_a_private_conversation_everything_is_a_command_and_kept() {
    let (chat, mut events) = chat().await;
    let direct = Embedded::direct("anne");
    for typed in ["moi", "/moi"] {
        let (said, ()) = tokio::join!(say(&chat, "anne", &direct, typed), async {
            let Some(Event::Said {
                place, text, reply, ..
            }) = events.recv().await
            else {
                panic!("a command was typed");
            };
            assert!(place.is_private);
            assert_eq!(text, "moi");
            reply.send(Answer::private(Card::paragraph("you"))).unwrap();
        });
        said.unwrap();
    }
    chat.send_direct("anne", &Card::paragraph("news"), "k")
        .await
        .unwrap();
    assert_eq!(
        texts(&chat, &direct).await,
        ["moi", "card 1", "/moi", "card 1", "card 1"]
    );
    assert!(chat.find_direct("anne", "k").await.unwrap().is_some());
    assert!(chat.find_direct("bob", "k").await.unwrap().is_none());
    assert!(matches!(
        say(&chat, "bob", &direct, "moi").await,
        Err(DoorError::UnknownRoom)
    ));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_ever() {
    let (chat, mut events) = chat().await;
    let said = say(&chat, "anne", "relais", "/today").await;
    assert!(matches!(said, Err(DoorError::Unanswered)));
    drop(events.recv().await);
    let (nothing, ()) = tokio::join!(say(&chat, "anne", "relais", "/today"), async {
        drop(events.recv().await);
    });
    assert_eq!(nothing.unwrap(), None);
    drop(events);
    let said = say(&chat, "anne", "relais", "/today").await;
    assert!(matches!(said, Err(DoorError::Stopping)));
}

#[tokio::test]
async fn what_is_empty_or_too_large_is_refused() {
    let (chat, _events) = chat().await;
    let said = say(&chat, "anne", "relais", " \n").await;
    assert!(matches!(said, Err(DoorError::Empty)));
    let said = say(&chat, "anne", "relais", &"é".repeat(100_000)).await;
    assert!(matches!(said, Err(DoorError::TooLong { .. })));
    let file = Attachment {
        name: "a.csv".to_owned(),
        bytes: Arc::from(vec![0; Attachment::MAX_BYTES + 1]),
    };
    let dropped = chat.visit("anne", "relais").unwrap().drop_files(vec![file]).await;
    assert!(matches!(dropped, Err(DoorError::TooLarge)));
    assert!(chat.add_rooms([]).await.is_ok());
    assert_eq!(texts(&chat, "relais").await.len(), 0);
}

#[tokio::test]
async fn a_passage_goes_back_in_time() {
    let (chat, _events) = chat().await;
    for number in 0..5 {
        say(&chat, "bob", "relais", &number.to_string()).await.unwrap();
        say(&chat, "bob", "calls", "elsewhere").await.unwrap();
    }
    let last = chat.passage("relais", None, 2).await.unwrap();
    assert!(last.has_earlier);
    let before = last.standing[0].post.id.clone();
    let earlier = chat.passage("relais", Some(&before), 3).await.unwrap();
    assert!(!earlier.has_earlier);
    let text = |standing: &Standing| match &standing.post.content {
        Content::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let all: Vec<_> = earlier.standing.iter().chain(&last.standing).map(text).collect();
    assert_eq!(all, ["0", "1", "2", "3", "4"]);
}

proptest! {
    #[test]
    fn what_is_typed_is_kept_to_the_letter(text in "[^/]\\PC{0,40}|[^/](?s).{0,40}") {
        prop_assume!(!text.trim().is_empty());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let kept = runtime.block_on(async {
            let (chat, _events) = chat().await;
            say(&chat, "bob", "relais", &text).await.unwrap();
            texts(&chat, "relais").await
        });
        prop_assert_eq!(kept, [text]);
    }
}
