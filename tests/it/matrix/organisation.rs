//! An organisation on Matrix: its rooms, its people, and the bot that they invited.

use jiff::{ToSpan, tz::TimeZone};
use relais::clock::{Clock, SystemClock};

use serde_json::Value;

use super::{
    bot::Bot,
    homeserver::{Homeserver, Limits},
    people::{NewRoom, People, Person, message::Message},
    until,
};

/// Two asks that any day takes.
pub fn calendar() -> String {
    let tomorrow = SystemClock.now().to_zoned(TimeZone::UTC).date() + 2.days();
    format!(
        "ref,campaign,kind,date,time,groups,networks,wording_fr,wording_en,script_fr,script_en,link,hashtags,image,alt_fr,alt_en,target,closes\n\
         a-1,registre,share,{tomorrow},09:00,,mastodon;bluesky,Demandez le registre des loyers.,Ask for the rent registry.,,,\
         https://example.org/registre,,,,,,{tomorrow} 20:00\n\
         a-2,registre,sign,{tomorrow},10:00,,,Signez la pétition.,Sign the petition.,,,https://example.org/petition,,,,,,{tomorrow} 20:00\n"
    )
}

/// Marie is its admin, Claire coordinates, Inès and Omar volunteer.
pub struct Organisation {
    pub bot: Bot,
    pub marie: Person,
    pub claire: Person,
    pub ines: Person,
    pub omar: Person,
    /// The coordinators' room.
    pub coordination: String,
    /// The volunteers' room.
    pub quartier: String,
}

impl Organisation {
    /// Marie, who is the admin, invites the bot into a room for coordinators and into one for volunteers, and links both.
    pub async fn found(homeserver: &Homeserver, quartier: NewRoom) -> Self {
        let people = People::start(homeserver);
        let person = async |name: &str| people.person(name).await;
        let (marie, claire) = (person("marie").await, person("claire").await);
        let (ines, omar) = (person("ines").await, person("omar").await);
        let bot = Bot::start(homeserver, marie.id()).await;
        if homeserver.limits() == Limits::Default {
            // Founding is not what takes long.
            homeserver.exempt(&bot.account.id).await;
        }
        let it = bot.account.id.clone();
        let coordination = NewRoom::plain("coordination").inviting(&[claire.id()]);
        let coordination = marie.creates(coordination).await;
        // What was typed before it came is not meant for it.
        marie
            .says(&coordination, "!relais campaign new before \"Avant\" \"Before\"")
            .await;
        marie.invites(&coordination, &it).await;
        let quartier = marie
            .creates(quartier.inviting(&[&it, ines.id(), omar.id()]))
            .await;
        claire.joins(&coordination).await;
        ines.joins(&quartier).await;
        omar.joins(&quartier).await;
        for room in [&coordination, &quartier] {
            marie
                .notices(room, |event| {
                    event["state_key"] == *it && event["content"]["membership"] == "join"
                })
                .await;
        }
        let organisation = Self {
            bot,
            marie,
            claire,
            ines,
            omar,
            coordination,
            quartier,
        };
        let (marie, claire) = (&organisation.marie, &organisation.claire);
        organisation
            .asks(
                marie,
                &organisation.coordination,
                "room add coordination en",
                "coordination is linked",
            )
            .await;
        organisation
            .asks(
                marie,
                &organisation.quartier,
                "room add volunteers both",
                "quartier is linked",
            )
            .await;
        organisation
            .asks(claire, &organisation.coordination, "help", "What you can do")
            .await;
        let grant = format!("role grant {} coordinator", claire.id());
        organisation
            .asks(marie, &organisation.coordination, &grant, "coordinator")
            .await;
        organisation
    }

    /// Marie makes one more room with these people and the bot, and links it by a command.
    pub async fn adds(&self, room: NewRoom, people: &[&Person], command: &str, told: &str) -> String {
        let it = self.bot.account.id.as_str();
        let ids = people.iter().map(|person| person.id()).chain([it]);
        let room = self.marie.creates(room.inviting(&ids.collect::<Vec<_>>())).await;
        for person in people {
            person.joins(&room).await;
        }
        let has_come = |event: &Value| event["state_key"] == *it && event["content"]["membership"] == "join";
        self.marie.notices(&room, has_come).await;
        self.asks(&self.marie, &room, command, told).await;
        room
    }

    /// The bot's clock is put to the next Monday, some seconds before the summaries are due.
    pub async fn awaits_the_summary(&mut self) {
        let now = SystemClock
            .now()
            .to_zoned(TimeZone::get("America/Montreal").unwrap());
        let days_left = 7 - now.weekday().to_monday_zero_offset();
        let monday = now.date() + i64::from(days_left).days();
        let due = monday.at(8, 59, 50, 0).to_zoned(now.time_zone().clone()).unwrap();
        self.bot.kill().await;
        self.bot.start_again_ahead(due.duration_since(&now));
    }

    /// The keys of so many who said something in the volunteers' room are in the account's backup.
    pub async fn has_backed_up(&self, homeserver: &Homeserver, keys: usize) {
        let token = Some(self.bot.account.token.as_str());
        until("the keys are backed up", async || {
            let (_, backup) = homeserver
                .request("GET", "/_matrix/client/v3/room_keys/version", token, None)
                .await;
            let version = backup["version"].as_str().unwrap_or_default();
            let path = format!("/_matrix/client/v3/room_keys/keys?version={version}");
            let (_, kept) = homeserver.request("GET", &path, token, None).await;
            let sessions = kept["rooms"][&self.quartier]["sessions"].as_object();
            sessions.is_some_and(|sessions| sessions.len() >= keys)
        })
        .await;
    }

    /// The prompt tells this total before long.
    pub async fn shows(&self, prompt: &Message, total: &str) {
        let shown = |message: &Message| message.id == prompt.id && message.body.contains(total);
        self.omar.sees(&self.quartier, shown).await;
    }

    /// So many confirmations are stored, and the books are right.
    pub async fn counts(&self, confirmations: i64) {
        let store = self.bot.store().await;
        let (count, wrong) = store.read().await.unwrap().recount().await.unwrap();
        assert_eq!((count, wrong), (confirmations, vec![]));
    }

    /// Somebody types a command in a room and reads these words in answer, wherever the answer is.
    pub async fn asks(&self, person: &Person, room: &str, command: &str, told: &str) -> String {
        person.says(room, &format!("!relais {command}")).await;
        person.is_told(&self.bot.account.id, told).await
    }
}

/// Marie drops the calendar, Claire approves an ask and posts it, and Inès reads it.
pub async fn posted(organisation: &Organisation) -> Message {
    let Organisation {
        bot,
        marie,
        claire,
        ines,
        coordination,
        quartier,
        ..
    } = organisation;
    let it = bot.account.id.as_str();
    marie
        .drops(coordination, "calendar.csv", "text/csv", calendar().as_bytes())
        .await;
    marie.is_told(it, "The calendar is in.").await;
    organisation
        .asks(claire, coordination, "ask approve 1", "is approved")
        .await;
    organisation
        .asks(claire, coordination, "ask post 1", "No. 1")
        .await;
    ines.hears(quartier, it, "Demandez le registre des loyers.").await
}
