//! The rooms as they change: who may have the bot come, what is said when it came, and what becomes of a room where it cannot work.
//!
//! How the bot stands in a room is asked of the platform, at each connection and whenever it says that something changed, and
//! compared with what was known: so what happened while the bot was away is noticed too, and each thing is told once.

mod absence;
mod entry;
mod invitation;
mod telling;

use std::{collections::BTreeSet, mem, sync::Arc, time::Duration};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    chat::{Card, Platform, RoomStanding, SendError},
    command,
    domain::{
        id::GroupId,
        room::{Absence, Purpose, Room, RoomAddress},
        text::{clean_line, shortened},
    },
    i18n::Voice,
    store,
};

use absence::Lost;
pub(crate) use entry::greet;
pub(crate) use invitation::answer as answer_invitation;
pub(crate) use telling::tell;

/// How long to wait before rooms that could not be looked at are looked at again.
const AGAIN_AFTER: Duration = Duration::from_secs(5);
/// How long what is told of several rooms may take to come together.
const TOGETHER: Duration = Duration::from_millis(200);
/// The longest name of a room that is kept, in letters.
const NAME_MAX: usize = 80;

/// The rooms that are to be looked at again.
#[derive(Debug, Default)]
pub(crate) struct ChangedRooms {
    /// The platforms of which it is every room.
    platforms: BTreeSet<String>,
    rooms: BTreeSet<RoomAddress>,
}

impl ChangedRooms {
    fn concern(&self, platform: &str) -> bool {
        self.platforms.contains(platform) || self.rooms.iter().any(|room| room.platform == platform)
    }

    fn take(&mut self, platform: &str) -> Self {
        let (own, others) = mem::take(&mut self.rooms)
            .into_iter()
            .partition(|room| room.platform == platform);
        self.rooms = others;
        Self {
            platforms: self.platforms.take(platform).into_iter().collect(),
            rooms: own,
        }
    }
}

/// Has a room looked at again.
pub(crate) fn look_at(app: &App, room: RoomAddress) {
    app.changed_rooms().send_modify(|changed| {
        changed.rooms.insert(room);
    });
}

/// Has every room of a platform looked at again.
pub(crate) fn look_at_all(app: &App, platform: &str) {
    app.changed_rooms().send_modify(|changed| {
        changed.platforms.insert(platform.to_owned());
    });
}

/// What people call a room, as it is kept and shown: they type its name, too.
pub(crate) fn shown_name(name: &str) -> String {
    shortened(&clean_line(name), NAME_MAX)
}

/// Looks at the rooms of a platform when they may have changed, until told to stop. Whoever reads the platform again is told through
/// `connected` when the bot is back in a room.
pub(crate) async fn run(
    app: Arc<App>,
    platform: Arc<dyn Platform>,
    connected: watch::Sender<u64>,
    stop: CancellationToken,
) {
    let name = platform.name();
    let keeper = Keeper {
        app: &app,
        platform: platform.as_ref(),
        connected: &connected,
    };
    let mut changes = app.changed_rooms().subscribe();
    loop {
        let waiting = changes.wait_for(|changed| changed.concern(name));
        let is_there = stop.run_until_cancelled(waiting).await;
        if is_there.is_none_or(|changed| changed.is_err()) {
            return;
        }
        // What happens to a whole server is told of room by room, and coordinators are told of it once.
        if stop
            .run_until_cancelled(tokio::time::sleep(TOGETHER))
            .await
            .is_none()
        {
            return;
        }
        let mut changed = ChangedRooms::default();
        app.changed_rooms().send_modify(|all| changed = all.take(name));
        match stop.run_until_cancelled(keeper.look(changed)).await {
            None => return,
            Some(left) if left.is_empty() => {}
            Some(left) => {
                if stop
                    .run_until_cancelled(tokio::time::sleep(AGAIN_AFTER))
                    .await
                    .is_none()
                {
                    return;
                }
                for room in left {
                    look_at(&app, room);
                }
            }
        }
    }
}

/// Whoever looks at the rooms of a platform.
struct Keeper<'a> {
    app: &'a App,
    platform: &'a dyn Platform,
    connected: &'a watch::Sender<u64>,
}

impl Keeper<'_> {
    /// Looks at rooms. Returns those that are to be looked at once more.
    async fn look(&self, changed: ChangedRooms) -> Vec<RoomAddress> {
        let looked = async {
            let mut rooms = changed.rooms.clone();
            if !changed.platforms.is_empty() {
                let linked = self.app.store.read().await?.list_rooms().await?;
                let addresses = linked.into_iter().map(|room| room.address);
                rooms.extend(addresses.filter(|address| address.platform == self.platform.name()));
            }
            self.fill_groups(&changed).await?;
            store::Result::Ok(rooms)
        };
        let rooms = match looked.await {
            Ok(rooms) => rooms,
            Err(error) => {
                complain(&error.into());
                if !changed.platforms.is_empty() {
                    look_at_all(self.app, self.platform.name());
                }
                return changed.rooms.into_iter().collect();
            }
        };
        let (mut left, mut lost) = (Vec::new(), Vec::new());
        for room in rooms {
            match self.look_at(&room).await {
                Ok(absent) => lost.extend(absent),
                Err(error) => {
                    complain(&error);
                    left.push(room);
                }
            }
        }
        if let Err(error) = absence::note(self.app, &lost).await {
            complain(&error.into());
            left.extend(lost.into_iter().map(|lost| lost.room.address));
        }
        left
    }

    /// Looks at a room. Returns that the bot cannot work in it, where it cannot.
    async fn look_at(&self, address: &RoomAddress) -> anyhow::Result<Option<Lost>> {
        let mut reader = self.app.store.read().await?;
        let room = match reader.find_room(address).await? {
            Some(room) => Some(room),
            None => reader.find_room_moved_to(address).await?,
        };
        drop(reader);
        let Some(room) = room else { return Ok(None) };
        match self.platform.room_standing(&room.address).await {
            RoomStanding::Unknown => {}
            RoomStanding::Present { name } => self.is_present(room, name).await?,
            RoomStanding::Absent(absence) => {
                return Ok(Some(Lost {
                    room,
                    absence,
                    moved_to: None,
                }));
            }
            RoomStanding::Replaced { by } => match self.platform.follow(&room.address, &by).await {
                Ok(()) => self.moved(room, by).await?,
                Err(SendError::Refused(error) | SendError::Absent(error)) => {
                    tracing::info!(
                        room.id = room.id.0,
                        error = &*error as &dyn std::error::Error,
                        "the bot is not let into the room that follows another"
                    );
                    return Ok(Some(Lost {
                        room,
                        absence: Absence::Moved,
                        moved_to: Some(by),
                    }));
                }
                Err(error) => return Err(error.into()),
            },
        }
        Ok(None)
    }

    /// The bot works in a room: again, perhaps, and perhaps under another name. What stands there is read once more then.
    async fn is_present(&self, room: Room, name: Option<String>) -> anyhow::Result<()> {
        let name = name.map(|name| shown_name(&name));
        let name = name.filter(|name| !name.is_empty() && *name != room.name);
        let absence = self.app.store.read().await?.find_absence(room.id).await?;
        if absence.is_none() && name.is_none() {
            return Ok(());
        }
        let mut writer = self.app.store.write().await?;
        if let Some(name) = name {
            writer.rename_room(room.id, &name).await?;
        }
        if let Some((_, since)) = absence {
            writer.clear_absence(room.id).await?;
            for prompt in writer.list_prompts_open_since(room.id, since).await? {
                let (key, now) = (self.app.chance.key(), self.app.clock.now());
                writer
                    .enqueue_refresh(&key, prompt.ask, prompt.occasion, now)
                    .await?;
            }
            // Nothing there ends before it is read.
            self.app.open_gap(self.platform.name(), since);
        }
        writer.commit().await?;
        if absence.is_some() {
            tracing::info!(room.id = room.id.0, "the bot is back in a room");
            self.connected.send_modify(|count| *count += 1);
        }
        Ok(())
    }

    /// A room goes on as another one.
    async fn moved(&self, room: Room, to: RoomAddress) -> anyhow::Result<()> {
        let mut writer = self.app.store.write().await?;
        if writer.find_room(&to).await?.is_some() {
            // Somebody was quicker and linked it by hand.
            writer.lose_room(&room.address).await?;
            writer.commit().await?;
            return Ok(());
        }
        writer.move_room(&room, &to).await?;
        let name = &room.name;
        let words = |voice: &Voice| Card::paragraph(voice.notice_room_moved(name));
        let now = self.app.clock.now();
        command::enqueue_offer(self.app, &mut writer, &to, now).await?;
        telling::tell(self.app, &mut writer, &room, (now, words)).await?;
        writer.commit().await?;
        tracing::info!(room.id = room.id.0, "a room moved");
        look_at(self.app, to);
        Ok(())
    }

    /// Puts rooms of volunteers that have no group in the one that a space of theirs stands for.
    async fn fill_groups(&self, changed: &ChangedRooms) -> store::Result<()> {
        let mut reader = self.app.store.read().await?;
        let spaces = reader.list_group_spaces().await?;
        let concerns = |(space, _): &(RoomAddress, GroupId)| {
            changed.platforms.contains(&space.platform) || changed.rooms.contains(space)
        };
        if !spaces.iter().any(concerns) {
            return Ok(());
        }
        let rooms = reader.list_rooms_for(Purpose::Volunteers).await?;
        drop(reader);
        let mut found = Vec::new();
        for room in rooms {
            if room.group.is_none()
                && room.address.platform == self.platform.name()
                && let Some(group) = group_among(self.platform, &spaces, &room.address).await
            {
                found.push((room.id, group));
            }
        }
        if found.is_empty() {
            return Ok(());
        }
        let mut writer = self.app.store.write().await?;
        for (room, group) in found {
            writer.set_room_group(room, group).await?;
        }
        writer.commit().await
    }
}

/// The group that a space of a room stands for.
pub(crate) async fn group_by_space(app: &App, room: &RoomAddress) -> store::Result<Option<GroupId>> {
    let spaces = app.store.read().await?.list_group_spaces().await?;
    match app.platform(&room.platform) {
        Some(platform) if !spaces.is_empty() => Ok(group_among(platform.as_ref(), &spaces, room).await),
        _ => Ok(None),
    }
}

async fn group_among(
    platform: &dyn Platform,
    spaces: &[(RoomAddress, GroupId)],
    room: &RoomAddress,
) -> Option<GroupId> {
    let own = platform.spaces_of(room).await;
    let stands = spaces.iter().find(|(space, _)| own.contains(space));
    stands.map(|(_, group)| *group)
}

fn complain(error: &anyhow::Error) {
    let error = &**error as &dyn std::error::Error;
    tracing::warn!(error, "a room could not be looked at; it is looked at again");
}
