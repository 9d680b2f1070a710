//! The demo's organisation, as far as the stories need it: who plays which part and where, and what is typed first so that the shared
//! calendar finds its groups.

use std::path::PathBuf;

use jiff::ToSpan;
use serde_json::Value;

use super::Demo;

/// Somebody who may set everything up, with a client in French.
pub const ADMIN: &str = "nadia";
/// Two coordinators of the whole organisation: one with a client in French, one in English.
pub const COORDINATORS: [&str; 2] = ["marc", "claire"];
/// Three who answer: two with a client in French, one in English.
pub const VOLUNTEERS: [&str; 3] = ["lou", "ines", "sam"];

/// A room of volunteers in French.
pub const FRENCH_ROOM: &str = "quartier";
/// A room of volunteers in English.
pub const ENGLISH_ROOM: &str = "downtown";
/// A room of volunteers in both languages.
pub const BOTH_ROOM: &str = "laval";
/// Where coordinators work.
pub const COORDINATION: &str = "coordination";
/// Where the leadership reads.
pub const LEADERSHIP: &str = "direction";

/// What the admin types, and where. The demo's own people may have typed some of it: then it changes nothing.
pub const SETTING_UP: [(&str, &str); 6] = [
    (COORDINATION, "/group add montreal"),
    (COORDINATION, "/groupe ajouter laval"),
    (COORDINATION, "/group add partenaires"),
    (FRENCH_ROOM, "/salon ajouter bénévoles fr montreal"),
    (ENGLISH_ROOM, "/room add volunteers en montreal"),
    (BOTH_ROOM, "/room add volunteers both laval"),
];

/// Words of the ask of the shared calendar that is due at nine on November 23, in each language.
pub const WORDS: [&str; 2] = [
    "Trois familles de la rue Saint-Zotique",
    "Three families on Saint-Zotique Street",
];

/// Has that ask imported, approved and posted on a demo that starts between eight and nine. Returns its prompt in English.
pub async fn post_an_ask(demo: &mut Demo) -> Value {
    for (room, text) in SETTING_UP {
        demo.say(ADMIN, room, text).await.unwrap();
    }
    demo.drop_files(COORDINATORS[0], COORDINATION, &calendar())
        .await
        .unwrap();
    demo.say(COORDINATORS[1], COORDINATION, "/ask approve renov-01")
        .await
        .unwrap();
    demo.leap(ADMIN, "hour", 1.hour()).await.unwrap();
    demo.message(ADMIN, ENGLISH_ROOM, |message| is_prompt(message, WORDS[1]))
        .await
        .unwrap()
}

/// The shared calendar with the picture that it names.
pub fn calendar() -> [PathBuf; 2] {
    let folder = std::env::var_os("RELAIS_TEST_DATA");
    let folder = folder.map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    ["calendar.csv", "temoignage.png"].map(|name| {
        let file = folder.join("calendar").join(name);
        file.canonicalize().unwrap_or(file)
    })
}

/// Whether there is a shared calendar. Where there is none, that is said aloud; in CI there must be.
pub fn is_calendar_there() -> bool {
    let missing = calendar().into_iter().find(|file| !file.is_file());
    if let Some(file) = &missing {
        let sentence = format!(
            "{} is not there; RELAIS_TEST_DATA names the folder of the shared data",
            file.display()
        );
        assert!(std::env::var_os("CI").is_none(), "{sentence}");
        eprintln!("SKIPPED: {sentence}");
    }
    missing.is_none()
}

/// Whether a message is the open prompt of the ask with these words.
pub fn is_prompt(message: &Value, words: &str) -> bool {
    message["author"]["bot"] == true
        && message["card"].to_string().contains(words)
        && button(message, "1.c.").is_some()
}

/// The first button of a message or a private answer whose id begins so.
pub fn button(told: &Value, beginning: &str) -> Option<String> {
    let buttons = told["card"]["buttons"].as_array()?;
    let ids = buttons.iter().filter_map(|button| button["id"].as_str());
    ids.map(str::to_owned).find(|id| id.starts_with(beginning))
}
