//! What an operator fears: a stop in the middle of work, a database of a newer version, one that is locked, a disk that is full.

mod disk;

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use futures_util::future::{join, join_all};
use jiff::{
    ToSpan,
    civil::{DateTime, date},
};
use relais::store::Store;
use serde_json::Value;
use sqlx::{AnyConnection, Connection, Executor};
use tokio::net::TcpStream;

use crate::{
    database,
    demo::{
        self, Demo, begin_a_request, ended,
        organisation::{
            ADMIN, ENGLISH_ROOM, FRENCH_ROOM, VOLUNTEERS, button, is_calendar_there, post_an_ask,
        },
        relais, signal,
    },
};
use disk::Disk;

/// How long a stop may take.
const STOP_MAX: Duration = Duration::from_secs(5);
/// When the demos start.
const START: DateTime = date(2026, 11, 23).at(8, 30, 0, 0);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_the_demo_and_what_was_answered_lasts() {
    for name in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("stopped.db");
        let demo = Demo::fresh(&data, START).await;
        let feed = demo.listen(VOLUNTEERS[0]).await.unwrap();
        let stuck = demo.begin_a_request().await;
        let texts: Vec<String> = (0..200)
            .map(|number| format!("message {number} of {name}"))
            .collect();
        let writing = join_all(
            texts
                .iter()
                .map(|text| demo.write(VOLUNTEERS[0], FRENCH_ROOM, text)),
        );
        let (answers, ()) = join(writing, signal(demo.id(), name)).await;
        let told = Instant::now();
        assert_eq!(demo.ended().await.code(), Some(0), "{}", demo::log(&data));
        assert!(told.elapsed() < STOP_MAX, "SIG{name} took {:?}", told.elapsed());
        drop((feed, stuck));

        let demo = Demo::again(&data, START).await;
        let written = demo.messages(VOLUNTEERS[0], FRENCH_ROOM).await.unwrap();
        let answered = texts.iter().zip(answers).filter(|(_, answer)| answer.is_ok());
        let mut count = 0;
        for (text, _) in answered {
            count += 1;
            assert!(
                written.iter().any(|message| message["text"] == text.as_str()),
                "{text}"
            );
        }
        println!(
            "SIG{name}: {count} of {} messages were answered, and are there",
            texts.len()
        );
        demo.kill().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_of_a_demo_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("resumed.db");
    let mut demo = Demo::fresh(&data, START).await;
    let mut feed = demo.listen(ADMIN).await.unwrap();
    demo.leap(ADMIN, "day", 1.day()).await.unwrap();
    while !is_the_24th(&feed.next("clock").await.unwrap()) {}
    let now = demo.now();
    signal(demo.id(), "TERM").await;
    assert_eq!(demo.ended().await.code(), Some(0));
    let demo = Demo::resumed(&data, now).await;
    let clock = demo.listen(ADMIN).await.unwrap().snapshot["clock"].take();
    assert!(is_the_24th(&clock), "{clock}");
    demo.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demo_that_was_killed_while_it_was_set_up_is_set_up_anew() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("half.db");
    let rooms = async |store: &Store| store.read().await.unwrap().list_rooms().await.unwrap().len();
    let left = loop {
        let store = Store::open(&demo::database(&data)).await.unwrap();
        let demo = demo::starting(&data, START);
        while rooms(&store).await == 0 {
            tokio::task::yield_now().await;
        }
        demo.kill().await;
        let left = rooms(&store).await;
        let asks = store.read().await.unwrap().list_newest_asks(1).await.unwrap();
        store.close().await;
        if asks.is_empty() {
            break left;
        }
        // It was quicker than this test.
        fs::remove_file(&data).unwrap();
    };
    let demo = Demo::again(&data, START).await;
    let store = Store::open(&demo::database(&data)).await.unwrap();
    println!("killed with {left} rooms of {}", rooms(&store).await);
    let told = demo
        .say(ADMIN, ENGLISH_ROOM, "/ask show registre-01")
        .await
        .unwrap();
    assert!(told.to_string().contains("Approuvée en anglais"), "{told}");
    store.close().await;
    // What is whole is taken up as it is.
    demo.write(VOLUNTEERS[0], FRENCH_ROOM, "still here")
        .await
        .unwrap();
    demo.kill().await;
    let demo = Demo::again(&data, START).await;
    let written = demo.messages(VOLUNTEERS[0], FRENCH_ROOM).await.unwrap();
    assert!(
        written.iter().any(|message| message["text"] == "still here"),
        "{written:?}"
    );
    demo.kill().await;
}

fn is_the_24th(clock: &Value) -> bool {
    clock["now"].as_str().unwrap().starts_with("2026-11-24T13:3")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_the_service() {
    // Whoever reads the log may have gone before.
    for (name, is_log_read) in [("TERM", true), ("INT", true), ("TERM", false)] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("service.db");
        let port = TcpListener::bind(("127.0.0.1", 0))
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let settings = [
            format!("database.url={}", demo::database(&data)),
            format!("web.listen=127.0.0.1:{port}"),
        ];
        let mut command = relais(&data);
        if !is_log_read {
            command.stderr(Stdio::piped());
        }
        let mut child = command
            .current_dir(folder.path())
            .args(["run", "--set", &settings[0], "--set", &settings[1]])
            .spawn()
            .unwrap();
        wait_for(port).await;
        drop(child.stderr.take());
        let stuck = begin_a_request(port, "GET /health HTTP/1.1\r\nHost: here\r\n").await;
        let told = Instant::now();
        signal(child.id().unwrap(), name).await;
        assert_eq!(ended(&mut child).await.code(), Some(0), "{}", demo::log(&data));
        assert!(told.elapsed() < STOP_MAX, "SIG{name} took {:?}", told.elapsed());
        drop(stuck);
    }
}

/// Waits until something listens on a port.
async fn wait_for(port: u16) {
    let mut tries = tokio::time::interval(Duration::from_millis(20));
    let listening = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tries.tick().await;
        }
    };
    tokio::time::timeout(demo::PATIENCE, listening).await.unwrap();
}

/// As a version of the future leaves it behind.
const FUTURE: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                      SELECT 99991231235959, 'from the future', success, checksum, 0 FROM _sqlx_migrations LIMIT 1";

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let sqlite = database::sqlite().await;
    for database in [Some(&sqlite), database::postgres().await.as_ref()]
        .into_iter()
        .flatten()
    {
        database.store.close().await;
        AnyConnection::connect(&database.url)
            .await
            .unwrap()
            .execute(FUTURE)
            .await
            .unwrap();
        let refusal = Store::open(&database.url).await.err().unwrap().to_string();
        assert!(
            refusal.contains("a newer version of relais (its schema has step 99991231235959"),
            "{refusal}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let setting = format!("database.url={}", sqlite.url);
    for command in ["run", "doctor"] {
        let log = folder.path().join(command);
        let mut child = relais(&log).args([command, "--set", &setting]).spawn().unwrap();
        assert_eq!(ended(&mut child).await.code(), Some(1));
        let told = demo::log(&log);
        assert!(
            told.contains("relais: the database was made by a newer version of relais"),
            "{told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_is_reported_and_nothing_is_lost() {
    if !is_calendar_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("locked.db");
    let mut demo = Demo::fresh(&data, START).await;
    let prompt = post_an_ask(&mut demo).await;
    let first = button(&prompt, "1.c.").unwrap();
    let [early, late, _] = VOLUNTEERS;
    assert!(is_counted(&demo.press(early, &prompt, &first).await.unwrap()));

    // Longer than a process waits for another.
    let mut other = lock(&data).await;
    let told = demo.press(late, &prompt, &first).await;
    assert_reported(&told, &data);
    other.execute("ROLLBACK").await.unwrap();
    other.close().await.unwrap();

    assert!(is_counted(&demo.press(late, &prompt, &first).await.unwrap()));
    assert_both_last(demo, &data).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_the_demo_though_its_database_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("locked.db");
    let demo = Demo::fresh(&data, START).await;
    let _lock = lock(&data).await;
    let waiting = demo.write(ADMIN, FRENCH_ROOM, "not written");
    let stopping = async {
        signal(demo.id(), "TERM").await;
        Instant::now()
    };
    let (answer, told) = join(waiting, stopping).await;
    assert!(answer.is_err());
    assert_eq!(demo.ended().await.code(), Some(0), "{}", demo::log(&data));
    assert!(told.elapsed() < STOP_MAX, "it took {:?}", told.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_reported_and_nothing_is_lost() {
    if !is_calendar_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::mount(folder.path()).await else {
        return;
    };
    // The database is on the small disk and the log is not.
    let data = folder.path().join("full.db");
    std::os::unix::fs::symlink(disk.0.join("full.db"), &data).unwrap();
    let mut demo = Demo::again(&data, START).await;
    let prompt = post_an_ask(&mut demo).await;
    let first = button(&prompt, "1.c.").unwrap();
    let [early, late, _] = VOLUNTEERS;
    assert!(is_counted(&demo.press(early, &prompt, &first).await.unwrap()));

    let filler = disk.fill();
    let mut written = 0;
    // What room there is in the database's own files is used up first.
    while demo
        .write(early, ENGLISH_ROOM, &format!("message {written}"))
        .await
        .is_ok()
    {
        written += 1;
        assert!(written < 5_000, "the disk is never full");
    }
    let told = demo.press(late, &prompt, &first).await;
    assert_reported(&told, &data);
    fs::remove_file(filler).unwrap();

    assert!(is_counted(&demo.press(late, &prompt, &first).await.unwrap()));
    let messages = demo.messages(early, ENGLISH_ROOM).await.unwrap();
    for number in 0..written {
        let text = format!("message {number}");
        assert!(
            messages.iter().any(|message| message["text"] == text.as_str()),
            "{text}"
        );
    }
    assert_both_last(demo, &data).await;
}

/// Keeps the database from whoever else would write.
async fn lock(data: &Path) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&demo::database(data)).await.unwrap();
    connection.execute("BEGIN IMMEDIATE").await.unwrap();
    connection
}

/// Whatever can be undone was recorded.
fn is_counted(told: &Value) -> bool {
    button(told, "1.u.").is_some()
}

/// The person was told, and so was the operator.
fn assert_reported(told: &anyhow::Result<Value>, data: &Path) {
    let told = told.as_ref().unwrap();
    assert!(!is_counted(told), "{told}");
    let words = told["card"]["blocks"].to_string();
    assert!(
        words.contains("rien n’est compté") || words.contains("nothing was counted"),
        "{words}"
    );
    let log = demo::log(data);
    assert!(
        log.contains("ERROR") && log.contains("the database does not take confirmations"),
        "{log}"
    );
}

/// Both confirmations are there after a kill and a new start.
async fn assert_both_last(demo: Demo, data: &Path) {
    demo.kill().await;
    let demo = Demo::again(data, START).await;
    let told = demo.say(ADMIN, ENGLISH_ROOM, "/stats renov-01").await.unwrap();
    let store = Store::open(&demo::database(data)).await.unwrap();
    let (confirmations, differences) = store.read().await.unwrap().recount().await.unwrap();
    assert_eq!(
        (confirmations, differences.len()),
        (2, 0),
        "{differences:?} {told}"
    );
    store.close().await;
    demo.kill().await;
}
