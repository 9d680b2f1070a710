//! `chromedriver` and the Chromium that it drives.

use std::{path::Path, process::Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use crate::demo::PATIENCE;

/// A `chromedriver` that runs. Dropping it kills it.
pub struct Driver {
    _child: Child,
    /// Read to the end, or it could not write.
    _lines: Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Driver {
    /// Starts one. None where there is none, which is said aloud; in CI there must be.
    pub async fn start() -> Option<Self> {
        let mut command = Command::new("chromedriver");
        command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let started = command.spawn();
        let has_browser = std::env::split_paths(&std::env::var_os("PATH").unwrap())
            .any(|folder| folder.join("chromium").is_file());
        let Some(mut child) = started.ok().filter(|_| has_browser) else {
            assert!(
                std::env::var_os("CI").is_none(),
                "chromium or chromedriver is not installed: in CI the story must be told in a browser"
            );
            eprintln!(
                "SKIPPED in the browser: chromium or chromedriver is not installed (on Debian: apt install chromium-driver)"
            );
            return None;
        };
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = loop {
            let line = timeout(PATIENCE, lines.next_line())
                .await
                .unwrap()
                .unwrap()
                .unwrap();
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim_end_matches('.').parse::<u16>().unwrap();
            }
        };
        Some(Self {
            _child: child,
            _lines: lines,
            url: format!("http://127.0.0.1:{port}"),
        })
    }

    /// Opens a browser that was never used.
    pub async fn open(&self, folder: &Path) -> Client {
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        // Chromium keeps no sandbox for root.
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            &profile,
        ];
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": arguments } });
        let serde_json::Value::Object(capabilities) = capabilities else {
            unreachable!()
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder
            .capabilities(capabilities)
            .connect(&self.url)
            .await
            .unwrap()
    }
}
