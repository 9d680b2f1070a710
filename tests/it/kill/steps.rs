//! A kill inside each step of the outbox, with no chance in it.
//!
//! The test starts this test binary again, for the test [`child`] alone and with a variable that names a step. That process runs the
//! bot until the step, says so and stands still; then it is killed, perhaps another is started and killed, and at last a bot
//! without any of this finishes what was begun.

use std::{path::Path, process::Stdio, sync::Arc};

use futures_util::future::join_all;
use relais::{
    domain::{
        choice::{Choice, Detail},
        outcome::Outcome,
    },
    store::{DeliveryState, PromptState, Store},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    time::timeout,
};

use super::{
    books::Books,
    standing::{Standing, Step},
};
use crate::{
    demo::{
        PATIENCE,
        organisation::{calendar, is_calendar_there},
    },
    world::World,
};

/// Names the step at which the process stands still, and the file of its database.
const STEP: &str = "RELAIS_TEST_STEP";
const DATA: &str = "RELAIS_TEST_DATABASE";

/// Which kills come one after the other before the bot may go on.
const STORIES: [&[Step]; 10] = [
    &[Step::Queued],
    &[Step::Taken],
    &[Step::Arrived],
    &[Step::Recorded],
    &[Step::Taken, Step::Looking],
    &[Step::Arrived, Step::Looking],
    &[Step::Taken, Step::Taken, Step::Arrived],
    &[Step::Arrived, Step::Looking, Step::Looking],
    &[Step::Editing],
    &[Step::Edited],
];

/// The ask, by its reference, and the rooms that get it.
const REFERENCE: &str = "renov-01";
const ROOMS: [&str; 3] = ["quartier", "downtown", "laval"];
/// Before the ask is due, and after.
const BEFORE: &str = "2026-11-23T08:30:00-05:00";
const AFTER: &str = "2026-11-23T09:00:00-05:00";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inside_each_step_of_the_outbox() {
    if !is_calendar_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let prepared = folder.path().join("prepared.db");
    prepare(&prepared).await;
    let tellings = STORIES.iter().enumerate().map(|(number, story)| {
        let data = folder.path().join(format!("{number}.db"));
        std::fs::copy(&prepared, &data).unwrap();
        async move {
            for step in *story {
                kill_at(*step, &data).await;
                let outbox = Books::open(&data).await.outbox().await;
                println!("killed, story {}: {step}; {outbox}", number + 1);
            }
            finish(story, &data).await;
        }
    });
    // Most of each is waiting for running totals, which come seconds after what they count.
    join_all(tellings).await;
    let met: Vec<_> = Step::ALL
        .iter()
        .filter(|step| STORIES.concat().contains(step))
        .collect();
    assert_eq!(met.len(), Step::ALL.len());
}

/// Runs a bot in a process of its own until it stands at a step, and kills it there.
async fn kill_at(step: Step, data: &Path) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::steps::child", "--nocapture"])
        .env(STEP, format!("{step:?}"))
        .env(DATA, data)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let stands = async {
        let mut said = Vec::new();
        while let Some(line) = lines.next_line().await.unwrap() {
            if line == format!("{step:?}") {
                return;
            }
            said.push(line);
        }
        panic!("it never stood at {step:?}:\n{}", said.join("\n"));
    };
    timeout(PATIENCE, stands)
        .await
        .unwrap_or_else(|_| panic!("it does not come to {step:?}"));
    child.kill().await.unwrap();
}

/// Sets an organisation up in which the ask is approved and nothing else waits.
async fn prepare(data: &Path) {
    let books = Books::open(data).await;
    let world = World::found(&books.0, BEFORE).await;
    let files = calendar().map(|file| {
        (
            file.file_name().unwrap().to_owned(),
            std::fs::read(&file).unwrap(),
        )
    });
    let files = files
        .iter()
        .map(|(name, bytes)| (name.to_str().unwrap(), bytes.clone()));
    world.drops("marc", "coordination", files.collect()).await;
    world
        .says("claire", "coordination", &format!("ask approve {REFERENCE}"))
        .await;
    books.settle().await;
    world.stop().await;
    books.0.close().await;
}

/// Lets a bot go on after the last kill, and looks at what stands in the end.
async fn finish(story: &[Step], data: &Path) {
    let books = Books::open(data).await;
    let world = World::start(&books.0, AFTER).await;
    until(&books.0, async |store| posted(store).await.len() == ROOMS.len()).await;
    let is_answered = story
        .iter()
        .any(|step| matches!(step, Step::Editing | Step::Edited));
    if !is_answered {
        answer(&world).await;
    }
    books.settle().await;
    for room in ROOMS {
        let cards = world.cards(room).await;
        let totals: Vec<_> = cards.into_iter().filter_map(|(_, card)| card.footer).collect();
        let [total] = totals.as_slice() else {
            panic!("{story:?}: {room}: {totals:?}")
        };
        assert!(
            total.contains("Une personne") || total.contains("One person"),
            "{story:?}: {room}: {total}"
        );
    }
    let ask = books.ask(REFERENCE).await;
    assert_eq!(books.confirmed("lou", ask).await.len(), 1, "{story:?}");
    books.check().await;
    world.stop().await;
}

/// A volunteer says that it is done.
async fn answer(world: &World) {
    until(&world.store, async |store| !posted(store).await.is_empty()).await;
    let prompt = posted(&world.store).await[0];
    let button = Choice::Confirm {
        prompt,
        outcome: Outcome::Done,
        detail: Detail::default(),
    }
    .encode();
    world.presses("lou", ROOMS[0], &button).await;
}

async fn posted(store: &Store) -> Vec<relais::domain::id::PromptId> {
    let prompts = store
        .read()
        .await
        .unwrap()
        .list_prompts(PromptState::Posted)
        .await
        .unwrap();
    prompts.into_iter().map(|prompt| prompt.id).collect()
}

/// Waits until the bot of this process has written what is waited for.
async fn until(store: &Store, is_so: impl AsyncFn(&Store) -> bool) {
    let mut changes = store.changes();
    let waiting = async {
        while !is_so(store).await {
            changes.changed().await.unwrap();
        }
    };
    timeout(PATIENCE, waiting).await.unwrap();
}

/// No test by itself: the process that [`inside_each_step_of_the_outbox`] starts and kills. Without its variables it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let (Ok(name), Some(data)) = (std::env::var(STEP), std::env::var_os(DATA)) else {
        return;
    };
    let step = Step::ALL
        .into_iter()
        .find(|step| format!("{step:?}") == name)
        .unwrap();
    let books = Books::open(Path::new(&data)).await;
    let world = World::start_on(&books.0, AFTER, |chat| Arc::new(Standing { chat, step })).await;
    match step {
        Step::Queued => {
            until(&world.store, async |store| {
                rows(store, DeliveryState::Pending).await > 0
            })
            .await;
        }
        Step::Recorded => {
            until(&world.store, async |store| {
                posted(store).await.len() == ROOMS.len()
            })
            .await;
        }
        Step::Editing | Step::Edited => {
            answer(&world).await;
            stand_until_killed().await;
        }
        Step::Taken | Step::Arrived | Step::Looking => stand_until_killed().await,
    }
    eprintln!("{step:?}");
    stand_until_killed().await;
}

async fn rows(store: &Store, state: DeliveryState) -> i64 {
    store.read().await.unwrap().count_deliveries(state).await.unwrap()
}

/// Stands still; if nobody comes to kill it, then not for ever.
async fn stand_until_killed() {
    let _elapsed = timeout(2 * PATIENCE, std::future::pending::<()>()).await;
    panic!("nobody killed it");
}
