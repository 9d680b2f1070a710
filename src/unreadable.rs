//! Rooms whose encrypted messages cannot be read: counted, and told once until they can be read again.

use crate::{
    app::App,
    chat::{Card, Event, Place},
    i18n::Voice,
    notice::tell_room,
    store,
};

/// Notes that a room cannot be read, or can again. Nobody waits for it, so what fails is logged.
pub(crate) async fn note(app: &App, event: Event) {
    let noted = match event {
        Event::Unreadable { place, messages } => note_unreadable(app, &place, messages).await,
        Event::Readable { place, messages } => note_readable(app, &place, messages).await,
        _ => Ok(()),
    };
    if let Err(error) = noted {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "what can be read of a room is not noted"
        );
    }
}

/// Counts messages that could not be read, and tells their room in its language where it was not told yet. Rooms that are not linked are
/// nobody's business.
async fn note_unreadable(app: &App, place: &Place, messages: usize) -> store::Result<()> {
    let now = app.clock.now();
    let mut writer = app.store.write().await?;
    let Some(room) = writer.find_room(&place.address).await? else {
        return Ok(());
    };
    let messages = i64::try_from(messages).unwrap_or(i64::MAX);
    if writer.add_unreadable(room.id, messages, now).await? {
        let words = |voice: &Voice| Card::paragraph(voice.notice_unreadable());
        tell_room(app, &mut writer, room, (now, words)).await?;
    }
    writer.commit().await
}

/// Notes that a room can be read again.
async fn note_readable(app: &App, place: &Place, read_late: usize) -> store::Result<()> {
    let mut writer = app.store.write().await?;
    if let Some(room) = writer.find_room(&place.address).await? {
        let read_late = i64::try_from(read_late).unwrap_or(i64::MAX);
        writer.set_readable(room.id, read_late).await?;
        writer.commit().await?;
    }
    Ok(())
}
