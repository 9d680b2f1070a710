//! The account's session: the first login, what is kept of it, and when it must not be taken up.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{
    PATIENCE,
    bot::Bot,
    homeserver::{Homeserver, Limits},
    program,
};

/// Whom the bots here obey. They are never met.
const MARIE: &str = "@marie:relais.test";
/// What is said once, and to nobody else.
const IS_KEY: &str = "This is the recovery key";

async fn installed(limits: Limits) -> Option<(Homeserver, Bot)> {
    let homeserver = Homeserver::start(limits).await?;
    let bot = Bot::install(&homeserver, MARIE).await;
    Some((homeserver, bot))
}

async fn logs_in(bot: &Bot) -> Result<String, String> {
    bot.operate(&["matrix", "login"]).await
}

fn session_file(bot: &Bot) -> PathBuf {
    bot.folder().join("relais-matrix/session.json")
}

fn session(bot: &Bot) -> Value {
    serde_json::from_slice(&fs::read(session_file(bot)).unwrap()).unwrap()
}

fn mode(path: impl AsRef<Path>) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The recovery key that a login showed.
fn shown_key(printed: &str) -> String {
    let after = printed.split_once(IS_KEY).expect("a key is shown").1;
    let line = after.lines().find(|line| line.starts_with("  E"));
    line.expect("the key has a line of its own").trim().to_owned()
}

#[tokio::test]
async fn a_login_is_kept_for_us_alone_and_shows_its_recovery_key_once() {
    let Some((homeserver, bot)) = installed(Limits::Raised).await else {
        return;
    };
    let printed = logs_in(&bot).await.unwrap();
    assert_eq!(shown_key(&printed).split(' ').count(), 12, "{printed}");
    assert_eq!(mode(session_file(&bot)), 0o600);
    assert_eq!(mode(bot.folder().join("relais-matrix")), 0o700);
    assert_eq!(session(&bot)["session"]["user_id"], bot.account.id);

    // From now on nobody is asked for anything.
    bot.unset("password_file");
    let printed = logs_in(&bot).await.unwrap();
    assert!(printed.contains("This device is verified"), "{printed}");
    assert!(!printed.contains(IS_KEY), "{printed}");

    let printed = bot.operate(&["matrix", "logout"]).await.unwrap();
    assert!(printed.contains("is ended"), "{printed}");
    assert!(!session_file(&bot).exists());
    assert!(!bot.folder().join("relais-matrix/store").exists());
    let (_, devices) = homeserver
        .request(
            "GET",
            "/_matrix/client/v3/devices",
            Some(&bot.account.token),
            None,
        )
        .await;
    assert_eq!(devices["devices"].as_array().unwrap().len(), 1, "{devices}");
    let refused = logs_in(&bot).await.unwrap_err();
    assert!(refused.contains("matrix.password_file"), "{refused}");
}

#[tokio::test]
async fn the_recovery_key_is_kept_in_the_file_that_is_named_for_it() {
    let Some((_homeserver, mut bot)) = installed(Limits::Raised).await else {
        return;
    };
    bot.set("recovery_key_file", "recovery-key");
    let file = bot.folder().join("recovery-key");
    // The service does the first login by itself, and has nobody to show a key to.
    bot.start_again();
    bot.logs("the account's recovery key is made and kept", 1).await;
    assert_eq!(mode(&file), 0o600);
    let first = fs::read_to_string(&file).unwrap();
    assert!(!bot.log().contains(first.trim()));
    bot.kill().await;

    let printed = bot.operate(&["matrix", "recovery-key"]).await.unwrap();
    assert!(printed.contains("recovery-key"), "{printed}");
    let second = fs::read_to_string(&file).unwrap();
    assert_ne!(first, second);
    assert!(!printed.contains(second.trim()));

    let other = bot.elsewhere();
    fs::write(other.folder().join("recovery-key"), &first).unwrap();
    let refused = logs_in(&other).await.unwrap_err();
    assert!(
        refused.contains("is not the recovery key of this account"),
        "{refused}"
    );
    fs::write(other.folder().join("recovery-key"), &second).unwrap();
    let printed = logs_in(&other).await.unwrap();
    assert!(printed.contains("The recovery key is right"), "{printed}");
}

#[tokio::test]
async fn no_recovery_key_is_made_where_it_cannot_be_kept() {
    let Some((_homeserver, bot)) = installed(Limits::Raised).await else {
        return;
    };
    bot.set("recovery_key_file", "safe/recovery-key");
    let refused = logs_in(&bot).await.unwrap_err();
    assert!(refused.contains("safe/recovery-key cannot be used"), "{refused}");
    // Once it can be, it is made.
    let safe = bot.folder().join("safe");
    fs::create_dir(&safe).unwrap();
    let printed = bot.operate(&["matrix", "recovery-key"]).await.unwrap();
    assert!(printed.contains("safe/recovery-key"), "{printed}");
    let first = fs::read_to_string(safe.join("recovery-key")).unwrap();
    assert!(!first.trim().is_empty());

    // The same goes for the next one, and the first one stays good.
    bot.set("recovery_key_file", "gone/recovery-key");
    let refused = bot.operate(&["matrix", "recovery-key"]).await.unwrap_err();
    assert!(refused.contains("gone/recovery-key cannot be used"), "{refused}");
    let other = bot.elsewhere();
    other.set("recovery_key_file", "recovery-key");
    fs::write(other.folder().join("recovery-key"), &first).unwrap();
    let printed = logs_in(&other).await.unwrap();
    assert!(printed.contains("The recovery key is right"), "{printed}");
}

#[tokio::test]
async fn an_access_token_logs_in_where_it_is_the_accounts_and_new() {
    let Some((homeserver, bot)) = installed(Limits::Raised).await else {
        return;
    };
    let token = |token: &str| {
        bot.set("access_token_file", "token");
        fs::write(bot.folder().join("token"), token).unwrap();
    };
    let other = homeserver.register("other", "of another").await;
    token(&other.token);
    let refused = logs_in(&bot).await.unwrap_err();
    assert!(
        refused.contains("the access token is that of @other:relais.test"),
        "{refused}"
    );
    token("no-token");
    assert!(logs_in(&bot).await.is_err());
    assert!(!session_file(&bot).exists());

    token(&bot.account.token);
    let printed = logs_in(&bot).await.unwrap();
    shown_key(&printed);
    assert_eq!(session(&bot)["session"]["device_id"], bot.account.device);

    let elsewhere = bot.elsewhere();
    fs::copy(bot.folder().join("token"), elsewhere.folder().join("token")).unwrap();
    let refused = logs_in(&elsewhere).await.unwrap_err();
    assert!(refused.contains("a device that has keys already"), "{refused}");
}

#[tokio::test]
async fn a_password_is_asked_for_on_the_terminal_and_not_shown() {
    let Some((_homeserver, bot)) = installed(Limits::Raised).await else {
        return;
    };
    bot.unset("password_file");
    let script = "import os, pty, sys, termios\n\
        pid, terminal = pty.fork()\n\
        if pid == 0:\n    os.execv(sys.argv[1], [sys.argv[1], 'matrix', 'login'])\n\
        seen = b''\n\
        while b'Password of' not in seen:\n    seen += os.read(terminal, 1000)\n\
        while termios.tcgetattr(terminal)[3] & termios.ECHO:\n    pass\n\
        os.write(terminal, b\"the bot's password\\n\")\n\
        try:\n    while part := os.read(terminal, 1000):\n        seen += part\n\
        except OSError:\n    pass\n\
        sys.stdout.buffer.write(seen)\n\
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n";
    let python = program::python().unwrap();
    let mut command = tokio::process::Command::new(python);
    command.args(["-c", script, env!("CARGO_BIN_EXE_relais")]);
    command.current_dir(bot.folder()).kill_on_drop(true);
    let done = tokio::time::timeout(PATIENCE, command.output())
        .await
        .unwrap()
        .unwrap();
    let seen = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{seen}");
    assert!(!seen.contains("the bot's password"), "{seen}");
    shown_key(&seen);
}

#[tokio::test]
async fn a_session_without_its_keys_is_refused_with_the_way_out() {
    let Some((_homeserver, bot)) = installed(Limits::Raised).await else {
        return;
    };
    let key = shown_key(&logs_in(&bot).await.unwrap());
    fs::remove_dir_all(bot.folder().join("relais-matrix/store")).unwrap();
    for command in [&["run"][..], &["matrix", "login"], &["matrix", "recovery-key"]] {
        let refused = bot.operate(command).await.unwrap_err();
        assert!(refused.contains("whose keys are gone"), "{refused}");
        assert!(
            refused.contains("end it with `relais matrix logout`"),
            "{refused}"
        );
    }
    // The way out.
    bot.operate(&["matrix", "logout"]).await.unwrap();
    bot.set("recovery_key_file", "recovery-key");
    fs::write(bot.folder().join("recovery-key"), key).unwrap();
    let printed = logs_in(&bot).await.unwrap();
    assert!(printed.contains("The recovery key is right"), "{printed}");
}

#[tokio::test]
async fn keys_from_before_are_refused_and_a_crash_locks_nobody_out() {
    let Some((_homeserver, mut bot)) = installed(Limits::Raised).await else {
        return;
    };
    logs_in(&bot).await.unwrap();
    let (folder, snapshot) = (bot.folder().join("relais-matrix"), bot.folder().join("snapshot"));
    copy(&folder, &snapshot);
    // As a crash leaves it once the server has the new stamp, and before.
    let stamp = folder.join("store/stamp.json");
    let settled = || serde_json::from_slice::<Value>(&fs::read(&stamp).unwrap()).unwrap()["settled"].clone();
    let before = settled();
    logs_in(&bot).await.unwrap();
    let after = settled();
    assert_ne!(before, after);
    fs::write(&stamp, json!({ "settled": before, "pending": after }).to_string()).unwrap();
    logs_in(&bot).await.unwrap();
    let now = settled();
    let next = json!({ "number": now["number"].as_u64().unwrap() + 1, "mark": "never sent" });
    fs::write(&stamp, json!({ "settled": now, "pending": next }).to_string()).unwrap();
    logs_in(&bot).await.unwrap();
    assert_eq!(settled(), next);
    bot.start_again();
    bot.logs("the Matrix session is taken up", 1).await;
    bot.kill().await;
    logs_in(&bot).await.unwrap();

    let current = bot.folder().join("current");
    fs::rename(&folder, &current).unwrap();
    copy(&snapshot, &folder);
    for command in [&["run"][..], &["matrix", "login"]] {
        let refused = bot.operate(command).await.unwrap_err();
        assert!(refused.contains("holds old keys"), "{refused}");
        assert!(refused.contains("`relais matrix logout`"), "{refused}");
    }
    // What was refused did no harm.
    fs::remove_dir_all(&folder).unwrap();
    fs::rename(&current, &folder).unwrap();
    logs_in(&bot).await.unwrap();
}

/// Copies a folder as a snapshot would.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[tokio::test]
async fn one_process_at_a_time_uses_the_keys() {
    let Some((_homeserver, mut bot)) = installed(Limits::Raised).await else {
        return;
    };
    logs_in(&bot).await.unwrap();
    bot.start_again();
    bot.logs("the Matrix session is taken up", 1).await;
    for command in [
        &["matrix", "login"][..],
        &["matrix", "verify"],
        &["matrix", "recovery-key"],
        &["matrix", "logout"],
        &["run"],
    ] {
        let refused = bot.operate(command).await.unwrap_err();
        assert!(
            refused.contains("Relais is running with this Matrix account"),
            "{refused}"
        );
    }
    bot.kill().await;
    logs_in(&bot).await.unwrap();
}

#[tokio::test]
async fn refreshed_tokens_are_kept() {
    let lifetime = json!({ "refreshable_access_token_lifetime": "3s", "refresh_token_lifetime": "10m" });
    let Some(homeserver) = Homeserver::start_with(Limits::Raised, lifetime).await else {
        return;
    };
    let bot = Bot::install(&homeserver, MARIE).await;
    logs_in(&bot).await.unwrap();
    bot.unset("password_file");
    let tokens = || session(&bot)["session"].clone();
    let is_worth_nothing = async |token: &Value| {
        let asked = homeserver.request("GET", "/_matrix/client/v3/account/whoami", token.as_str(), None);
        asked.await.0 == 401
    };
    let mut before = tokens();
    assert!(before["refresh_token"].is_string());
    // Each process has to begin with what the one before it was given.
    for _ in 0..2 {
        while !is_worth_nothing(&before["access_token"]).await {}
        logs_in(&bot).await.unwrap();
        let after = tokens();
        assert_ne!(before["access_token"], after["access_token"]);
        assert_ne!(before["refresh_token"], after["refresh_token"]);
        assert_eq!(mode(session_file(&bot)), 0o600);
        before = after;
    }
}

#[tokio::test]
async fn the_homeserver_is_found_by_what_its_domain_says() {
    let Some((homeserver, bot)) = installed(Limits::Raised).await else {
        return;
    };
    let domain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", domain.local_addr().unwrap());
    let says = json!({ "m.homeserver": { "base_url": homeserver.url() } }).to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = domain.accept().await {
            let mut asked = [0; 4096];
            let length = stream.read(&mut asked).await.unwrap_or(0);
            let is_it = asked[..length].starts_with(b"GET /.well-known/matrix/client ");
            let (status, body) = if is_it {
                ("200 OK", &*says)
            } else {
                ("404 Not Found", "{}")
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    bot.set("homeserver", &address);
    shown_key(&logs_in(&bot).await.unwrap());
    logs_in(&bot).await.unwrap();
}
