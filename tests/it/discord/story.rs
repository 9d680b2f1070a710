//! The story of the main job on Discord, by people who use it in French and in English: a calendar attached to a command, two approvals, a
//! prompt at its time on the wall, confirmations by button and by reaction, some undone, the numbers and the week with their pictures.

use relais::store::Store;
use serde_json::Value;

use super::{
    books::{books_are_right, says},
    committee::{Committee, alone, clock_shows, discord_at, file},
    model::{
        At, Model,
        shown::{Shown, buttons_of, words_of},
    },
    organisation::loses_its_session,
};
use crate::{database::on_each_engine, story::calendar};

/// Sunday evening, in Montréal.
const SUNDAY: &str = "2026-11-22T20:00:00-05:00";

/// What was shown in answer: the message with this button, after the texts to copy.
async fn with_button(mut shown: Shown, button: &str) -> Shown {
    while !shown.buttons().iter().any(|label| label == button) {
        shown = shown.next().await;
    }
    shown
}

/// The picture of a message: its bytes, and what is told of it to who does not see it.
fn picture(model: &Model, message: &Value) -> (Vec<u8>, String) {
    let attached = message["attachments"].as_array().unwrap();
    let [attachment] = attached.as_slice() else {
        panic!("no picture: {message:#}")
    };
    let file = model.file(attachment["url"].as_str().unwrap()).unwrap();
    (
        file.bytes,
        attachment["description"].as_str().unwrap_or_default().to_owned(),
    )
}

/// A chart with its words in these languages.
fn is_a_chart(model: &Model, message: &Value, words: &[&str]) {
    let (bytes, alt) = picture(model, message);
    assert!(bytes.starts_with(b"\x89PNG"));
    for words in words {
        assert!(alt.contains(words), "{alt}");
    }
}

/// The addresses to which a message's buttons lead.
fn leads_to(message: &Value) -> Vec<&str> {
    let rows = message["components"].as_array().unwrap().iter();
    let buttons = rows.flat_map(|row| row["components"].as_array().unwrap());
    buttons.filter_map(|button| button["url"].as_str()).collect()
}

/// Marc brings the calendar with its picture in French, Claire brings it again in English and is told that nothing changed.
async fn import(committee: &Committee, files: Vec<(&str, Vec<u8>)>) {
    let named = |names: [&'static str; 2]| {
        let files = files.iter().cloned().map(file);
        names.into_iter().zip(files).collect::<Vec<_>>()
    };
    let Committee {
        desk, marc, claire, ..
    } = committee;
    let attached = named(["fichier", "image_1"]);
    let told = marc
        .slash_with(*desk, "calendrier importer", &[], &attached)
        .await;
    assert!(alone(&told).contains("10 nouvelles actions"), "{}", told.words());
    let attached = named(["file", "picture_1"]);
    let told = claire.slash_with(*desk, "calendar import", &[], &attached).await;
    assert!(alone(&told).contains("10 asks unchanged"), "{}", told.words());
}

/// Two coordinators approve, a language each: the author may not.
async fn approve(committee: &Committee) {
    let Committee {
        desk,
        marc,
        claire,
        omar,
        ..
    } = committee;
    let first = [("action", "1")];
    let told = marc.slash(*desk, "action approuver", &first).await;
    assert!(alone(&told).contains("Vous avez rédigé"), "{}", told.words());
    let shown = claire.slash(*desk, "ask show", &[("ask", "1")]).await;
    let shown = with_button(shown, "Approve the French text").await;
    assert!(
        alone(&shown).contains("Waits for approval in French and in English"),
        "{}",
        shown.words()
    );
    let told = claire.press(shown.at(), "Approve the French text").await;
    assert!(
        alone(&told).contains("must still be approved in English"),
        "{}",
        told.words()
    );
    let in_english = [("action", "1"), ("langue", "anglais")];
    let told = omar.slash(*desk, "action approuver", &in_english).await;
    assert!(alone(&told).contains("sera publiée demain"), "{}", told.words());
    // Of another, one of them approves both languages at once.
    let told = claire.slash(*desk, "ask approve", &[("ask", "3")]).await;
    assert!(alone(&told).contains("will be posted"), "{}", told.words());
}

/// At nine by the clock, and not a minute earlier, each room gets it in its language. Returns the French and the English one.
async fn is_posted(model: &Model, committee: &Committee) -> (At, At) {
    let Committee {
        quartier,
        downtown,
        laval,
        direction,
        ..
    } = committee;
    clock_shows(model, "2026-11-23T08:59:00-05:00");
    assert_eq!(model.messages(*quartier).len(), 0);
    clock_shows(model, "2026-11-23T09:00:00-05:00");
    let french = model.posted(*quartier, "À relayer avant mardi 20").await;
    let english = model.posted(*downtown, "Share before Tuesday 8 p.m.").await;
    let both = model.posted(*laval, "À relayer avant mardi 20").await;
    let (message, in_both) = (model.message(french).unwrap(), model.message(both).unwrap());
    // A phone can copy what stands apart from the embed, and it alone.
    let copied = message["content"].as_str().unwrap();
    assert!(
        copied.starts_with("Trois familles de la rue Saint-Zotique") && copied.ends_with("droits-locataires")
    );
    assert!(words_of(&in_both).contains("Share before Tuesday"));
    assert!(
        leads_to(&message)
            .iter()
            .any(|url| url.contains("utm_source%3Dfacebook"))
    );
    assert!(buttons_of(&message).contains(&"Pas aujourd’hui".to_owned()));
    let in_room = |room| model.messages(room).len();
    assert_eq!((in_room(*quartier), in_room(*downtown)), (1, 1));
    assert_eq!(in_room(*direction), 0, "leaders get no prompts");
    (french, english)
}

/// Three confirm in two languages, by a button and by a reaction; one takes it back by a command, one by a button and does it anew.
async fn confirm(model: &Model, store: &Store, committee: &Committee, (french, english): (At, At)) {
    let Committee {
        quartier,
        lou,
        sam,
        ines,
        ..
    } = committee;
    let told = lou.press(french, "Mastodon").await;
    assert!(alone(&told).contains("relayé sur Mastodon"), "{}", told.words());
    let noted = sam.press(english, "Bluesky").await;
    assert!(alone(&noted).contains("shared on Bluesky"), "{}", noted.words());
    ines.react(french, "✅");
    // A second tap changes nothing.
    let told = sam.press(english, "Bluesky").await;
    assert!(alone(&told).contains("Already noted"), "{}", told.words());
    says(model, french, "3 personnes l’ont relayé").await;
    says(model, english, "3 people shared it").await;
    books_are_right(store, 3).await;
    // Who reacts for the first time is not written to: Discord shuts out bots that write to many.
    let mut reader = store.read().await.unwrap();
    let met = reader
        .find_account("discord", &ines.id.0.to_string())
        .await
        .unwrap();
    let written = reader.list_deliveries_to(met.unwrap().person).await.unwrap();
    assert_eq!(written.len(), 0);
    drop(reader);

    let told = sam.press(noted.at(), "Undo").await;
    assert!(alone(&told).contains("Undone"), "{}", told.words());
    sam.press(english, "Facebook").await;
    // The reaction stays where it is and does not count again, whatever is read again.
    let told = ines.slash(*quartier, "moi annuler", &[]).await;
    assert!(alone(&told).contains("C’est annulé"), "{}", told.words());
    says(model, french, "2 personnes l’ont relayé").await;
    loses_its_session(model).await;
    let shown = lou.press(french, "In English").await;
    assert!(alone(&shown).contains("Three families"), "{}", shown.words());
    books_are_right(store, 2).await;
    assert_eq!(model.reactions(french, "✅"), [ines.id]);
}

/// The numbers of the day and of the week, for who may see them, each in their language.
async fn ask_for_numbers(model: &Model, committee: &Committee) {
    let Committee {
        desk, claire, omar, ..
    } = committee;
    let told = claire.slash(*desk, "stats", &[]).await;
    assert!(alone(&told).contains("2 actions by 2 people"), "{}", told.words());
    let told = claire.slash(*desk, "stats", &[("what", "week")]).await;
    assert!(alone(&told).contains("2 shares"), "{}", told.words());
    is_a_chart(model, &told.message(), &["2 shares"]);
    let told = omar.slash(*desk, "chiffres", &[("quoi", "semaine")]).await;
    assert!(alone(&told).contains("2 relais"), "{}", told.words());
    is_a_chart(model, &told.message(), &["2 relais"]);
}

/// On Monday the leadership reads the week in both languages, with its picture, and finds the way to what did best.
async fn read_the_week(model: &Model, committee: &Committee, best: At) {
    let direction = committee.direction;
    clock_shows(model, "2026-11-30T08:59:00-05:00");
    assert_eq!(model.messages(direction).len(), 0);
    clock_shows(model, "2026-11-30T09:00:00-05:00");
    let summary = model.posted(direction, "Semaine du 23 au 29 novembre").await;
    let summary = model.message(summary).unwrap();
    let told = words_of(&summary);
    for words in ["2 gestes par 2 personnes", "2 actions by 2 people", "Week of"] {
        assert!(told.contains(words), "{told}");
    }
    is_a_chart(model, &summary, &["2 relais", "2 shares"]);
    let (channel, message) = best;
    let place = format!("{}/{channel}/{message}", committee.server.id);
    assert!(leads_to(&summary).iter().any(|url| url.ends_with(&place)));
    assert_eq!(model.messages(direction).len(), 1);
    let told = committee
        .omar
        .slash(committee.desk, "bilan maintenant", &[])
        .await;
    assert!(alone(&told).contains("Semaine du 23"), "{}", told.words());
    is_a_chart(model, &told.message(), &["2 relais"]);
}

async fn tell(store: &Store, files: Vec<(&'static str, Vec<u8>)>) {
    let model = discord_at(SUNDAY).await;
    let (organisation, committee) = Committee::found(&model, store).await;
    import(&committee, files).await;
    approve(&committee).await;
    let (french, english) = is_posted(&model, &committee).await;
    confirm(&model, store, &committee, (french, english)).await;
    ask_for_numbers(&model, &committee).await;

    // Past its end it is closed, and says so kindly.
    clock_shows(&model, "2026-11-24T20:00:00-05:00");
    says(&model, french, "C’est terminé").await;
    // The picture of another comes with words for who does not see it.
    clock_shows(&model, "2026-11-25T08:15:00-05:00");
    let quotation = model
        .posted(committee.quartier, "halte-renovictions · nº\u{A0}3")
        .await;
    let (bytes, alt) = picture(&model, &model.message(quotation).unwrap());
    assert!(bytes.starts_with(b"\x89PNG"));
    assert_eq!(alt, "Citation blanche sur fond bleu, sans portrait.");
    // What was not approved in time was never posted, and the coordinators know.
    clock_shows(&model, "2026-11-27T18:00:00-05:00");
    model
        .posted(committee.desk, "n’a pas été approuvée à temps")
        .await;
    assert_eq!(model.messages(committee.quartier).len(), 2);

    read_the_week(&model, &committee, french).await;
    books_are_right(store, 2).await;
    organisation.stop().await;
}

#[tokio::test]
async fn a_week_of_the_organisation() {
    let Some(files) = calendar() else { return };
    on_each_engine(async |store: &Store| tell(store, files.clone()).await).await;
}
