//! Re-reading beats remembering: at each start, reconnection and gap, every prompt that is not closed is read again from its
//! platform, and the difference goes in as gestures.

use std::{collections::HashSet, sync::Arc, time::Duration};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{About, Act, Author, Gesture, Intake};
use crate::{
    app::App,
    chat::{Message, Platform, SendError},
    domain::{confirmation::Observation, language::Language, outcome::Outcome},
    rooms,
    store::{KnownPrompt, PromptState},
};

/// How long to wait before a reading that did not succeed is begun anew.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

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

/// Reads every prompt of a platform that is not closed. Returns how many there were.
async fn read(app: &App, platform: &dyn Platform, intake: &Intake) -> anyhow::Result<usize> {
    let mut reader = app.store.read().await?;
    let mut prompts = Vec::new();
    for prompt in reader.list_prompts(PromptState::Posted).await? {
        let address = reader.load_prompt_address(prompt.id).await?;
        let Some(message) = prompt
            .message
            .clone()
            .filter(|_| address.platform == platform.name())
        else {
            continue;
        };
        let known = reader
            .list_known_prompts(&[prompt.id])
            .await?
            .pop()
            .context("a prompt has an ask")?;
        let stand = reader.list_reactions_on(&prompt).await?;
        prompts.push((known, address, Message(message), stand));
    }
    drop(reader);
    let count = prompts.len();
    for (known, address, message, stand) in prompts {
        // What is seen now of a prompt that ended in the meantime was there when it ended, for all that can be known.
        let at = app
            .clock
            .now()
            .min(known.prompt.ends_at - SignedDuration::from_millis(1));
        let reactions = match platform.reactions(&address, &message).await {
            Ok(reactions) => reactions,
            // It is read when the bot is back there.
            Err(SendError::Absent(_)) => {
                rooms::look_at(app, address);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let mut found = HashSet::new();
        for reaction in reactions {
            let Some(outcome) = Outcome::from_reaction(known.kind, &reaction.key) else {
                continue;
            };
            found.insert((reaction.sender.account.clone(), outcome));
            let language = reaction.sender.locale.as_deref().and_then(Language::from_locale);
            let author = Author {
                platform: address.platform.clone(),
                name: reaction.sender.shown_name(),
                account: reaction.sender.account,
                language,
            };
            let act = Act::React {
                key: reaction.key,
                seen: Observation::FoundStanding,
            };
            record(intake, &known, (author, act, at)).await?;
        }
        for (account, outcome) in stand.into_iter().filter(|stands| !found.contains(stands)) {
            let author = Author {
                platform: address.platform.clone(),
                account,
                name: String::new(),
                language: None,
            };
            record(intake, &known, (author, Act::Miss { outcome }, at)).await?;
        }
    }
    Ok(count)
}

async fn record(
    intake: &Intake,
    known: &KnownPrompt,
    (author, act, at): (Author, Act, Timestamp),
) -> anyhow::Result<()> {
    let gesture = Gesture {
        author,
        about: About::Prompt(known.prompt.id),
        act,
        at,
    };
    intake.record(gesture).await.context("recording what was read")?;
    Ok(())
}
