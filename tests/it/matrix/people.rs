//! People in their rooms: each has a client of their own (matrix-nio, or matrix-js-sdk as a second opinion).
//!
//! All the people with the same client live in one program; what their clients read is kept here, and read by [`message`].

mod acts;
pub mod message;
pub mod second;

use std::{
    collections::HashMap,
    panic::Location,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{process::Command, sync::watch, time::timeout};

use super::{
    PATIENCE,
    homeserver::{Account, Homeserver, Limits},
    program::{self, Program},
};
pub use acts::{NewRoom, Words};
use message::Message;

/// The people of a test. They go when the last clone of this does.
#[derive(Clone)]
pub struct People(Arc<Inner>);

struct Inner {
    homeserver: Homeserver,
    program: Program,
    read: Arc<Mutex<Read>>,
    changed: watch::Receiver<()>,
}

/// What came to somebody's client so far.
#[derive(Default)]
struct Read {
    /// By person and room.
    rooms: HashMap<(String, String), Room>,
    /// By person: who invited them, and to what.
    invites: HashMap<String, Vec<(String, String)>>,
}

/// The events of a room in the order in which they came, each once.
#[derive(Default)]
struct Room {
    events: Vec<Value>,
    places: HashMap<String, usize>,
}

/// Somebody with an account and a client.
#[derive(Clone)]
pub struct Person {
    people: People,
    /// Their account.
    pub account: Account,
}

impl People {
    /// Nobody yet, on this homeserver.
    pub fn start(homeserver: &Homeserver) -> Self {
        let mut command = program::in_python("people.py");
        command.arg(homeserver.url()).arg(homeserver.folder());
        Self::with(homeserver, command, "people.log")
    }

    /// Nobody yet, and whoever comes has matrix-js-sdk. None where it is not installed, which is said aloud; in CI it must be.
    pub fn second(homeserver: &Homeserver) -> Option<Self> {
        let clients = program::clients()?;
        let mut command = program::in_node("second.mjs");
        command.arg(homeserver.url()).arg(clients);
        Some(Self::with(homeserver, command, "second.log"))
    }

    fn with(homeserver: &Homeserver, command: Command, log: &str) -> Self {
        let (changes, changed) = watch::channel(());
        let read = Arc::<Mutex<Read>>::default();
        let keep = Arc::clone(&read);
        let program = Program::start(command, &homeserver.folder().join(log), move |news| {
            keep.lock().unwrap().keep(news);
            let _ = changes.send(());
        });
        Self(Arc::new(Inner {
            homeserver: homeserver.clone(),
            program,
            read,
            changed,
        }))
    }

    /// Somebody new, who reads what comes. Limits hold nobody back but the bot.
    pub async fn person(&self, name: &str) -> Person {
        let account = self.account(name).await;
        self.enter(account, json!(true)).await
    }

    /// Somebody new who acts and never reads, which costs nothing: for a crowd. They have no keys: in an encrypted room they only react.
    pub async fn passer_by(&self, name: &str) -> Person {
        let account = self.account(name).await;
        self.enter(account, json!(false)).await
    }

    async fn account(&self, name: &str) -> Account {
        let homeserver = &self.0.homeserver;
        let account = homeserver.register(name, &password_of(name)).await;
        if homeserver.limits() == Limits::Default {
            homeserver.exempt(&account.id).await;
        }
        account
    }

    async fn enter(&self, account: Account, reads: Value) -> Person {
        let entered = json!({
            "user_id": account.id,
            "device_id": account.device,
            "access_token": account.token,
            "reads": reads,
        });
        let came = self.0.program.order("enter", entered).await;
        came.unwrap_or_else(|error| panic!("{}: {error}", account.id));
        Person {
            people: self.clone(),
            account,
        }
    }
}

/// What somebody logs in with elsewhere than here.
pub fn password_of(name: &str) -> String {
    format!("the password of {name}")
}

impl Read {
    fn keep(&mut self, mut news: Value) {
        let person = news["person"].as_str().unwrap().to_owned();
        if let Some(room) = news["invite"].as_str() {
            let events = news["events"].as_array().into_iter().flatten();
            let inviter = events
                .filter(|event| event["type"] == "m.room.member" && event["state_key"] == *person)
                .find_map(|event| event["sender"].as_str());
            let invite = (inviter.unwrap_or_default().to_owned(), room.to_owned());
            self.invites.entry(person).or_default().push(invite);
            return;
        }
        // Otherwise something stirred in the client, which has to be asked what it shows now.
        let Some(room) = news["room"].as_str().map(str::to_owned) else {
            return;
        };
        self.rooms
            .entry((person, room))
            .or_default()
            .keep(news["event"].take());
    }
}

impl Room {
    /// An event that comes again was decrypted since.
    fn keep(&mut self, event: Value) {
        let id = event["event_id"].as_str().unwrap_or_default().to_owned();
        let place = *self.places.entry(id).or_insert(self.events.len());
        if place == self.events.len() {
            self.events.push(event);
        } else {
            self.events[place] = event;
        }
    }
}

impl Person {
    /// Their user id.
    pub fn id(&self) -> &str {
        &self.account.id
    }

    /// The messages of a room as they stand on their screen now.
    pub fn messages(&self, room: &str) -> Vec<Message> {
        message::read(&self.events(room))
    }

    /// Every event of a room that came to their client.
    pub fn events(&self, room: &str) -> Vec<Value> {
        let read = self.people.0.read.lock().unwrap();
        let room = read.rooms.get(&(self.id().to_owned(), room.to_owned()));
        room.map(|room| room.events.clone()).unwrap_or_default()
    }

    /// All the messages that the homeserver has of a room, asked for now: what counts where nothing may be there twice.
    pub async fn history(&self, room: &str) -> Vec<Message> {
        let events = self.order("history", json!({ "room": room })).await;
        message::read(events.as_array().unwrap())
    }

    /// Waits until a message like this stands on their screen.
    #[track_caller]
    pub fn sees(&self, room: &str, wanted: impl Fn(&Message) -> bool) -> impl Future<Output = Message> {
        let caller = Location::caller();
        async move {
            let find = || self.messages(room).into_iter().find(&wanted);
            match self.until(find).await {
                Some(message) => message,
                None => panic!("{caller}: {} waited in vain. {}", self.id(), self.describe(room)),
            }
        }
    }

    /// Waits until somebody has said something with these words in it.
    #[track_caller]
    pub fn hears(&self, room: &str, from: &str, words: &str) -> impl Future<Output = Message> {
        let (from, words) = (from.to_owned(), words.to_owned());
        self.sees(room, move |message| {
            message.sender == from && message.body.contains(&words)
        })
    }

    /// Waits until somebody has told them something with these words in it, in whatever room; they go where they are invited
    /// to hear it.
    #[track_caller]
    pub fn is_told(&self, from: &str, words: &str) -> impl Future<Output = String> {
        let told = self.told(from, words);
        async move { told.await.1.body }
    }

    /// The same, with the room and the message.
    #[track_caller]
    pub fn told(&self, from: &str, words: &str) -> impl Future<Output = (String, Message)> {
        let caller = Location::caller();
        let (from, words) = (from.to_owned(), words.to_owned());
        async move {
            let told = || {
                let read = self.people.0.read.lock().unwrap();
                let own = read.rooms.iter().filter(|((person, _), _)| person == self.id());
                let said = own.flat_map(|((_, id), room)| {
                    let messages = message::read(&room.events).into_iter();
                    messages.map(|message| (id.clone(), message))
                });
                said.filter(|(_, message)| message.sender == from && message.body.contains(&words))
                    .last()
            };
            let invited = || {
                let read = self.people.0.read.lock().unwrap();
                let invites = read.invites.get(self.id())?;
                invites
                    .iter()
                    .find(|(by, _)| *by == from)
                    .map(|(_, room)| room.clone())
            };
            loop {
                match self.until(|| told().map(Ok).or_else(|| invited().map(Err))).await {
                    Some(Ok(told)) => return told,
                    Some(Err(_)) => {
                        let room = self.is_invited_by(&from).await;
                        self.joins(&room).await;
                    }
                    None => panic!(
                        "{caller}: {} was never told {words:?}.{}",
                        self.id(),
                        self.describe_all()
                    ),
                }
            }
        }
    }

    /// Waits for an event like this, of whatever type: a state event, a poll, a redaction.
    #[track_caller]
    pub fn notices(&self, room: &str, wanted: impl Fn(&Value) -> bool) -> impl Future<Output = Value> {
        let caller = Location::caller();
        async move {
            let find = || self.events(room).into_iter().find(&wanted);
            match self.until(find).await {
                Some(event) => event,
                None => panic!("{caller}: {} waited in vain. {}", self.id(), self.describe(room)),
            }
        }
    }

    /// Waits until the events of a room are like this.
    #[track_caller]
    pub fn sees_events(&self, room: &str, wanted: impl Fn(&[Value]) -> bool) -> impl Future<Output = ()> {
        let caller = Location::caller();
        async move {
            let find = || wanted(&self.events(room)).then_some(());
            let found = self.until(find).await.is_some();
            assert!(
                found,
                "{caller}: {} waited in vain. {}",
                self.id(),
                self.describe(room)
            );
        }
    }

    /// Waits until somebody invites them, and gives the room.
    #[track_caller]
    pub fn is_invited_by(&self, inviter: &str) -> impl Future<Output = String> {
        let caller = Location::caller();
        async move {
            let find = || {
                let mut read = self.people.0.read.lock().unwrap();
                let invites = read.invites.entry(self.id().to_owned()).or_default();
                let place = invites.iter().position(|(by, _)| by == inviter)?;
                Some(invites.remove(place).1)
            };
            let found = self.until(find).await;
            found.unwrap_or_else(|| panic!("{caller}: {inviter} never invited {}", self.id()))
        }
    }

    /// Waits for what the clients read to hold something. None when patience ends.
    async fn until<T>(&self, find: impl Fn() -> Option<T>) -> Option<T> {
        self.until_shown(async || find()).await
    }

    /// The same where a client has to be asked.
    async fn until_shown<T>(&self, mut find: impl AsyncFnMut() -> Option<T>) -> Option<T> {
        let mut changed = self.people.0.changed.clone();
        let search = async {
            loop {
                changed.mark_unchanged();
                if let Some(found) = find().await {
                    return Some(found);
                }
                // Without a client there is no more news.
                changed.changed().await.ok()?;
            }
        };
        timeout(PATIENCE, search).await.ok().flatten()
    }

    /// A room as they see it, for whoever has to understand a failure.
    pub fn describe(&self, room: &str) -> String {
        let messages: Vec<String> = self.messages(room).iter().map(Message::to_string).collect();
        if messages.is_empty() {
            return format!("In {room} there is no message");
        }
        format!("In {room} there is:\n  {}", messages.join("\n  "))
    }

    /// All their rooms.
    fn describe_all(&self) -> String {
        let read = self.people.0.read.lock().unwrap();
        let own = read.rooms.keys().filter(|(person, _)| person == self.id());
        let rooms: Vec<String> = own.map(|(_, room)| room.clone()).collect();
        drop(read);
        let rooms = rooms.iter().map(|room| format!("\n{}", self.describe(room)));
        rooms.collect()
    }

    async fn order(&self, name: &str, mut arguments: Value) -> Value {
        arguments["person"] = json!(self.id());
        let done = self.people.0.program.order(name, arguments).await;
        done.unwrap_or_else(|error| {
            let log = self.people.0.homeserver.last_words();
            panic!("{}: {error}\nThe homeserver: {log}", self.id())
        })
    }
}
