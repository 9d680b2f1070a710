//! The weekly summary, queued once for each week and room when the room's clock shows the time.

use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use crate::{
    app::App,
    domain::{day::Week, room::Purpose, room::Room},
    store::{DeliveryKind, Destination, NewDelivery, Session},
};

/// How late a summary may come: after that, the next one is nearer.
const LATE_MAX: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The last instant at or before `now` at which a room's summary was due, and the first after.
fn due_times(app: &App, room: &Room, now: Timestamp) -> Option<(Zoned, Zoned)> {
    let zone = app.zone_of(room);
    let today = now.to_zoned(zone.clone()).date();
    let at = |date: jiff::civil::Date| {
        date.to_datetime(app.settings.summary_time)
            .to_zoned(zone.clone())
            .ok()
    };
    let back = (i32::from(today.weekday().to_monday_zero_offset())
        - i32::from(app.settings.summary_day.to_monday_zero_offset()))
    .rem_euclid(7);
    let this = today.checked_sub(back.days()).ok()?;
    let due = at(this)?;
    if due.timestamp() <= now {
        Some((due, at(this.checked_add(7.days()).ok()?)?))
    } else {
        Some((at(this.checked_sub(7.days()).ok()?)?, due))
    }
}

/// The summaries that are due, and when the next one will be.
pub(super) async fn due(
    app: &App,
    session: &mut Session,
    now: Timestamp,
) -> anyhow::Result<(Vec<(Room, Week)>, Option<Timestamp>)> {
    let mut due: Vec<(Room, Week)> = Vec::new();
    let mut next_due = None;
    for room in session.list_rooms_for(Purpose::Leadership).await? {
        let Some((last, next)) = due_times(app, &room, now) else {
            continue;
        };
        next_due = next_due.into_iter().chain([next.timestamp()]).min();
        let week = crate::domain::day::Day::from(last.date()).week().before();
        let is_timely = now.duration_since(last.timestamp()) <= LATE_MAX;
        // Before the organisation asked for anything there is nothing to say.
        if is_timely
            && session.has_prompts_until(week.sunday()).await?
            && !session.is_summary_queued(week, room.id).await?
        {
            due.push((room, week));
        }
    }
    Ok((due, next_due))
}

/// Queues the summaries that are due, once each. Returns when the next one is.
pub(super) async fn queue_due(app: &App, now: Timestamp) -> anyhow::Result<Option<Timestamp>> {
    let (due, next_due) = due(app, &mut *app.store.read().await?, now).await?;
    if due.is_empty() {
        return Ok(next_due);
    }
    let mut writer = app.store.write().await?;
    for (room, week) in due {
        if writer.add_summary(week, room.id, now).await? {
            let delivery = NewDelivery {
                key: app.chance.key(),
                kind: DeliveryKind::Summary,
                to: Destination::Room(room.address),
                subject: Some(week.0),
                card: None,
                deadline: None,
            };
            writer.enqueue(&delivery, now).await?;
        }
    }
    writer.commit().await?;
    Ok(next_due)
}
