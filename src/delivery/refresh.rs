//! Keeping posted prompts up to date: the running total, and that they are over.
//!
//! The latest wins: a refresh shows what is counted when it is made. Refreshes use only what deliveries leave: between two edits
//! anything that waits to be posted goes first, and the more rooms an ask stands in, the longer until its next refresh.

use std::{collections::HashMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    chat::{Card, Message, Platform, SendError},
    domain::{
        ask::AskState,
        day::Day,
        id::{AskId, DeliveryId, PromptId},
        room::{Room, RoomAddress},
    },
    prompt::{PromptView, Reader},
    store::{Prompt, PromptState},
};

/// How often to look for refreshes when nobody says that something changed, and how long deliveries are given before it is
/// asked again whether they are done.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long until what could not be brought up to date is tried again.
const AGAIN: SignedDuration = SignedDuration::from_secs(20);
/// How much longer an ask's next refresh waits for each room that it stands in.
const PACE: SignedDuration = SignedDuration::from_millis(200);

/// Brings prompts up to date until told to stop.
pub(crate) async fn run(app: Arc<App>, stop: CancellationToken) {
    let mut changes = app.store.changes();
    // When an ask's occasion may be refreshed again. What is lost with the process is only patience.
    let mut paced: HashMap<(AskId, Day), Timestamp> = HashMap::new();
    while !stop.is_cancelled() {
        changes.mark_unchanged();
        let now = app.clock.now();
        paced.retain(|_, until| *until > now);
        if let Err(error) = refresh_due(&app, &mut paced, &stop).await {
            let error = &*error as &dyn std::error::Error;
            tracing::warn!(
                error,
                "running totals could not be brought up to date; they are tried again"
            );
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn refresh_due(
    app: &App,
    paced: &mut HashMap<(AskId, Day), Timestamp>,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut reader = app.store.read().await?;
    if reader.find_halt().await?.is_some() {
        return Ok(());
    }
    let due = reader.list_refreshes(now).await?;
    drop(reader);
    for (id, ask, occasion) in due {
        if paced.contains_key(&(ask, occasion)) {
            continue;
        }
        let refreshed = refresh(app, (id, ask, occasion), stop).await;
        if !matches!(refreshed, Ok(Some(_))) {
            // What was begun is begun anew.
            let mut writer = app.store.write().await?;
            writer.requeue_refreshes().await?;
            writer.commit_quietly().await?;
        }
        let Some(rooms) = refreshed? else {
            return Ok(());
        };
        paced.insert(
            (ask, occasion),
            app.clock.now() + PACE * i32::try_from(rooms).unwrap_or(i32::MAX),
        );
    }
    Ok(())
}

/// Brings every prompt of an occasion up to date. Returns how many there are; none when told to stop half-way, after which all of it
/// is done again.
async fn refresh(
    app: &App,
    (id, ask, occasion): (DeliveryId, AskId, Day),
    stop: &CancellationToken,
) -> anyhow::Result<Option<usize>> {
    let mut writer = app.store.write().await?;
    writer.set_sending(id).await?;
    writer.commit().await?;
    let prompts: Vec<Prompt> = {
        let mut reader = app.store.read().await?;
        let all = reader.list_prompts_of(ask).await?;
        all.into_iter()
            .filter(|prompt| prompt.occasion == occasion)
            .filter(|prompt| matches!(prompt.state, PromptState::Posted | PromptState::Closed))
            .collect()
    };
    let mut has_missed = false;
    for prompt in &prompts {
        match edit(app, prompt, stop).await? {
            Edited::Done => {}
            Edited::Missed => has_missed = true,
            Edited::Stopped => return Ok(None),
        }
    }
    let mut writer = app.store.write().await?;
    let now = app.clock.now();
    writer.set_sent(id, None, now).await?;
    if has_missed {
        let key = app.chance.key();
        writer.enqueue_refresh(&key, ask, occasion, now + AGAIN).await?;
    }
    writer.commit().await?;
    Ok(Some(prompts.len()))
}

/// What became of bringing a prompt up to date.
enum Edited {
    /// It is, or it never will be.
    Done,
    /// Its platform could not be reached.
    Missed,
    /// Told to stop before.
    Stopped,
}

/// Brings one prompt up to date once deliveries leave room for it.
async fn edit(app: &App, prompt: &Prompt, stop: &CancellationToken) -> anyhow::Result<Edited> {
    let room = app.store.read().await?.load_room(prompt.room).await?;
    let Some(platform) = app.platform(&room.address.platform) else {
        return Ok(Edited::Done);
    };
    loop {
        if !wait_for_room(app, platform.as_ref(), stop).await? {
            return Ok(Edited::Stopped);
        }
        let Some((address, message, card)) = shown(app, prompt.id, &room).await? else {
            return Ok(Edited::Done);
        };
        let pause = match platform.edit(&address, &message, &card).await {
            Err(SendError::Limited { after, .. }) => after,
            edited => {
                if let Err(error) = &edited {
                    tracing::debug!(
                        prompt.id = prompt.id.0,
                        error = error as &dyn std::error::Error,
                        "a prompt was not brought up to date"
                    );
                }
                let pause = Duration::from_secs(1) / platform.capabilities().edits_per_second.max(1);
                if !goes_on_after(pause, stop).await {
                    return Ok(Edited::Stopped);
                }
                // Where the bot is absent, it is done once it is back.
                return Ok(match edited {
                    Err(SendError::Retry { .. } | SendError::Unsure(_)) => Edited::Missed,
                    _ => Edited::Done,
                });
            }
        };
        if !goes_on_after(pause, stop).await {
            return Ok(Edited::Stopped);
        }
    }
}

/// What a prompt is to show now, where and as which message; none where it stands nowhere, or was withdrawn.
async fn shown(app: &App, id: PromptId, room: &Room) -> anyhow::Result<Option<(RoomAddress, Message, Card)>> {
    let mut reader = app.store.read().await?;
    let Some(prompt) = reader.find_prompt(id).await? else {
        return Ok(None);
    };
    let (Some(message), Some(ask)) = (prompt.message.clone(), reader.find_ask(prompt.ask).await?) else {
        return Ok(None);
    };
    if ask.state == AskState::Withdrawn {
        return Ok(None);
    }
    let view = PromptView::load(&mut reader, ask, &prompt).await?;
    let address = reader.load_prompt_address(prompt.id).await?;
    drop(reader);
    let zone = app.zone_of(room);
    let reader = Reader::new(
        app,
        room.language.languages(),
        (&zone, app.clock.now()),
        &room.address.platform,
    );
    let card = view.card(&reader.in_room(app, &address));
    Ok(Some((address, Message(message), card)))
}

/// Waits for a while. Returns whether to go on then.
async fn goes_on_after(pause: Duration, stop: &CancellationToken) -> bool {
    stop.run_until_cancelled(tokio::time::sleep(pause))
        .await
        .is_some()
}

/// Waits while anything else is to go out on a platform. Returns whether to go on.
async fn wait_for_room(app: &App, platform: &dyn Platform, stop: &CancellationToken) -> anyhow::Result<bool> {
    loop {
        let waiting = app
            .store
            .read()
            .await?
            .list_waiting(platform.name(), app.clock.now(), 1)
            .await?;
        if waiting.is_empty() {
            return Ok(!stop.is_cancelled());
        }
        if !goes_on_after(LOOK_EVERY, stop).await {
            return Ok(false);
        }
    }
}
