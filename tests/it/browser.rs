//! The story of the main job in a real browser: the calendar is dropped, two coordinators approve, time moves, three volunteers in two
//! languages answer, one takes it back, and the summary comes with its picture.
//!
//! Nothing is known here but what stands on the page. The browser is a headless Chromium by way of `chromedriver`, as Debian packs them;
//! in CI they must be there.

pub mod driver;
mod page;

use fantoccini::Client;
use jiff::civil::date;

use crate::demo::{
    Demo,
    organisation::{
        ADMIN, BOTH_ROOM, COORDINATION, COORDINATORS, ENGLISH_ROOM, FRENCH_ROOM, LEADERSHIP, SETTING_UP,
        VOLUNTEERS, WORDS, calendar, is_calendar_there,
    },
};
use driver::Driver;
use page::Page;

/// An ask that nobody approves.
const NEVER_APPROVED: &str = "Appelez votre député";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_has_its_week() {
    if !is_calendar_there() {
        return;
    }
    let Some(driver) = Driver::start().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::fresh(
        &folder.path().join("story.db"),
        date(2026, 11, 23).at(8, 59, 0, 0),
    )
    .await;
    let client = driver.open(folder.path()).await;
    // Whatever comes of it, the browser is closed.
    let told = tokio::spawn(story(client.clone(), demo.url.clone())).await;
    client.close().await.unwrap();
    told.unwrap();
    demo.kill().await;
}

async fn story(client: Client, url: String) {
    let page = Page::open(client, &url).await;
    set_up(&page).await;
    prepare(&page).await;
    page.leap("ten-minutes", "2026-11-23T14:").await;
    answer(&page).await;
    for day in 24..=30 {
        page.leap("day", &format!("2026-11-{day}T14:")).await;
    }
    page.be(ADMIN, LEADERSHIP).await;
    let picture = page
        .find("//article[contains(@class, 'bot')]//img[string-length(@alt) > 20]")
        .await;
    assert!(page.width_of(&picture).await > 300);
    // The ask that did best is one tap away, in its room.
    page.click(&format!("//article[.//img]//a[contains(., '{FRENCH_ROOM}')]"))
        .await;
    page.find(&format!(
        "//nav//a[@aria-current='page'][@href='#{ADMIN}/{FRENCH_ROOM}']"
    ))
    .await;
    page.find(&format!("//article[@tabindex='-1'][contains(., '{}')]", WORDS[0]))
        .await;
    page.be(VOLUNTEERS[0], FRENCH_ROOM).await;
    page.expect_none(&format!("//article[contains(., '{NEVER_APPROVED}')]"))
        .await;
}

/// The admin makes sure of the groups and rooms.
async fn set_up(page: &Page) {
    for (room, text) in SETTING_UP {
        page.be(ADMIN, room).await;
        page.say(text).await;
    }
}

/// A coordinator drops the calendar and may not approve it; two others approve a language each.
async fn prepare(page: &Page) {
    let [author, approver] = COORDINATORS;
    page.be(author, COORDINATION).await;
    let told = page.drop_files(&calendar()).await;
    assert!(told.contains("nouvelles actions"), "{told}");
    let told = page.say("/action approuver renov-01").await;
    assert!(told.contains("une autre personne"), "{told}");
    page.be(ADMIN, COORDINATION).await;
    let told = page.say("/action approuver renov-01 français").await;
    assert!(told.contains("anglais"), "{told}");
    page.be(approver, COORDINATION).await;
    let told = page.say("/ask approve renov-01 english").await;
    assert!(told.contains('9'), "{told}");
}

/// Three answer, in French and in English, by a button and by a reaction, and one takes it back.
async fn answer(page: &Page) {
    let [french, english] = WORDS;
    let [first, second, third] = VOLUNTEERS;
    page.be(second, BOTH_ROOM).await;
    let prompt = format!("//article[contains(., '{french}')][contains(., '{english}')]");
    page.click(&format!("{prompt}//button[@data-key='+']")).await;
    page.click(&format!("{prompt}//button[@data-pick='✅']")).await;
    page.find(&format!("{prompt}//button[@data-key='✅'][@aria-pressed='true']"))
        .await;

    page.be(third, ENGLISH_ROOM).await;
    let prompt = format!("//article[contains(., '{english}')]");
    let told = page
        .press(&format!("{prompt}//button[contains(@data-button, '.bluesky')]"))
        .await;
    assert!(told.contains("Bluesky") && told.contains("Undo"), "{told}");

    page.be(first, FRENCH_ROOM).await;
    let prompt = format!("//article[contains(., '{french}')]");
    let told = page
        .press(&format!("{prompt}//button[contains(@data-button, '.mastodon')]"))
        .await;
    assert!(told.contains("Mastodon") && told.contains("Annuler"), "{told}");
    page.find(&format!("{prompt}//p[@class='footer'][contains(., '3')]"))
        .await;
    page.click("//aside[contains(@class, 'whisper')]//button[starts-with(@data-button, '1.u.')]")
        .await;
    page.find(&format!("{prompt}//p[@class='footer'][contains(., '2')]"))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_stays_at_hand() {
    let Some(driver) = Driver::start().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("pages.db");
    let demo = Demo::fresh(&data, date(2026, 11, 23).at(8, 59, 0, 0)).await;
    let client = driver.open(folder.path()).await;
    let told = tokio::spawn(long_texts_and_hidden_pages(client.clone(), demo.url.clone())).await;
    client.close().await.unwrap();
    told.unwrap();
    demo.kill().await;
}

/// A text too long is refused before it is there; a page that nobody sees gives its connection back, and catches up.
async fn long_texts_and_hidden_pages(client: Client, url: String) {
    let page = Page::open(client, &url).await;
    page.be(VOLUNTEERS[0], FRENCH_ROOM).await;
    page.pastes(20_000).await;
    assert_eq!(page.typed().await, 20_000);
    page.expect_none("//*[@id='notice'][not(@hidden)]").await;
    page.pastes(20_001).await;
    page.find("//*[@id='notice'][not(@hidden)][contains(., 'trop long')]")
        .await;
    assert_eq!(page.typed().await, 0);

    page.is_seen("hidden").await;
    page.listens_no_more().await;
    page.says_beside(VOLUNTEERS[0], FRENCH_ROOM, "Personne ne regarde.")
        .await;
    page.is_seen("visible").await;
    page.find("//article[contains(., 'Personne ne regarde.')]").await;
}
