//! What people see: Relais in Hydrogen, a client that shares nothing with the others, in a headless Chromium. Pictures of it are left in
//! `target/eyes`, to be looked at.

mod window;

use jiff::{ToSpan, tz::TimeZone};
use relais::clock::{Clock, SystemClock};
use tiny_skia::{Color, Paint, Pixmap, Rect, Transform};

use super::{
    bot::clock_can_be_put_ahead,
    homeserver::{Homeserver, Limits},
    organisation::Organisation,
    people::NewRoom,
};
use crate::browser::driver::Driver;
use window::Window;

/// What is copied out, in each language.
const FRENCH: &str = "Trois familles ont reçu un avis d’éviction <cette> semaine. Un avis n’est pas une obligation de partir : connaissez vos droits.\n\
     #logement\nhttps://example.org/registre?a=1&b=2";
const ENGLISH: &str = "Three families got an eviction notice <this> week. A notice is not an obligation to leave: know your rights.\n\
     #logement\nhttps://example.org/registre?a=1&b=2";

/// A poster, as the organisation gives it.
fn poster() -> Vec<u8> {
    let mut poster = Pixmap::new(1200, 630).unwrap();
    poster.fill(Color::from_rgba8(0xF4, 0xB9, 0x42, 0xFF));
    let mut paint = Paint::default();
    paint.set_color_rgba8(0x1F, 0x3A, 0x5F, 0xFF);
    let house = Rect::from_xywh(400.0, 200.0, 400.0, 330.0).unwrap();
    poster.fill_rect(house, &paint, Transform::identity(), None);
    poster.encode_png().unwrap()
}

/// An ask to share with a poster, and one to call.
fn calendar() -> String {
    let day = SystemClock.now().to_zoned(TimeZone::UTC).date() + 2.days();
    format!(
        "ref,campaign,kind,date,time,groups,networks,wording_fr,wording_en,script_fr,script_en,link,hashtags,image,alt_fr,alt_en,target,closes\n\
         a-1,registre,share,{day},09:00,,mastodon;bluesky;facebook,\
         \"Trois familles ont reçu un avis d’éviction <cette> semaine. Un avis n’est pas une obligation de partir : connaissez vos droits.\",\
         \"Three families got an eviction notice <this> week. A notice is not an obligation to leave: know your rights.\",,,\
         https://example.org/registre?a=1&b=2,#logement,affiche.png,Une maison bleue sur fond jaune,A blue house on yellow,,{day} 20:00\n\
         a-2,registre,call,{day},10:00,,,Appelez votre député·e avant le vote. Deux minutes suffisent.,\
         Call your member before the vote. Two minutes are enough.,\"Bonjour, je m’appelle [prénom].\",\"Hello, my name is [first name].\",\
         ,,,,,,{day} 20:00\n"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_see_prompts_answers_and_summaries_in_both_languages() {
    if !clock_can_be_put_ahead() {
        return;
    }
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let Some(driver) = Driver::start().await else {
        return;
    };
    let Some(window) = Window::open(&driver).await else {
        return;
    };
    look(&homeserver, &window).await;
    window.close().await;
}

/// The rooms that Inès looks at.
struct Rooms {
    french: String,
    english: String,
    both: String,
    direction: String,
    board: String,
}

async fn look(homeserver: &Homeserver, window: &Window) {
    let mut organisation = Organisation::found(homeserver, NewRoom::plain("quartier")).await;
    let rooms = Rooms {
        french: add(
            &organisation,
            NewRoom::plain("centre-sud"),
            "room add volunteers fr",
        )
        .await,
        english: add(
            &organisation,
            NewRoom::encrypted("downtown"),
            "room add volunteers en",
        )
        .await,
        both: organisation.quartier.clone(),
        direction: add(
            &organisation,
            NewRoom::plain("direction"),
            "room add leadership fr",
        )
        .await,
        board: add(
            &organisation,
            NewRoom::encrypted("board"),
            "room add leadership en",
        )
        .await,
    };
    window.enter(homeserver, &organisation.ines).await;
    post(&organisation).await;
    look_at_prompts(&organisation, &rooms, window).await;
    look_at_answers(&organisation, &rooms, window).await;
    organisation.awaits_the_summary().await;
    look_at_summaries(&organisation, &rooms, window).await;
}

async fn add(organisation: &Organisation, room: NewRoom, command: &str) -> String {
    organisation
        .adds(room, &[&organisation.ines], command, "is linked")
        .await
}

/// The operator imports the calendar with its poster; Claire approves, and posts one ask after the other.
async fn post(organisation: &Organisation) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("affiche.png"), poster()).unwrap();
    let calendar_file = folder.path().join("calendar.csv");
    std::fs::write(&calendar_file, calendar()).unwrap();
    let import = ["import", "calendar", calendar_file.to_str().unwrap()];
    organisation.bot.operate(&import).await.unwrap();
    let it = &organisation.bot.account.id;
    for (number, words) in [(1, "Trois familles"), (2, "Appelez")] {
        for command in ["approve", "post"] {
            let command = format!("ask {command} {number}");
            let told = format!("No. {number} is");
            organisation
                .asks(&organisation.claire, &organisation.coordination, &command, &told)
                .await;
        }
        organisation.ines.hears(&organisation.quartier, it, words).await;
    }
}

async fn look_at_prompts(organisation: &Organisation, rooms: &Rooms, window: &Window) {
    let (ines, it) = (&organisation.ines, &organisation.bot.account.id);
    for (name, room, texts, alts) in [
        ("fr", &rooms.french, &[FRENCH][..], &["Une maison bleue"][..]),
        ("en", &rooms.english, &[ENGLISH], &["A blue house"]),
        (
            "both",
            &rooms.both,
            &[FRENCH, ENGLISH],
            &["Une maison bleue", "A blue house"],
        ),
    ] {
        let prompt = ines.hears(room, it, texts[0].lines().next().unwrap()).await;
        let call = ines
            .hears(
                room,
                it,
                if name == "en" {
                    "Call your member"
                } else {
                    "Appelez"
                },
            )
            .await;
        window.shows(room).await;
        let seen = window.sees(&prompt.id, ".//code").await;
        assert_eq!(window.texts(&seen, "code").await, texts);
        let links = window.links(&seen).await;
        for host in ["share.joinmastodon.org", "bsky.app", "www.facebook.com"] {
            let of_host = links
                .iter()
                .filter(|link| link.starts_with(&format!("https://{host}/")));
            assert_eq!(of_host.count(), texts.len(), "{links:?}");
        }
        let seen = window.sees(&call.id, ".//blockquote").await;
        assert_eq!(window.texts(&seen, "blockquote").await.len(), texts.len());
        let picture = window.picture_before(&prompt.id).await;
        assert!(alts.iter().all(|alt| picture.alt.contains(alt)), "{picture:?}");
        let (width, height) = picture.size;
        assert!(
            width > 300 && height.abs_diff(width * 630 / 1200) <= 1,
            "{picture:?}"
        );
        window.is_drawn_well(&format!("prompt-{name}")).await;
    }
}

/// What is for one person alone, in French and then in English.
async fn look_at_answers(organisation: &Organisation, rooms: &Rooms, window: &Window) {
    let (ines, it) = (&organisation.ines, &organisation.bot.account.id);
    ines.hears(&rooms.french, it, "Trois familles").await;
    ines.says(&rooms.french, "!relais aujourd’hui").await;
    let private = ines.is_invited_by(it).await;
    ines.joins(&private).await;
    let list = ines.hears(&private, it, "2 actions sont ouvertes").await;
    window.shows(&private).await;
    window.sees(&list.id, "contains(., 'Ouvrir le nº')").await;
    ines.reacts(&private, &list.id, "2️⃣").await;
    let opened = ines.hears(&private, it, "Texte à copier").await;
    let seen = window.sees(&opened.id, ".//code").await;
    assert_eq!(window.texts(&seen, "code").await, [FRENCH]);
    ines.reacts(&private, &opened.id, "1️⃣").await;
    let thanks = ines.hears(&private, it, "Merci").await;
    window.sees(&thanks.id, "contains(., 'Merci')").await;
    window.is_drawn_well("private-fr").await;

    ines.says(&private, "moi langue anglais").await;
    ines.hears(&private, it, "From now on").await;
    ines.says(&private, "today").await;
    let opened = ines.hears(&private, it, "Call before").await;
    window.sees(&opened.id, ".//blockquote").await;
    window.is_drawn_well("private-en").await;
}

async fn look_at_summaries(organisation: &Organisation, rooms: &Rooms, window: &Window) {
    let (ines, it) = (&organisation.ines, &organisation.bot.account.id);
    for (name, room, words) in [
        ("fr", &rooms.direction, "Semaine du"),
        ("en", &rooms.board, "Week of"),
    ] {
        let summary = ines.hears(room, it, words).await;
        window.shows(room).await;
        let seen = window.sees(&summary.id, ".//strong").await;
        assert!(
            window
                .links(&seen)
                .await
                .iter()
                .any(|link| link.contains("matrix.to"))
        );
        let picture = window.picture_before(&summary.id).await;
        assert!(picture.size.0 > 600 && picture.alt.len() > 40, "{picture:?}");
        window.is_drawn_well(&format!("summary-{name}")).await;
    }
}
