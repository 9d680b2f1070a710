//! When the last room has an ask, where a platform limits how fast Relais writes.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::Context;
use crate::{
    delivery::{minutes, seconds},
    domain::ask::Ask,
    release::Standing,
    store::{self, PromptState, Session},
};

/// From how long on it is worth a line.
const LONG: SignedDuration = SignedDuration::from_mins(1);

/// From what on one message takes seconds, which are worth naming.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// A line for each platform that takes long.
pub(super) async fn facts(
    context: &Context<'_>,
    session: &mut Session,
    (ask, standing): (&Ask, &Standing),
) -> store::Result<Vec<String>> {
    let mut rooms: BTreeMap<&str, i32> = BTreeMap::new();
    for room in &standing.rooms {
        *rooms.entry(&room.address.platform).or_default() += 1;
    }
    let mut facts = Vec::new();
    for (platform, count) in rooms {
        let Some(each) = each(context, session, platform).await? else {
            continue;
        };
        let fact = if ask.state.is_over() {
            None
        } else if ask.state.is_posted() {
            arriving(context, session, (ask, platform), each).await?
        } else {
            let lasts = each * (count - 1);
            (lasts >= LONG).then(|| {
                let minutes = minutes(lasts);
                let voice = context.voice();
                if each < SECOND {
                    voice.ask_fact_lasts_in_all(minutes, voice.number(minutes))
                } else {
                    let each = voice.number(seconds(each));
                    voice.ask_fact_lasts(minutes, each, voice.number(minutes))
                }
            })
        };
        facts.extend(fact);
    }
    Ok(facts)
}

/// What one message takes on a platform: by what was learned, or by its own rules.
async fn each(
    context: &Context<'_>,
    session: &mut Session,
    platform: &str,
) -> store::Result<Option<SignedDuration>> {
    if let Some(limit) = session.find_limit(platform).await? {
        return Ok(Some(limit.each));
    }
    let platform = context.app.platform(platform);
    let every = platform.and_then(|platform| platform.capabilities().message_every);
    Ok(every.and_then(|every| every.try_into().ok()))
}

/// How many rooms wait for an ask that is being posted, and until when.
async fn arriving(
    context: &Context<'_>,
    session: &mut Session,
    (ask, platform): (&Ask, &str),
    each: SignedDuration,
) -> store::Result<Option<String>> {
    let mut left = 0;
    let mut ends_at = None;
    for prompt in session.list_prompts_of(ask.id).await? {
        let room = session.load_room(prompt.room).await?;
        if prompt.state == PromptState::Due && room.address.platform == platform {
            left += 1;
            ends_at = ends_at.max(Some(prompt.ends_at));
        }
    }
    let Some(ends_at) = ends_at else { return Ok(None) };
    let before = session.count_waiting_until(platform, ends_at).await?;
    let lasts = each * i32::try_from(before.max(left)).unwrap_or(i32::MAX);
    if lasts < LONG {
        return Ok(None);
    }
    let voice = context.voice();
    let until = (context.now + lasts).to_zoned(context.zone()).time();
    Ok(Some(voice.ask_fact_arriving(
        left,
        voice.time(until),
        voice.number(left),
    )))
}
