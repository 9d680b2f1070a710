//! Commands, suggestions, forms and private answers, as people on Discord use them in French and in English.

use std::sync::Arc;

use axum::{body::Body, http::Request};
use jiff::SignedDuration;
use relais::{cli::demo::AdjustableClock, store::Store, web::links_router};
use tower::ServiceExt;

use super::{
    model::{
        At, Id, Model, Person, Server, State,
        permission::MANAGE_MESSAGES,
        shown::{buttons_of, words_of},
        state::File,
    },
    organisation::{COMMANDS, Organisation, requests},
};
use crate::{database, desk::calendar};

/// Where first answers to interactions go.
pub(super) const CALLBACKS: &str = "/interactions/{id}/{token}/callback";

/// A server with two rooms, an admin who speaks French, a coordinator who speaks English and a volunteer.
pub(super) struct Place {
    pub desk: Id,
    pub quarter: Id,
    pub nadia: Person,
    pub claire: Person,
    pub marie: Person,
}

pub(super) async fn open() -> Model {
    let now = "2026-11-30T09:00:00-05:00".parse().unwrap();
    Model::start_at(Arc::new(AdjustableClock::starting_at(now))).await
}

pub(super) async fn found(model: &Model, store: &Store) -> (Organisation, Place) {
    let server: Server = model.guild("Logement");
    let (desk, quarter) = (server.channel("coordination"), server.channel("quartier"));
    let nadia = server.owner.clone();
    let (claire, marie) = (model.user("Claire", "en-US"), model.user("Marie", "fr"));
    server.admit(&[&claire, &marie]);
    let moderates = server.role("Coordination", MANAGE_MESSAGES);
    server.appoint(&claire, &[moderates]);
    let organisation = Organisation::start(model, store, &nadia).await;
    for (room, purpose) in [(desk, "coordination"), (quarter, "bénévoles")] {
        let given = [("usage", purpose), ("langue", "bilingue")];
        let linked = nadia.slash(room, "salon ajouter", &given).await;
        assert!(linked.is_private(), "{}", linked.words());
    }
    let shown = claire.slash(desk, "me show", &[]).await;
    assert!(shown.words().contains("You and Relais"), "{}", shown.words());
    let given = [("personne", "Claire"), ("rôle", "coordination")];
    let granted = nadia.slash(desk, "rôle donner", &given).await;
    assert!(granted.words().contains("Claire"), "{}", granted.words());
    let place = Place {
        desk,
        quarter,
        nadia,
        claire,
        marie,
    };
    (organisation, place)
}

/// Brings in an ask to call, as a file.
pub(super) async fn import(place: &Place) {
    let bytes = calendar(&[&[
        ("ref", "a1"),
        ("kind", "call"),
        ("date", "2026-12-01"),
        ("time", "09:00"),
        ("wording_fr", "Appelez pour le registre des loyers."),
        ("wording_en", "Call for the rent registry."),
        ("script_fr", "Bonjour !"),
        ("script_en", "Hello!"),
        ("target", "Bureau: 514-555-0199"),
        ("closes", "2026-12-02 20:00"),
    ]]);
    let name = "calendrier.csv".to_owned();
    let files = [("fichier", File { name, bytes })];
    let imported = place
        .nadia
        .slash_with(place.desk, "calendrier importer", &[], &files)
        .await;
    assert!(
        imported.words().contains("Une nouvelle action") && imported.is_private(),
        "{}",
        imported.words()
    );
}

#[tokio::test]
async fn commands_are_told_of_once_and_anew_when_they_changed() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    assert_eq!(requests(&model, "PUT", COMMANDS), 1);
    let told = model.commands();
    let of = |name: &str| told.iter().find(|one| one["name"] == name).unwrap();
    assert_eq!(of("today")["name_localizations"]["fr"], "aujourd'hui");
    assert!(of("today")["default_member_permissions"].is_null());
    assert_eq!(
        of("ask")["default_member_permissions"],
        MANAGE_MESSAGES.to_string()
    );
    organisation.stop().await;

    // Another start finds them as they are.
    let organisation = Organisation::start(&model, &database.store, &place.nadia).await;
    place.marie.slash(place.desk, "aujourd'hui", &[]).await;
    assert_eq!(requests(&model, "PUT", COMMANDS), 1);
    organisation.stop().await;

    // Where somebody changed one, they are told of again.
    model.look(|state| state.application.commands.pop());
    let organisation = Organisation::start(&model, &database.store, &place.nadia).await;
    let is_whole = |state: &mut State| (state.application.commands.len() == told.len()).then_some(());
    model.until("the commands are whole again", is_whole).await;
    assert_eq!(requests(&model, "PUT", COMMANDS), 2);
    organisation.stop().await;
}

#[tokio::test]
async fn everybody_is_answered_alone_and_in_their_language() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    // The same command by its English name is answered in French all the same.
    for name in ["moi voir", "me show"] {
        let french = place.marie.slash(place.desk, name, &[]).await;
        assert!(
            french.words().contains("Vous et Relais") && french.is_private(),
            "{}",
            french.words()
        );
    }
    // In a private conversation nobody else reads, so that it stays.
    let direct = place.claire.direct();
    let english = place.claire.slash(direct, "me show", &[]).await;
    assert!(english.words().contains("You and Relais") && !english.is_private());
    let exported = place.claire.slash(direct, "me export", &[]).await.message();
    let file = model.file(exported["attachments"][0]["url"].as_str().unwrap());
    assert!(file.is_some_and(|file| !file.bytes.is_empty()));
    organisation.stop().await;
}

#[tokio::test]
async fn what_is_typed_is_completed_and_a_note_is_asked_for_in_a_window() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    import(&place).await;
    let typed = ("ask", "rent");
    let suggested = place.claire.complete(place.desk, "ask show", &[], typed).await;
    assert!(
        matches!(suggested.as_slice(), [(number, label)] if number == "1" && label.contains("rent registry")),
        "{suggested:?}"
    );
    let shown = place.claire.slash(place.desk, "ask show", &[("ask", "1")]).await;
    assert!(
        shown.words().contains("Call for the rent registry."),
        "{}",
        shown.words()
    );
    // A note is a short form: one window, and what is wrong with it is asked again in a message.
    let window = place
        .claire
        .slash(place.desk, "ask reject", &[("ask", "1")])
        .await;
    let long = "x".repeat(3_000);
    let again = place.claire.submit(&window, &[("note", &long)]).await;
    assert!(again.is_private() && again.buttons().contains(&"Send".to_owned()));
    let window = place.claire.press(again.at(), "form:page:0").await;
    let note = [("note", "Too long for the rooms.")];
    let changed = place.claire.submit(&window, &note).await;
    let sent = place.claire.press(changed.at(), "Send").await;
    assert!(sent.words().contains("sent back"), "{}", sent.words());
    let ask = place.claire.slash(place.desk, "ask show", &[("ask", "1")]).await;
    assert!(ask.words().contains("sent back"), "{}", ask.words());
    organisation.stop().await;
}

#[tokio::test]
async fn a_slow_answer_is_promised_in_time_and_one_that_is_too_late_harms_nobody() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    let asks_slowly = async |language: &'static str| {
        let before = requests(&model, "POST", CALLBACKS);
        let held = database.store.write().await.unwrap();
        let (marie, desk) = (place.marie.clone(), place.desk);
        let given = [("langue", language)];
        let answered = tokio::spawn(async move { marie.slash(desk, "moi langue", &given).await });
        // All that is shown while the database is busy is that it is being worked on.
        let is_promised =
            |state: &mut State| (state.journal.of("POST", CALLBACKS).count() > before).then_some(());
        model.until("an answer is promised", is_promised).await;
        assert!(!answered.is_finished());
        (held, answered)
    };
    let (held, answered) = asks_slowly("anglais").await;
    drop(held);
    let shown = answered.await.unwrap();
    assert!(
        shown.words().contains("English") && shown.is_private(),
        "{}",
        shown.words()
    );

    // Fifteen minutes later Discord takes no answer any more: what was asked for is done all the same, and asking again is answered.
    let (held, lost) = asks_slowly("français").await;
    model
        .clock()
        .advance_to(model.look(|state| state.now()) + SignedDuration::from_mins(16));
    drop(held);
    let is_late = |state: &mut State| {
        let edits = "/webhooks/{id}/{token}/messages/@original";
        let late = state
            .journal
            .of("PATCH", edits)
            .any(|request| request.status == 401);
        late.then_some(())
    };
    model.until("the answer came too late", is_late).await;
    lost.abort();
    let again = place.marie.slash(place.desk, "moi voir", &[]).await;
    assert!(again.words().contains("Vous et Relais"), "{}", again.words());
    organisation.stop().await;
}

/// Approves the ask to call and posts it.
pub(super) async fn post(model: &Model, place: &Place) -> At {
    for command in ["ask approve", "ask post"] {
        place.claire.slash(place.desk, command, &[("ask", "1")]).await;
    }
    model.posted(place.quarter, "registre des loyers").await
}

#[tokio::test]
async fn a_button_outlives_whoever_showed_it_and_is_answered_alone() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    import(&place).await;
    let at = post(&model, &place).await;
    organisation.stop().await;
    let organisation = Organisation::start(&model, &database.store, &place.nadia).await;
    let button = buttons_of(&model.message(at).unwrap()).remove(0);
    let noted = place.marie.press(at, &button).await;
    assert!(
        noted.is_private() && noted.words().contains("joint quelqu’un"),
        "{}",
        noted.words()
    );
    let undone = place.marie.press(noted.at(), "Annuler").await;
    assert!(undone.is_private(), "{}", undone.words());
    let (confirmations, differences) = database.store.read().await.unwrap().recount().await.unwrap();
    assert_eq!((confirmations, differences), (0, vec![]));
    organisation.stop().await;
}

#[tokio::test]
async fn roles_in_other_servers_are_asked_for_where_they_matter_alone() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    let other: Server = model.guild("Ailleurs");
    let there = other.channel("ailleurs");
    other.admit(&[&place.nadia]);
    let leads = other.role("Animation", MANAGE_MESSAGES);
    other.appoint(&place.nadia, &[leads]);
    let given = [("usage", "coordination"), ("langue", "fr")];
    let linked = place.nadia.slash(there, "salon ajouter", &given).await;
    assert!(linked.words().contains("est relié"), "{}", linked.words());
    let given = [("rôle", "direction"), ("niveau", "Animation")];
    let mapped = place.nadia.slash(there, "rôle associer", &given).await;
    assert!(mapped.words().contains("partout"), "{}", mapped.words());
    import(&place).await;
    let at = post(&model, &place).await;
    let asked = || requests(&model, "GET", "/guilds/{id}/members/{id}");
    let before = asked();
    let button = buttons_of(&model.message(at).unwrap()).remove(0);
    let noted = place.marie.press(at, &button).await;
    assert!(noted.words().contains("joint quelqu’un"), "{}", noted.words());
    place
        .marie
        .complete(place.quarter, "done", &[], ("ask", ""))
        .await;
    assert_eq!(asked(), before);
    // What she may do besides is listed for her, so that it has to be known.
    place.marie.slash(place.desk, "aide", &[]).await;
    assert_eq!(asked(), before + 1);
    organisation.stop().await;
}

#[tokio::test]
async fn a_number_is_called_through_a_page_of_ours() {
    let (model, database) = (open().await, database::sqlite().await);
    let (organisation, place) = found(&model, &database.store).await;
    import(&place).await;
    let at = post(&model, &place).await;
    let message = model.message(at).unwrap();
    assert!(words_of(&message).contains("rent registry"));
    let rows = message["components"].as_array().unwrap();
    let buttons = rows.iter().flat_map(|row| row["components"].as_array().unwrap());
    let pages: Vec<&str> = buttons.filter_map(|button| button["url"].as_str()).collect();
    let [french, english] = pages.as_slice() else {
        panic!("{message:#}")
    };
    let pages = links_router(Arc::clone(&organisation.app));
    let asks = async |path: &str| {
        let request = Request::get(path)
            .header("accept-language", "fr")
            .body(Body::empty());
        let response = pages.clone().oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 100_000).await.unwrap();
        (parts, String::from_utf8(body.to_vec()).unwrap())
    };
    for (page, words) in [(french, "Si rien ne s’ouvre"), (english, "If nothing opens")] {
        let path = page.strip_prefix("https://relais.example.org").unwrap();
        let (parts, body) = asks(path).await;
        assert_eq!(parts.status, 200, "{path}");
        assert!(
            body.contains("href=\"tel:5145550199\"") && body.contains(words),
            "{body}"
        );
        assert_eq!(parts.headers["referrer-policy"], "no-referrer");
        // Another's seal or place leads nowhere.
        let (named, seal) = path.rsplit_once('/').unwrap();
        let reversed = seal.chars().rev().collect::<String>();
        for wrong in [format!("{named}/{reversed}"), path.replace("/0/", "/1/")] {
            let (parts, body) = asks(&wrong).await;
            assert_eq!(parts.status, 404, "{wrong}");
            assert!(body.contains("n’existe pas"), "{body}");
        }
    }
    // Whoever guesses keeps nobody out; what is read from the database has its pace.
    let of = async |path: &str| {
        let mut statuses = std::collections::BTreeSet::new();
        for _ in 0..120 {
            statuses.insert(asks(path).await.0.status.as_u16());
        }
        statuses.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(of("/l/1/fr/0/0123456789ab").await, [404]);
    let french = french.strip_prefix("https://relais.example.org").unwrap();
    assert_eq!(of(french).await, [200, 429]);
    organisation.stop().await;
}
