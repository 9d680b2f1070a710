//! Re-reading beats remembering: at each start, reconnection and gap, every prompt that is not closed is read again from its
//! platform, and the difference goes in as gestures.

use std::{collections::HashSet, sync::Arc, time::Duration};

use anyhow::Context;
use futures_util::{FutureExt, StreamExt, stream};
use jiff::SignedDuration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{About, Act, Author, Gesture, Intake};
use crate::{
    app::App,
    chat::{Message, Platform, SendError},
    domain::{
        confirmation::Observation, id::PromptId, language::Language, outcome::Outcome, room::RoomAddress,
    },
    rooms,
    store::{KnownPrompt, PromptState},
};

/// How long to wait before a reading that did not succeed is begun anew.
const AGAIN_AFTER: Duration = Duration::from_secs(5);
/// How many prompts are read at the same time: enough that the platform and the database both have something to do.
const AT_ONCE: usize = 8;

/// Reads a platform again each time it is connected, and where a prompt was found standing that nobody knew of, until told to stop.
pub async fn run(
    app: Arc<App>,
    platform: Arc<dyn Platform>,
    intake: Intake,
    mut connected: watch::Receiver<u64>,
    stop: CancellationToken,
) {
    // Before the first connection there is nothing to read from.
    if connected.changed().await.is_err() {
        return;
    }
    let mut found = app.found();
    loop {
        loop {
            found.mark_unchanged();
            connected.mark_unchanged();
            let reading = stop
                .run_until_cancelled(read(&app, platform.as_ref(), &intake))
                .await;
            match reading {
                None => return,
                Some(Ok(prompts)) => {
                    // What was connected anew in the meantime is read anew.
                    if connected.has_changed().unwrap_or(false) || found.has_changed().unwrap_or(false) {
                        continue;
                    }
                    app.close_gap(platform.name());
                    tracing::info!(
                        platform = platform.name(),
                        prompts,
                        "the open prompts were read again"
                    );
                    break;
                }
                Some(Err(error)) => {
                    tracing::warn!(
                        platform = platform.name(),
                        error = &*error as &dyn std::error::Error,
                        "the open prompts could not be read; they are tried again"
                    );
                    if stop
                        .run_until_cancelled(tokio::time::sleep(AGAIN_AFTER))
                        .await
                        .is_none()
                    {
                        return;
                    }
                }
            }
        }
        tokio::select! {
            changed = connected.changed() => if changed.is_err() { return },
            // The sender is the app's own, so there is always one.
            _ = found.changed() => {}
        }
    }
}

/// Reads one message again, where it is a prompt that is not closed. Where that does not succeed, all are read.
pub(crate) async fn read_again(app: &App, intake: &Intake, (address, message): (&RoomAddress, &Message)) {
    let read = async {
        let mut reader = app.store.read().await?;
        let prompt = reader.find_prompt_at(address, &message.0).await?;
        let open = match prompt.filter(|prompt| prompt.state == PromptState::Posted) {
            Some(prompt) => reader.list_known_prompts(&[prompt.id]).await?,
            None => Vec::new(),
        };
        drop(reader);
        let (Some(known), Some(platform)) = (open.into_iter().next(), app.platform(&address.platform)) else {
            return Ok(());
        };
        let open = Open {
            known,
            address: address.clone(),
            message: message.clone(),
        };
        read_one(app, platform.as_ref(), intake, open).await
    };
    if let Err(error) = read.await {
        let error: &anyhow::Error = &error;
        tracing::warn!(
            platform = %address.platform,
            error = &**error as &dyn std::error::Error,
            "a prompt could not be read again; all that are open are"
        );
        app.note_found();
    }
}

/// A prompt that is not closed, as it stands on its platform.
struct Open {
    known: KnownPrompt,
    address: RoomAddress,
    message: Message,
}

/// Reads every prompt of a platform that is not closed. Returns how many there were.
async fn read(app: &App, platform: &dyn Platform, intake: &Intake) -> anyhow::Result<usize> {
    let open = list_open(app, platform).await?;
    let count = open.len();
    let readings: Vec<_> = open
        .into_iter()
        .map(|open| read_one(app, platform, intake, open).boxed())
        .collect();
    let mut readings = stream::iter(readings).buffer_unordered(AT_ONCE);
    while let Some(read) = readings.next().await {
        read?;
    }
    Ok(count)
}

async fn list_open(app: &App, platform: &dyn Platform) -> anyhow::Result<Vec<Open>> {
    let mut reader = app.store.read().await?;
    let prompts = reader.list_prompts(PromptState::Posted).await?;
    let ids: Vec<PromptId> = prompts.iter().map(|prompt| prompt.id).collect();
    let mut open = Vec::with_capacity(prompts.len());
    for known in reader.list_known_prompts(&ids).await? {
        let address = reader.load_prompt_address(known.prompt.id).await?;
        if let Some(message) = known.prompt.message.clone().map(Message)
            && address.platform == platform.name()
        {
            open.push(Open {
                known,
                address,
                message,
            });
        }
    }
    // Those that end first are read first.
    open.sort_by_key(|open| (open.known.prompt.ends_at, open.known.prompt.id));
    Ok(open)
}

/// Reads one prompt, and waits until what was read is recorded.
async fn read_one(app: &App, platform: &dyn Platform, intake: &Intake, open: Open) -> anyhow::Result<()> {
    let Open {
        known,
        address,
        message,
    } = open;
    let prompt = &known.prompt;
    // What is seen now of a prompt that ended in the meantime was there when it ended, for all that can be known.
    let at = app
        .clock
        .now()
        .min(prompt.ends_at - SignedDuration::from_millis(1));
    let stand = app.store.read().await?.list_reactions_on(prompt).await?;
    let reactions = match platform.reactions(&address, &message).await {
        Ok(reactions) => reactions,
        // It is read when the bot is back there.
        Err(SendError::Absent(_)) => {
            rooms::look_at(app, address);
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let mut found = HashSet::new();
    let mut gestures = Vec::with_capacity(reactions.len());
    let gesture = |author, act| Gesture {
        author,
        about: About::Prompt(prompt.id),
        act,
        at,
    };
    for reaction in reactions {
        let Some(outcome) = Outcome::from_reaction(known.kind, &reaction.key) else {
            continue;
        };
        found.insert((reaction.sender.account.clone(), outcome));
        let author = Author {
            platform: address.platform.clone(),
            name: reaction.sender.shown_name(),
            language: reaction.sender.locale.as_deref().and_then(Language::from_locale),
            account: reaction.sender.account,
        };
        let act = Act::React {
            key: reaction.key,
            seen: Observation::FoundStanding,
        };
        gestures.push(gesture(author, act));
    }
    for (account, outcome) in stand.into_iter().filter(|stands| !found.contains(stands)) {
        let author = Author {
            platform: address.platform.clone(),
            account,
            name: String::new(),
            language: None,
        };
        gestures.push(gesture(author, Act::Miss { outcome }));
    }
    intake
        .record_all(gestures)
        .await
        .context("recording what was read")
}
