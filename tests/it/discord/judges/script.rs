//! A judge that is a program of its own.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::Command,
};

use super::{Cue, Flaw, Model, PATIENCE, Stage, timeout};

/// A judge that is installed.
pub struct Script {
    command: Command,
}

/// The judge in Node. None where discord.js is not installed, which is said aloud; in CI it must be.
pub fn in_node(script: &str) -> Option<Script> {
    let clients = PathBuf::from(installed("RELAIS_TEST_CLIENTS")?);
    if !clients.join("node_modules/discord.js").is_dir() {
        return skipped("discord.js is not installed");
    }
    let mut command = Command::new(clients.join("node"));
    command.arg(folder().join(script)).arg(clients);
    Some(Script { command })
}

/// The judge in Python. None where discord.py is not installed, which is said aloud; in CI it must be.
pub fn in_python(script: &str) -> Option<Script> {
    let python = PathBuf::from(installed("RELAIS_TEST_SYNAPSE")?);
    let tried = std::process::Command::new(&python)
        .args(["-c", "import discord"])
        .stderr(Stdio::null())
        .status();
    if !tried.is_ok_and(|status| status.success()) {
        return skipped("discord.py is not installed");
    }
    let mut command = Command::new(python);
    command.arg(folder().join(script));
    Some(Script { command })
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/discord/judges")
}

fn installed(variable: &str) -> Option<std::ffi::OsString> {
    let value = std::env::var_os(variable);
    if value.is_none() {
        return skipped(&format!("{variable} is not set"));
    }
    value
}

fn skipped<T>(reason: &str) -> Option<T> {
    assert!(
        std::env::var_os("CI").is_none(),
        "{reason}: in CI the model of Discord must be judged"
    );
    eprintln!("SKIPPED on the model of Discord: {reason} (tests/with-clients installs it)");
    None
}

impl Script {
    /// Lets it judge a model. An error is what it found.
    pub async fn judge(mut self, model: Model, flaw: Option<Flaw>) -> Result<(), String> {
        let stage = Stage::set(model, flaw);
        let mut child = self
            .command
            .args([stage.model.url(), stage.model.token()])
            .args([stage.guild.id.to_string(), stage.channel.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut complaints = child.stderr.take().unwrap();
        let complaining = tokio::spawn(async move {
            let mut said = String::new();
            complaints.read_to_string(&mut said).await.unwrap();
            said
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let playing = async {
            while let Some(line) = lines.next_line().await.unwrap() {
                stage.play(Cue::read(&line)).await;
            }
            child.wait().await.unwrap()
        };
        let status = timeout(PATIENCE, playing).await.expect("a judge comes to an end");
        stage.forgive(flaw);
        if status.success() {
            return Ok(());
        }
        Err(complaining.await.unwrap())
    }
}
