//! The people, rooms and books of the story.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, tz::TimeZone};
use relais::{
    clock::{Clock, SystemClock},
    domain::{confirmation::confirmations, id::AskId},
    store::{DeliveryState, PromptState, Store},
};

use super::deeds::{ASKS, CAMPAIGNS, Deed, IN_CALENDAR, Then, What, Where, Who};
use crate::matrix::{
    homeserver::Homeserver,
    organisation::Organisation,
    people::{NewRoom, Person, Words, message::Message},
    until,
};

/// In how many rooms an ask stands.
const ROOMS: usize = 3;

/// The story as far as it went.
pub struct Tale {
    pub organisation: Organisation,
    pub store: Store,
    rooms: BTreeMap<Where, String>,
    private: BTreeMap<Who, String>,
    /// What was done last: its event.
    event: String,
    /// The reaction that somebody gave to an ask last.
    reactions: BTreeMap<(Who, usize), String>,
    /// What counts, as far as people know.
    counted: BTreeMap<(Who, usize), usize>,
}

impl Tale {
    /// The organisation, with an encrypted room of volunteers beside the plain one, and two rooms that are not linked yet.
    pub async fn begin(homeserver: &Homeserver) -> Self {
        let organisation = Organisation::found(homeserver, NewRoom::plain("quartier")).await;
        let Organisation {
            bot,
            marie,
            claire,
            ines,
            omar,
            ..
        } = &organisation;
        let mut rooms = BTreeMap::from([
            (Where::Coordination, organisation.coordination.clone()),
            (Where::Quartier, organisation.quartier.clone()),
        ]);
        let (downtown, told) = (NewRoom::encrypted("downtown"), "downtown is linked");
        let downtown = organisation
            .adds(downtown, &[ines, omar], "room add volunteers en", told)
            .await;
        rooms.insert(Where::Downtown, downtown);
        for (place, room, people) in [
            (Where::Rue, NewRoom::plain("rue"), &[ines][..]),
            (Where::Board, NewRoom::encrypted("board"), &[claire]),
        ] {
            let room = organisation.adds(room, people, "help", "What you can do").await;
            rooms.insert(place, room);
        }
        let mut private = BTreeMap::new();
        for (who, person) in [(Who::Marie, marie), (Who::Ines, ines)] {
            person.says(&rooms[&Where::Downtown], "!relais me").await;
            let (room, _) = person.told(&bot.account.id, "Relais").await;
            private.insert(who, room);
        }
        Self {
            store: bot.store().await,
            organisation,
            rooms,
            private,
            event: String::new(),
            reactions: BTreeMap::new(),
            counted: BTreeMap::new(),
        }
    }

    fn person(&self, who: Who) -> &Person {
        match who {
            Who::Marie => &self.organisation.marie,
            Who::Claire => &self.organisation.claire,
            Who::Ines => &self.organisation.ines,
            Who::Omar => &self.organisation.omar,
        }
    }

    fn room(&self, deed: &Deed) -> &str {
        match deed.place {
            Where::Private => &self.private[&deed.who],
            place => &self.rooms[&place],
        }
    }

    /// Somebody does what is next.
    pub async fn carry_out(&mut self, deed: &Deed) {
        let (person, room) = (self.person(deed.who), self.room(deed));
        let event = match &deed.what {
            What::Types(text) => person.says(room, text).await,
            What::Replies(ask, word) => {
                let prompt = self.prompt(person, room, *ask).await;
                person.sends(room, Words::of(word).replying_to(&prompt)).await
            }
            What::Drops => {
                person
                    .drops(room, "calendar.csv", "text/csv", calendar().as_bytes())
                    .await
            }
            What::Reacts(ask) => {
                let prompt = self.prompt(person, room, *ask).await;
                person.reacts(room, &prompt, "✅").await
            }
            What::TakesBack(ask) => person.redacts(room, &self.reactions[&(deed.who, *ask)]).await,
        };
        if let What::Reacts(ask) = deed.what {
            self.reactions.insert((deed.who, ask), event.clone());
        }
        if let Then::Counted(ask, count) = deed.then {
            self.counted.insert((deed.who, ask), count);
        }
        self.event = event;
    }

    /// The prompt of an ask, as somebody reads it.
    async fn prompt(&self, person: &Person, room: &str, ask: usize) -> String {
        let it = &self.organisation.bot.account.id;
        person.sees(room, |message| is_prompt(message, it, ask)).await.id
    }

    /// Waits until what was done last is carried out.
    pub async fn comes_true(&self, deed: &Deed) {
        until(&format!("“{deed}” comes true"), async || {
            let mut reader = self.store.read().await.unwrap();
            let is_heard = match deed.what {
                What::Reacts(_) | What::TakesBack(_) => true,
                _ => reader.has_heard("matrix", &self.event).await.unwrap(),
            };
            let has_come = match deed.then {
                Then::Nothing => true,
                Then::Posted(ask) => {
                    let prompts = reader.list_prompts_of(number(ask)).await.unwrap();
                    let posted = prompts
                        .iter()
                        .filter(|prompt| prompt.state == PromptState::Posted);
                    posted.count() == ROOMS
                }
                Then::Counted(ask, count) => self.count_of(deed.who, ask).await == count,
            };
            is_heard && has_come
        })
        .await;
    }

    /// How many confirmations of an ask count for somebody.
    async fn count_of(&self, who: Who, ask: usize) -> usize {
        let mut reader = self.store.read().await.unwrap();
        let account = reader
            .find_account("matrix", self.person(who).id())
            .await
            .unwrap();
        let Some(account) = account else { return 0 };
        let signals = reader.list_signals_of(account.person).await.unwrap();
        let own = signals
            .iter()
            .filter(|written| written.standing.ask == number(ask));
        confirmations(own.map(|written| &written.signal)).len()
    }

    /// Everything is done, and once.
    pub async fn check(&self) {
        self.check_books().await;
        for (place, room) in &self.rooms {
            let reader = match place {
                Where::Coordination | Where::Board => &self.organisation.claire,
                _ => &self.organisation.ines,
            };
            self.check_room(*place, &reader.history(room).await);
        }
        for (who, room) in &self.private {
            self.check_room(Where::Private, &self.person(*who).history(room).await);
        }
        let log = self.organisation.bot.log();
        assert!(!log.contains("ERROR"), "{log}");
    }

    async fn check_books(&self) {
        let count = async |state| {
            let mut reader = self.store.read().await.unwrap();
            reader.count_deliveries(state).await.unwrap()
        };
        until("nothing waits any more", async || {
            let states = [
                DeliveryState::Pending,
                DeliveryState::Sending,
                DeliveryState::Unsure,
            ];
            for state in states {
                if count(state).await > 0 {
                    return false;
                }
            }
            true
        })
        .await;
        assert_eq!(count(DeliveryState::Refused).await, 0);
        for ((who, ask), expected) in &self.counted {
            assert_eq!(self.count_of(*who, *ask).await, *expected, "{who:?}, {ask}");
        }
        let expected: usize = self.counted.values().sum();
        self.organisation.counts(expected.try_into().unwrap()).await;
        let report = self.organisation.bot.operate(&["doctor"]).await.unwrap();
        assert!(
            report.contains(&format!("{expected} confirmations recounted")),
            "{report}"
        );

        let mut reader = self.store.read().await.unwrap();
        let asks = reader.list_newest_asks(100).await.unwrap();
        assert_eq!(asks.len(), ASKS.len(), "{asks:?}");
        for ask in &asks {
            assert_eq!(reader.list_approvals(ask.id).await.unwrap().len(), 2, "{ask:?}");
            assert_eq!(reader.list_prompts_of(ask.id).await.unwrap().len(), ROOMS);
        }
        let campaigns = reader.list_campaigns().await.unwrap().into_iter();
        let campaigns: BTreeSet<String> = campaigns.map(|campaign| campaign.slug).collect();
        let expected = CAMPAIGNS.into_iter().chain(["registre"]).map(str::to_owned);
        assert_eq!(
            campaigns,
            expected.collect(),
            "an old command was obeyed, or one is lost"
        );
        assert_eq!(reader.find_halt().await.unwrap(), None);
        assert_eq!(reader.list_rooms().await.unwrap().len(), self.rooms.len());
    }

    /// Each prompt stands once in the rooms that get it; what the bot says by itself is said once, and each thing is answered at most once.
    fn check_room(&self, place: Where, messages: &[Message]) {
        let it = &self.organisation.bot.account.id;
        let unread: Vec<_> = messages
            .iter()
            .filter(|message| message.kind == "m.room.encrypted")
            .collect();
        assert!(unread.is_empty(), "{place:?}: {unread:?}");
        for ask in 1..=ASKS.len() {
            let found = messages
                .iter()
                .filter(|message| is_prompt(message, it, ask))
                .count();
            let is_volunteers = matches!(place, Where::Quartier | Where::Downtown | Where::Rue);
            if is_volunteers {
                assert_eq!(found, 1, "{ask} in {place:?}: {messages:#?}");
            }
        }
        let own = || messages.iter().filter(|message| message.sender == *it);
        // Whatever is sent once bears a key of its own.
        let mut keys = BTreeSet::new();
        for key in own().filter_map(|message| message.original["org.relais.key"].as_str()) {
            assert!(keys.insert(key), "{place:?}: {key} twice: {messages:#?}");
        }
        let mut said = BTreeSet::new();
        for message in own().filter(|message| message.kind == "m.text") {
            assert!(said.insert(&message.body), "{place:?}: twice: {}", message.body);
        }
        let mut answered = BTreeSet::new();
        for message in own().filter(|message| message.kind == "m.notice") {
            if let Some(asked) = &message.reply_to {
                assert!(answered.insert(asked), "{place:?}: twice: {}", message.body);
            }
        }
        if place == Where::Coordination {
            let halts = own().filter(|message| message.body.contains("it goes on now"));
            assert_eq!(halts.count(), 1, "{messages:#?}");
        }
    }
}

fn number(ask: usize) -> AskId {
    AskId(ask.try_into().unwrap())
}

/// Whether a message is the prompt of an ask: the bot says it so that it notifies.
fn is_prompt(message: &Message, bot: &str, ask: usize) -> bool {
    message.sender == bot && message.kind == "m.text" && message.body.contains(ASKS[ask - 1])
}

fn calendar() -> String {
    let day = SystemClock.now().to_zoned(TimeZone::UTC).date() + 2.days();
    let mut lines = vec![
        "ref,campaign,kind,date,time,groups,networks,wording_fr,wording_en,script_fr,script_en,link,hashtags,image,alt_fr,alt_en,target,closes"
            .to_owned(),
    ];
    lines.extend(ASKS[..IN_CALENDAR].iter().map(|word| {
        format!(
            "{word},registre,sign,{day},09:00,,,Signez {word}.,Sign {word}.,,,https://example.org/{word},,,,,,{day} 20:00"
        )
    }));
    lines.join("\n") + "\n"
}
