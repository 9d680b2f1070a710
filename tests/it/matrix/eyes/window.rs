//! Hydrogen in a headless Chromium, as somebody looks at it: what stands in a room, and what that looks like.

use std::{
    fmt::Debug,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{Method, StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use fantoccini::{Client, Locator, elements::Element, wd::WebDriverCompatibleCommand};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

use super::super::{
    PATIENCE,
    homeserver::Homeserver,
    people::{Person, password_of},
    program,
};
use crate::browser::driver::Driver;

/// A browser with Hydrogen in it. [`Window::close`] closes it.
pub struct Window {
    client: Client,
    serving: JoinHandle<()>,
    _profile: TempDir,
}

impl Window {
    /// Opens one, where nobody is logged in yet. None where Hydrogen or the browser is not installed, which is said aloud; in
    /// CI they must be.
    pub async fn open(driver: &Driver) -> Option<Self> {
        let folders = Folders::here()?;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let router = Router::new().fallback(file).with_state(folders);
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let profile = tempfile::tempdir().unwrap();
        let client = driver.open(profile.path()).await;
        client.goto(&url).await.unwrap();
        Some(Self {
            client,
            serving,
            _profile: profile,
        })
    }

    /// Closes the browser.
    pub async fn close(self) {
        self.client.close().await.unwrap();
        self.serving.abort();
    }

    /// Somebody logs in, with a device of its own.
    pub async fn enter(&self, homeserver: &Homeserver, person: &Person) {
        let name = person.id().trim_start_matches('@').split(':').next().unwrap();
        let arguments = json!([homeserver.url(), name, password_of(name)]);
        self.order("enter", arguments).await;
    }

    /// Shows a room.
    pub async fn shows(&self, room: &str) {
        self.order("open", json!([room])).await;
    }

    async fn order(&self, name: &str, arguments: Value) {
        let script = "const [name, given, done] = arguments; \
             const wait = setInterval(() => { if (!window.eyes) return; clearInterval(wait); \
             eyes[name](...given).then(() => done(null), (error) => done(String(error?.stack ?? error))); }, 20)";
        let done = self
            .client
            .execute_async(script, vec![json!(name), arguments])
            .await;
        assert_eq!(done.unwrap(), Value::Null, "{name}");
    }

    /// A message, once it stands there with something in it that this `XPath` finds.
    pub async fn sees(&self, message: &str, within: &str) -> Element {
        let path = format!("//li[@data-event-id='{message}'][{within}]");
        let wait = self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(Duration::from_millis(50));
        match wait.for_element(Locator::XPath(&path)).await {
            Ok(found) => found,
            Err(error) => panic!("{path}: {error}\non the page:\n{}", self.text().await),
        }
    }

    /// All that stands in the room, as it is read.
    pub async fn text(&self) -> String {
        let app = self.client.find(Locator::Css("#app")).await.unwrap();
        app.text().await.unwrap()
    }

    /// What stands in the parts of a message that this CSS selector finds.
    pub async fn texts(&self, message: &Element, parts: &str) -> Vec<String> {
        let script =
            "return [...arguments[0].querySelectorAll(arguments[1])].map((part) => part.textContent)";
        self.list(script, vec![reference(message), parts.into()]).await
    }

    /// Where the links of a message lead.
    pub async fn links(&self, message: &Element) -> Vec<String> {
        let script =
            "return [...arguments[0].querySelectorAll('.Timeline_messageBody a')].map((link) => link.href)";
        self.list(script, vec![reference(message)]).await
    }

    async fn list(&self, script: &str, arguments: Vec<Value>) -> Vec<String> {
        serde_json::from_value(self.client.execute(script, arguments).await.unwrap()).unwrap()
    }

    /// The picture right before a message, once it is drawn.
    pub async fn picture_before(&self, message: &str) -> Picture {
        let path = format!("//li[@data-event-id='{message}']/preceding-sibling::li[1]//img[@alt!='']");
        let wait = self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(Duration::from_millis(50));
        let found = wait.for_element(Locator::XPath(&path)).await;
        let found = match found {
            Ok(found) => found,
            Err(error) => panic!("{path}: {error}\non the page:\n{}", self.text().await),
        };
        // It is fetched once it is in sight. Where it cannot be drawn, it has no size.
        let script = "const [picture, done] = arguments; picture.scrollIntoView(); \
             const tell = () => done([picture.alt, picture.naturalWidth, picture.naturalHeight]); \
             const wait = setInterval(() => { if (!picture.getAttribute('src')) return; clearInterval(wait); \
             picture.decode().then(tell, tell); }, 20)";
        let drawn = self
            .client
            .execute_async(script, vec![reference(&found)])
            .await
            .unwrap();
        let (alt, width, height) = serde_json::from_value(drawn).unwrap();
        Picture {
            alt,
            size: (width, height),
        }
    }

    /// Nothing of the room is markup that shows or a picture that does not. Pictures of it are taken to be looked at, as on a desk
    /// and as on a phone: `target/eyes/NAME-desk.png` and `-phone.png`.
    pub async fn is_drawn_well(&self, name: &str) {
        for (screen, width, height) in [("desk", 1280, 1000), ("phone", 390, 844)] {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": false });
            let set = Devtools("Emulation.setDeviceMetricsOverride", metrics);
            self.client.issue_cmd(set).await.unwrap();
            let picture = self.client.screenshot().await.unwrap();
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("eyes");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("{name}-{screen}.png")), picture).unwrap();
            let script = "return document.documentElement.scrollWidth";
            let needed = self.client.execute(script, vec![]).await.unwrap();
            assert_eq!(needed, width, "{name} is too wide on a {screen}");
        }
        let text = self.text().await;
        // The last stands before each command that a text quotes, until it is known where that is read.
        let never = [
            "<p>",
            "<br>",
            "</",
            "&lt;",
            "&amp;",
            "&#39;",
            "**",
            "{ $",
            "undefined",
            "\u{FDD0}",
        ];
        for markup in never {
            assert!(!text.contains(markup), "{name} shows {markup:?}:\n{text}");
        }
        let script = "return [...document.querySelectorAll('img')] \
             .filter((picture) => picture.complete && picture.src && !picture.naturalWidth).map((picture) => picture.alt)";
        assert_eq!(self.list(script, vec![]).await, [""; 0], "{name}");
    }
}

/// A picture as it is drawn.
#[derive(Debug)]
pub struct Picture {
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Its width and height in pixels; nothing where it is broken.
    pub size: (u32, u32),
}

fn reference(element: &Element) -> Value {
    serde_json::to_value(element).unwrap()
}

/// A command of Chromium's own.
#[derive(Debug)]
struct Devtools(&'static str, Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.0, "params": self.1 });
        (Method::POST, Some(body.to_string()))
    }
}

/// Where the page and what it needs lie, by how their path begins.
#[derive(Clone)]
struct Folders(Vec<(&'static str, PathBuf)>);

impl Folders {
    fn here() -> Option<Self> {
        let clients = program::clients()?;
        let modules = clients.join("node_modules");
        Some(Self(vec![
            ("/assets/", modules.join("hydrogen-view-sdk/asset-build/assets")),
            ("/olm/", modules.join("@matrix-org/olm")),
            ("/sw.js", modules.join("hydrogen-view-sdk/lib-build/sw.js")),
            ("/hydrogen.js", clients.join("eyes/hydrogen.js")),
            ("/", program::folder().join("eyes")),
        ]))
    }

    fn find(&self, path: &str) -> Option<PathBuf> {
        let path = if path == "/" { "/index.html" } else { path };
        let found = self.0.iter().find(|(start, _)| path.starts_with(start));
        let (start, place) = found?;
        let rest = path.strip_prefix(start)?;
        Some(if rest.is_empty() {
            place.clone()
        } else {
            place.join(rest)
        })
    }
}

async fn file(State(folders): State<Folders>, uri: Uri) -> Response {
    let found = folders
        .find(uri.path())
        .and_then(|path| Some((fs::read(&path).ok()?, path)));
    let Some((bytes, path)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    ([(CONTENT_TYPE, media_type(&path))], bytes).into_response()
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
