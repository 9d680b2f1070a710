//! Forms that are longer than a window: filled in as people do, sent in haste, refused, and lost.

use super::{
    interactions::{CALLBACKS, found, open},
    model::{
        At, Id, Model, Person, State,
        shown::{Shown, buttons_of, words_of},
    },
    organisation::{Organisation, requests},
};
use crate::database;

/// Fills in some fields of a form's message, in whichever window asks for them.
async fn fills_in(model: &Model, person: &Person, form: At, values: &[(&str, &str)]) -> Shown {
    let components = model.message(form).unwrap()["components"].to_string();
    for number in 0..5 {
        let page = format!("form:page:{number}");
        if !components.contains(&page) {
            break;
        }
        // A window that is closed again is nothing.
        let window = person.press(form, &page).await;
        let asks = window.modal().to_string();
        if values
            .iter()
            .all(|(name, _)| asks.contains(&format!("\"custom_id\":\"{name}\"")))
        {
            return person.submit(&window, values).await;
        }
    }
    panic!("no window asks for {values:?}: {components}");
}

#[tokio::test]
async fn a_long_form_is_filled_in_in_steps_over_a_restart_and_nothing_is_lost() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    let nadia = &place.nadia;
    let form = nadia.slash(place.desk, "action nouvelle", &[]).await;
    assert!(form.is_private(), "{}", form.words());
    let at = form.at();
    nadia.choose(at, "form:menu:kind", &["share"]).await;
    nadia
        .choose(at, "form:menu:networks", &["mastodon", "bluesky"])
        .await;
    let text = "Halte aux rénovictions.\n\n**Trois** familles @everyone";
    let filled = fills_in(&model, nadia, at, &[("wording_fr", text)]).await;
    assert!(
        filled.words().contains("Halte aux rénovictions."),
        "{}",
        filled.words()
    );

    // What is wrong with it is told in its place, with all that was filled in.
    fills_in(&model, nadia, at, &[("date", "le 31 novembre")]).await;
    let wrong = nadia.press(at, "Envoyer").await;
    assert!(
        wrong.words().contains("31 novembre") && wrong.words().contains("Halte aux rénovictions."),
        "{}",
        wrong.words()
    );
    organisation.stop().await;

    // Another process goes on where this one stopped.
    let organisation = Organisation::start(&model, &database.store, nadia).await;
    fills_in(&model, nadia, at, &[("date", "2026-12-01")]).await;
    fills_in(&model, nadia, at, &[("time", "09:00")]).await;
    let sent = nadia.press(at, "Envoyer").await;
    assert!(
        !sent.buttons().contains(&"Envoyer".to_owned()),
        "{:?}",
        sent.buttons()
    );
    assert!(
        sent.at() == at && sent.words().contains("nº\u{A0}1 est enregistrée") && sent.is_private(),
        "{}",
        sent.words()
    );
    let mut reader = database.store.read().await.unwrap();
    let asks = reader.list_newest_asks(5).await.unwrap();
    let [ask] = asks.as_slice() else {
        panic!("{asks:?}")
    };
    assert_eq!(ask.content.wordings[0].1.text, text);
    assert_eq!(ask.content.networks.len(), 2);
    drop(reader);
    organisation.stop().await;
}

/// A form to sign something, filled in but for what is wrong with it.
async fn form_to_sign(model: &Model, (person, command): (&Person, &str), channel: Id) -> At {
    let at = person.slash(channel, command, &[]).await.at();
    person.choose(at, "form:menu:kind", &["sign"]).await;
    fills_in(model, person, at, &[("wording_fr", "Signez la pétition.")]).await;
    at
}

#[tokio::test]
async fn a_form_makes_one_ask_however_often_it_is_sent_and_is_replaced_by_it() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    let at = form_to_sign(&model, (&place.nadia, "action nouvelle"), place.desk).await;
    let file = model.message(at).unwrap()["attachments"][0]["filename"].clone();
    assert_eq!(file, "nouvelle-action.json", "people see it");

    // It is sent twice while the database is busy, and Discord fails now and then as it is told what came of it.
    let before = requests(&model, "POST", CALLBACKS);
    let held = database.store.write().await.unwrap();
    let sent = [(); 2].map(|()| {
        let nadia = place.nadia.clone();
        tokio::spawn(async move { nadia.press(at, "Envoyer").await })
    });
    let are_promised =
        |state: &mut State| (state.journal.of("POST", CALLBACKS).count() >= before + 2).then_some(());
    model.until("both are promised", are_promised).await;
    model.fail_rest(300, 502, 7);
    drop(held);
    for sent in sent {
        let changed = sent.await.unwrap().next().await;
        assert_eq!(changed.at(), at);
    }
    model.heal_rest();
    let message = model.message(at).unwrap();
    assert!(
        words_of(&message).contains("nº\u{A0}1 est enregistrée"),
        "{}",
        words_of(&message)
    );
    assert!(!buttons_of(&message).contains(&"Envoyer".to_owned()));
    assert!(
        message["attachments"].as_array().unwrap().is_empty(),
        "{message:#}"
    );
    let asks = database.store.read().await.unwrap().list_newest_asks(5).await;
    assert_eq!(asks.unwrap().len(), 1);
    organisation.stop().await;
}

#[tokio::test]
async fn what_was_filled_in_outlives_a_refusal() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    let at = form_to_sign(&model, (&place.claire, "ask new"), place.desk).await;
    let role = [("personne", "Claire"), ("rôle", "coordination")];
    place.nadia.slash(place.desk, "rôle retirer", &role).await;
    let refused = place.claire.press(at, "Send").await;
    assert!(
        refused.words().contains("Only coordinators") && refused.words().contains("Signez la pétition."),
        "{}",
        refused.words()
    );
    place.nadia.slash(place.desk, "rôle donner", &role).await;
    let sent = place.claire.press(at, "Send").await;
    assert!(sent.words().contains("No. 1 is saved"), "{}", sent.words());
    organisation.stop().await;
}

#[tokio::test]
async fn a_form_that_cannot_be_read_any_more_says_so() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    let at = form_to_sign(&model, (&place.nadia, "action nouvelle"), place.desk).await;
    organisation.stop().await;
    // Nobody remembers it, and Discord has lost its file.
    model.look(|state| state.files.clear());
    let organisation = Organisation::start(&model, &database.store, &place.nadia).await;
    for button in ["form:page:0", "Envoyer"] {
        let told = place.nadia.press(at, button).await;
        assert!(
            told.words().contains("Ce formulaire ne fonctionne plus") && told.is_private(),
            "{button}: {}",
            told.words()
        );
    }
    let chosen = place.nadia.choose(at, "form:menu:kind", &["sign"]).await;
    assert!(
        chosen.words().contains("ne fonctionne plus"),
        "{}",
        chosen.words()
    );
    organisation.stop().await;
}
