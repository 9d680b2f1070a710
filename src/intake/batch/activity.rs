//! How a batch moves the activity, and with it the weeks in which people are known to have been active.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    domain::{
        day::{Day, Week},
        id::{PersonId, RoomId},
        presence::Presence,
    },
    store::{self, Writer},
};

/// Moves the activity by what people confirmed and took back by day and room, and their presence with it. Returns those who had
/// never confirmed anything anywhere.
pub(super) async fn move_activity(
    writer: &mut Writer,
    activity: BTreeMap<(Day, PersonId, RoomId), i64>,
) -> store::Result<HashSet<PersonId>> {
    let moves: Vec<_> = activity.into_iter().filter(|(_, moved)| *moved != 0).collect();
    writer.move_activity(&moves).await?;
    let weeks = weeks_of(writer, &moves).await?;
    let people: HashSet<PersonId> = weeks.keys().map(|(person, ..)| *person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let found = writer.list_presences(&people).await?;
    let mut new_people: HashSet<PersonId> = people.into_iter().collect();
    for (person, ..) in &found {
        new_people.remove(person);
    }
    let before: HashMap<(PersonId, RoomId), Presence> = found
        .into_iter()
        .map(|(person, room, presence)| ((person, room), presence))
        .collect();
    let mut after: BTreeMap<(PersonId, RoomId), Option<Presence>> = BTreeMap::new();
    for ((person, room, week), is_active) in weeks {
        let key = (person, room);
        let presence = after.entry(key).or_insert_with(|| before.get(&key).copied());
        *presence = moved(*presence, week, is_active);
    }
    after.retain(|key, presence| presence.as_ref() != before.get(key));
    let changed: Vec<_> = after
        .into_iter()
        .map(|((person, room), presence)| (person, room, presence))
        .collect();
    writer.put_presences(&changed).await?;
    writer
        .mark_elsewhere(&in_several_rooms(&changed, &before))
        .await?;
    Ok(new_people)
}

/// Of those who were never active before in a room where they are now, the ones with another room.
fn in_several_rooms(
    changed: &[(PersonId, RoomId, Option<Presence>)],
    before: &HashMap<(PersonId, RoomId), Presence>,
) -> Vec<PersonId> {
    let mut rooms: HashMap<PersonId, HashSet<RoomId>> = HashMap::new();
    for (person, room) in before.keys() {
        rooms.entry(*person).or_default().insert(*room);
    }
    let mut several = HashSet::new();
    for (person, room, presence) in changed {
        let known = rooms.entry(*person).or_default();
        if presence.is_some() && known.insert(*room) && known.len() > 1 {
            several.insert(*person);
        }
    }
    several.into_iter().collect()
}

fn moved(presence: Option<Presence>, week: Week, is_active: bool) -> Option<Presence> {
    match presence {
        Some(presence) if presence.includes(week) == is_active => Some(presence),
        Some(presence) if is_active => Some(presence.with(week)),
        Some(presence) => presence.without(week),
        None => is_active.then(|| Presence::only(week)),
    }
}

/// Whether people are active, now that the activity moved, in the weeks in which it moved. Whoever confirmed more on some day is;
/// whoever only took back may be by what still stands.
async fn weeks_of(
    writer: &mut Writer,
    moves: &[((Day, PersonId, RoomId), i64)],
) -> store::Result<BTreeMap<(PersonId, RoomId, Week), bool>> {
    let mut weeks: BTreeMap<(PersonId, RoomId, Week), bool> = BTreeMap::new();
    for ((day, person, room), moved) in moves {
        *weeks.entry((*person, *room, day.week())).or_default() |= *moved > 0;
    }
    let doubtful: Vec<_> = weeks
        .iter()
        .filter(|(_, is_active)| !**is_active)
        .map(|(week, _)| *week)
        .collect();
    for active in writer.list_active(&doubtful).await? {
        weeks.insert(active, true);
    }
    Ok(weeks)
}
