//! `stop` and `resume`: nothing goes out until somebody says so. Any coordinator may.

use super::{Arguments, Context, Handled, say};
use crate::{chat::Card, notice::tell_coordinators, store::Halt};

pub(super) async fn stop(context: &Context<'_>, _: Arguments) -> Handled {
    let mut writer = context.write().await?;
    if let Some(halt) = writer.find_halt().await? {
        return Ok(say(context.voice().halt_already(context.moment(halt.since))));
    }
    writer
        .set_halt(Some(Halt {
            since: context.now,
            by: Some(context.person.id),
        }))
        .await?;
    // It waits in the outbox like all the rest, and tells after the resumption that there was a halt.
    writer.commit().await?;
    tracing::warn!(
        person.id = context.person.id.0,
        "everything that goes out is halted"
    );
    Ok(say(context.voice().halt_stopped()))
}

pub(super) async fn resume(context: &Context<'_>, _: Arguments) -> Handled {
    let mut writer = context.write().await?;
    let Some(halt) = writer.find_halt().await? else {
        return Ok(say(context.voice().halt_not_halted()));
    };
    writer.set_halt(None).await?;
    let (since, zone) = (halt.since, context.app.settings.time_zone.clone());
    let words = |voice: &crate::i18n::Voice| {
        Card::paragraph(voice.halt_notice(voice.moment(since, &zone, context.now)))
    };
    tell_coordinators(context.app, &mut writer, &[], (context.now, words)).await?;
    writer.commit().await?;
    tracing::warn!(
        person.id = context.person.id.0,
        "everything that goes out goes on"
    );
    Ok(say(context.voice().halt_resumed()))
}
