//! Rooms where the bot cannot work: each is noted, and coordinators are told once of all that were lost together.

use crate::{
    app::App,
    chat::Card,
    domain::room::{Absence, Room, RoomAddress},
    i18n::Voice,
    notice, store,
};

use super::telling;

/// A room where the bot cannot work.
pub(super) struct Lost {
    pub room: Room,
    pub absence: Absence,
    /// The room that follows it, where the bot may not enter that.
    pub moved_to: Option<RoomAddress>,
}

/// Notes rooms where the bot cannot work, and tells coordinators of those that are news. All are noted first: nobody is told in a room
/// that is among them.
pub(super) async fn note(app: &App, lost: &[Lost]) -> store::Result<()> {
    if lost.is_empty() {
        return Ok(());
    }
    let mut writer = app.store.write().await?;
    let now = app.clock.now();
    let mut news: Vec<&Lost> = Vec::new();
    for one in lost {
        let known = writer.find_absence(one.room.id).await?;
        if known.is_none_or(|(known, _)| known != one.absence) {
            writer
                .set_absence(one.room.id, one.absence, one.moved_to.as_ref(), now)
                .await?;
            news.push(one);
        }
    }
    for of_kind in alike(&news) {
        let words = |voice: &Voice| Card::paragraph(words(voice, &of_kind));
        if let [first, ..] = of_kind.as_slice() {
            telling::tell(app, &mut writer, &first.room, (now, words)).await?;
        }
    }
    writer.commit().await?;
    for Lost { room, absence, .. } in news {
        tracing::warn!(room.id = room.id.0, %absence, "the bot cannot work in a room");
    }
    Ok(())
}

/// Those that the same people are told of in the same words.
fn alike<'a>(lost: &[&'a Lost]) -> Vec<Vec<&'a Lost>> {
    let mut kinds: Vec<Vec<&Lost>> = Vec::new();
    for one in lost {
        let is_alike =
            |kind: &&mut Vec<&Lost>| kind[0].absence == one.absence && kind[0].room.group == one.room.group;
        match kinds.iter_mut().find(is_alike) {
            Some(kind) => kind.push(one),
            None => kinds.push(vec![one]),
        }
    }
    kinds
}

fn words(voice: &Voice, lost: &[&Lost]) -> String {
    let [Lost { room, absence, .. }] = lost else {
        let names: Vec<String> = lost.iter().map(|lost| lost.room.name.clone()).collect();
        let why = lost.first().map_or(Absence::Removed, |lost| lost.absence);
        return voice.notice_rooms_absent(notice::room_names(voice, &names), voice.value_absence(why.code()));
    };
    let (platform, name) = (&room.address.platform, &room.name);
    match absence {
        Absence::Removed => voice.notice_room_removed(platform, name),
        Absence::Barred => voice.notice_room_barred(name),
        Absence::Moved => voice.notice_room_moved_without_us(name),
        Absence::Empty => voice.notice_room_empty(name),
        Absence::Silenced => voice.notice_room_silenced(platform, name),
        Absence::Gone => voice.notice_room_gone(name),
    }
}
