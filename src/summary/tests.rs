//! The summary and the statistics of a small organisation, from its database to the cards.

pub(super) mod sample;

use futures_util::future::BoxFuture;
use jiff::{
    civil::{Weekday, time},
    tz::TimeZone,
};
use tempfile::TempDir;

use super::{stats::Subject, *};
use crate::{
    app::Settings,
    chance::Chance,
    chat::{Capabilities, Message, Platform, ReactionSeen, SendError, Unasked},
    cli::demo::AdjustableClock,
    domain::{
        ask::{AskContent, AskKind, AskState, Wording},
        choice::Detail,
        confirmation::Source,
        day::Day,
        id::{AskId, CampaignId, RoomId},
        language::RoomLanguage,
        outcome::Outcome,
        room::{Purpose, Room, RoomAddress},
    },
    i18n::Voice,
    intake::{About, Act, Author, Gesture, apply},
    store::{Store, Writer},
};

/// A platform that does nothing but give messages an address.
struct Linking;

type Sent<'a, T> = BoxFuture<'a, Result<T, SendError>>;

fn refused<'a, T: Send + 'a>() -> Sent<'a, T> {
    Box::pin(async { Err(SendError::Refused(anyhow::anyhow!("nothing is sent here"))) })
}

impl Platform for Linking {
    fn name(&self) -> &'static str {
        "test"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            buttons_max: 0,
            concurrent_sends: 1,
            message_every: None,
            edits_per_second: 1,
            unasked: Unasked::Welcome,
            command_prefix: "/",
        }
    }

    fn send<'a>(&'a self, _: &'a RoomAddress, _: &'a Card, _: &'a str) -> Sent<'a, Message> {
        refused()
    }

    fn send_direct<'a>(&'a self, _: &'a str, _: &'a Card, _: &'a str) -> Sent<'a, Message> {
        refused()
    }

    fn edit<'a>(&'a self, _: &'a RoomAddress, _: &'a Message, _: &'a Card) -> Sent<'a, ()> {
        refused()
    }

    fn find<'a>(&'a self, _: &'a RoomAddress, _: &'a str) -> Sent<'a, Option<Message>> {
        refused()
    }

    fn find_direct<'a>(&'a self, _: &'a str, _: &'a str) -> Sent<'a, Option<Message>> {
        refused()
    }

    fn message_link(&self, room: &RoomAddress, message: &Message) -> Option<String> {
        Some(format!("https://chat.example/{}/{}", room.room, message.0))
    }

    fn withdraw<'a>(&'a self, _: &'a RoomAddress, _: &'a Message) -> Sent<'a, ()> {
        refused()
    }

    fn reactions<'a>(&'a self, _: &'a RoomAddress, _: &'a Message) -> Sent<'a, Vec<ReactionSeen>> {
        refused()
    }
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Wednesday, 2 in the afternoon in Montréal.
const NOW: &str = "2026-11-25T19:00:00Z";

async fn app(folder: &TempDir) -> Arc<App> {
    let url = format!("sqlite://{}", folder.path().join("relais.db").display());
    let store = Store::open(&url).await.unwrap();
    let settings = Settings {
        organisation: "Toit pour tout le monde".into(),
        time_zone: TimeZone::get("America/Montreal").unwrap(),
        language: Language::French,
        admins: Vec::new(),
        summary_day: Weekday::Monday,
        summary_time: time(9, 0, 0, 0),
        mastodon_server: None,
        public_url: None,
    };
    let clock = Arc::new(AdjustableClock::starting_at(instant(NOW)));
    let around = (clock as Arc<dyn crate::clock::Clock>, Chance::from_seed(1));
    let app = App::new(store, settings, around, vec![Arc::new(Linking)]);
    let app = app.await.unwrap();
    app.close_gap("test");
    Arc::new(app)
}

/// An open ask of a campaign in the one room, posted on Tuesday; six people called on Tuesday, and one today.
async fn lived(app: &App) -> (AskId, CampaignId) {
    let mut writer = app.store.write().await.unwrap();
    let now = instant(NOW);
    let room = Room {
        id: RoomId(0),
        address: RoomAddress {
            platform: "test".into(),
            room: "laval".into(),
        },
        name: "laval".into(),
        purpose: Purpose::Volunteers,
        language: RoomLanguage::French,
        time_zone: "America/Montreal".into(),
        group: None,
    };
    let room = writer.link_room(&room).await.unwrap();
    let campaign = writer.add_campaign("logement", "Un toit", "A roof", now);
    let campaign = campaign.await.unwrap().unwrap();
    let due = Day::from_number(20_261_215).unwrap();
    writer
        .set_goal(campaign, Some(AskKind::Call), 10, due)
        .await
        .unwrap();
    let ask = add_ask(&mut writer, campaign).await;
    let ends_at = instant("2026-11-27T01:00:00Z");
    let tuesday = Day::from_number(20_261_124).unwrap();
    let prompt = writer.add_prompt(ask, tuesday, room, ends_at).await.unwrap();
    let prompt = prompt.unwrap();
    writer.set_posted(prompt, "m1", now).await.unwrap();
    writer.set_ask_state(ask, AskState::Open).await.unwrap();
    let call = |n: u8, outcome, at: &str| Gesture {
        author: Author {
            platform: "test".into(),
            account: format!("p{n}"),
            name: String::new(),
            language: None,
        },
        about: About::Prompt(prompt),
        act: Act::Say {
            source: Source::Button,
            outcome,
            detail: Detail::default(),
        },
        at: instant(at),
    };
    let mut calls: Vec<Gesture> = (1..=6)
        .map(|n| call(n, Outcome::Voicemail, "2026-11-24T15:00:00Z"))
        .collect();
    calls.push(call(7, Outcome::Reached, "2026-11-25T15:00:00Z"));
    apply(app, &mut writer, &calls).await.unwrap();
    writer.commit().await.unwrap();
    (ask, campaign)
}

async fn add_ask(writer: &mut Writer, campaign: CampaignId) -> AskId {
    let wording = Wording {
        text: "Appelez avant le vote.".into(),
        ..Wording::default()
    };
    let content = AskContent {
        kind: AskKind::Call,
        campaign: Some(campaign),
        wordings: vec![(Language::French, wording)],
        link: None,
        hashtags: Vec::new(),
        networks: Vec::new(),
        picture: None,
        targets: Vec::new(),
        groups: Vec::new(),
        slot: None,
        closes_at: None,
    };
    writer.add_ask(None, None, &content, instant(NOW)).await.unwrap()
}

/// A card as it is easier to read: no-break spaces as `_`.
fn read(card: &Card) -> String {
    card.to_plain_text().replace(['\u{A0}', '\u{202F}'], "_")
}

fn french(app: &App) -> &Voice {
    app.voice(Language::French)
}

#[tokio::test]
async fn a_summary_links_to_the_messages() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(&folder).await;
    lived(&app).await;
    let week = Week::from_name("2026-W48").unwrap();
    let mut reader = app.store.read().await.unwrap();
    let card = compose(&app, &mut reader, week, &[Language::French], instant(NOW))
        .await
        .unwrap();
    assert_eq!(
        read(&card),
        "\
Semaine du 23 au 29 novembre — complet jusqu’à mercredi 14_h

7 gestes par 7 personnes (pas encore de point de comparaison)
📞 7 appels, 1 conversation, 6 répondeurs
Actions publiées_: 1 pour appeler

L’action la plus suivie_: nº_1, «_Appelez avant le vote_» (100_% des personnes actives ces 28 derniers jours dans ses salons)

Nº_1, salon laval <https://chat.example/laval/m1>

Objectif «_10 appels d’ici au 15 décembre_» ▓▓▓▓▓▓▓░░░ 7

[Une barre par jour, semaine du 23 au 29 novembre_: 7 appels. Meilleur jour_: mardi, avec 6.]"
    );
    let empty = compose(
        &app,
        &mut reader,
        week.before(),
        &[Language::French],
        instant(NOW),
    );
    assert_eq!(
        empty.await.unwrap().picture,
        None,
        "there is nothing to draw of an empty week"
    );
}

#[tokio::test]
async fn today_and_the_week_so_far_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(&folder).await;
    lived(&app).await;
    let mut reader = app.store.read().await.unwrap();
    let today = stats::in_words(&app, &mut reader, Language::French, Subject::Today, instant(NOW));
    assert_eq!(
        read(&today.await.unwrap().unwrap()),
        "\
Aujourd’hui, mercredi 25 novembre

1 geste par une personne.
📞 1 appel, 1 conversation

Par action_:

• nº_1, «_Appelez avant le vote_»_: 1 geste"
    );
    app.open_gap("test", instant("2026-11-25T18:05:00Z"));
    let week = stats::week(&app, &mut reader, french(&app), instant(NOW))
        .await
        .unwrap();
    assert_eq!(
        read(&week),
        "\
Semaine en cours, du 23 au 29 novembre

7 gestes par 7 personnes.
📞 7 appels, 1 conversation, 6 répondeurs

• mardi_: 6 gestes
• mercredi_: 1 geste

Des gestes faits depuis aujourd’hui à 13_h_05 peuvent encore manquer.

[Une barre par jour, semaine du 23 au 29 novembre_: 7 appels. Meilleur jour_: mardi, avec 6.]"
    );
    let tomorrow = instant("2026-11-26T19:00:00Z");
    let nothing = stats::in_words(&app, &mut reader, Language::English, Subject::Today, tomorrow);
    assert_eq!(
        read(&nothing.await.unwrap().unwrap()),
        "Today, Thursday, November 26\n\nNothing confirmed yet.\n\n\
         What was done since yesterday at 1:05 p.m. may still be missing."
    );
}

#[tokio::test]
async fn an_ask_and_its_campaign_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(&folder).await;
    let (id, campaign) = lived(&app).await;
    let mut reader = app.store.read().await.unwrap();
    let now = instant(NOW);
    let ask = stats::in_words(&app, &mut reader, Language::French, Subject::Ask(id), now);
    assert_eq!(
        read(&ask.await.unwrap().unwrap()),
        "\
Nº_1, «_Appelez avant le vote_»

Ouverte, à faire avant jeudi 20_h.
7 gestes par 7 personnes.
📞 7 appels, 1 conversation, 6 répondeurs
100_% des 7 personnes actives ces 28 derniers jours dans ses salons.
Salons_: laval."
    );
    let unknown = stats::in_words(&app, &mut reader, Language::French, Subject::Ask(AskId(99)), now);
    assert_eq!(unknown.await.unwrap(), None);
    let campaign = reader.find_campaign(campaign).await.unwrap().unwrap();
    let campaign = Subject::Campaign(&campaign);
    let told = stats::in_words(&app, &mut reader, Language::French, campaign, now);
    assert_eq!(
        read(&told.await.unwrap().unwrap()),
        "\
Un toit

7 gestes en tout.
📞 7 appels, 1 conversation, 6 répondeurs

Objectif «_10 appels d’ici au 15 décembre_» ▓▓▓▓▓▓▓░░░ 7

Par action_:

• nº_1, «_Appelez avant le vote_»_: 7 gestes"
    );
}
