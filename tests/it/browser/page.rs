//! The demo's page, as somebody at a screen uses it. What is waited for is found by an `XPath`.

use std::{path::PathBuf, time::Duration};

use fantoccini::{Client, Locator, elements::Element, key::Key};
use serde_json::Value;

use crate::demo::PATIENCE;

/// The page in its browser.
pub struct Page(Client);

/// A private answer.
const WHISPER: &str = "//aside[contains(@class, 'whisper')]";

impl Page {
    /// Opens it by the address that the demo printed.
    pub async fn open(client: Client, url: &str) -> Self {
        client.goto(url).await.unwrap();
        Self(client)
    }

    /// Becomes somebody, in a room.
    pub async fn be(&self, who: &str, room: &str) {
        let place = format!("#{who}/{room}");
        self.0
            .execute("location.hash = arguments[0]", vec![Value::from(place.as_str())])
            .await
            .unwrap();
        self.find(&format!("//nav//a[@aria-current='page'][@href='{place}']"))
            .await;
    }

    /// What stands there, once it does.
    pub async fn find(&self, path: &str) -> Element {
        let wait = self.0.wait().at_most(PATIENCE).every(Duration::from_millis(50));
        match wait.for_element(Locator::XPath(path)).await {
            Ok(found) => found,
            Err(error) => {
                let shown = self
                    .0
                    .find(Locator::Css("#app"))
                    .await
                    .unwrap()
                    .text()
                    .await
                    .unwrap();
                panic!("{path}: {error}\non the page:\n{shown}");
            }
        }
    }

    /// Nothing of the kind stands there.
    pub async fn expect_none(&self, path: &str) {
        assert!(
            self.0.find_all(Locator::XPath(path)).await.unwrap().is_empty(),
            "{path}"
        );
    }

    /// Clicks on what stands there, once it does.
    pub async fn click(&self, path: &str) {
        self.find(path).await.click().await.unwrap();
    }

    /// Types a command, sends it, and reads the private answer.
    pub async fn say(&self, text: &str) -> String {
        self.find("//textarea[@id='text']")
            .await
            .send_keys(text)
            .await
            .unwrap();
        self.click("//button[@id='send']").await;
        let told = self.find(&format!("{WHISPER}[.//code[. = \"{text}\"]]")).await;
        told.text().await.unwrap()
    }

    /// Chooses files to drop, and reads the private answer.
    pub async fn drop_files(&self, files: &[PathBuf]) -> String {
        let names: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        let input = self.0.find(Locator::Id("files")).await.unwrap();
        input.send_keys(&names.join("\n")).await.unwrap();
        self.find(WHISPER).await.text().await.unwrap()
    }

    /// Presses a button of a message, and reads the private answer below that message.
    pub async fn press(&self, path: &str) -> String {
        self.click(path).await;
        let told = self.find("//article/following-sibling::*[1][self::aside]").await;
        told.text().await.unwrap()
    }

    /// Moves the clock and waits until it shows an hour, in universal time.
    pub async fn leap(&self, by: &str, hour: &str) {
        self.click(&format!("//button[@data-leap='{by}']")).await;
        self.find(&format!("//time[@id='now'][starts-with(@datetime, '{hour}')]"))
            .await;
    }

    /// Pastes so many letters into the empty field.
    pub async fn pastes(&self, letters: u32) {
        let script = "document.getElementById('text').value = 'x'.repeat(arguments[0])";
        self.0.execute(script, vec![letters.into()]).await.unwrap();
        let field = self.find("//textarea[@id='text']").await;
        field.click().await.unwrap();
        for key in ["a", "x", "v"] {
            let held = format!("{}{key}{}", char::from(Key::Control), char::from(Key::Null));
            field.send_keys(&held).await.unwrap();
        }
    }

    /// How many letters are typed and not sent.
    pub async fn typed(&self) -> u64 {
        let script = "return document.getElementById('text').value.length";
        self.0.execute(script, vec![]).await.unwrap().as_u64().unwrap()
    }

    /// Somebody looks at the page (`visible`) or at another (`hidden`).
    pub async fn is_seen(&self, state: &str) {
        let script = "Object.defineProperty(document, 'hidden', { configurable: true, value: arguments[0] === 'hidden' }); \
             document.dispatchEvent(new Event('visibilitychange'))";
        self.0.execute(script, vec![state.into()]).await.unwrap();
    }

    /// Waits until the page has given its last connection back, which the browser notes at its end.
    pub async fn listens_no_more(&self) {
        let script = "const done = arguments[0]; const had = performance.getEntriesByType('resource').length; \
             new PerformanceObserver((list) => { if (list.getEntries().some(({ name }) => name.includes('/events'))) done(had) }) \
             .observe({ type: 'resource' })";
        self.0.execute_async(script, vec![]).await.unwrap();
    }

    /// Somebody says something in a room, elsewhere than on this page.
    pub async fn says_beside(&self, who: &str, room: &str, text: &str) {
        let script = "const [who, room, text, done] = arguments; \
             fetch(`/api/say?as=${who}`, { method: 'POST', headers: { 'content-type': 'application/json' }, \
             body: JSON.stringify({ room, text }) }).then(({ status }) => done(status))";
        let said = vec![who.into(), room.into(), text.into()];
        let status = self.0.execute_async(script, said).await.unwrap();
        assert_eq!(status, 200);
    }

    /// How many pixels wide a picture is, once it is drawn.
    pub async fn width_of(&self, picture: &Element) -> u64 {
        let script = "const [picture, done] = arguments; picture.loading = 'eager'; \
             picture.decode().then(() => done(picture.naturalWidth), (error) => done(String(error)))";
        let picture = serde_json::to_value(picture).unwrap();
        let width = self.0.execute_async(script, vec![picture]).await.unwrap();
        width.as_u64().unwrap_or_else(|| panic!("{width}"))
    }
}
