//! What somebody may do: by the configuration, by what was granted to them, and by their standing in rooms.

use crate::{
    app::App,
    domain::{
        role::{Authority, Grant, Role},
        room::RoomAddress,
    },
    store::{self, Session},
};

/// What somebody may do now, as far as it can be found out.
pub(crate) struct Held {
    pub authority: Authority,
    /// Whether that is all: a platform may not be able to say how somebody stands in a room.
    pub is_certain: bool,
}

/// What whoever has this account on this platform may do now. A standing that is lost is lost at once. Platforms may have to be asked for
/// it, each time in each of their servers.
pub(crate) async fn of(app: &App, platform: &str, account: &str) -> store::Result<Held> {
    let mut reader = app.store.read().await?;
    let mut authority = match reader.find_account(platform, account).await? {
        Some(known) => reader.load_authority(known.person).await?,
        None => Authority::default(),
    };
    let by_standing = reader.list_standing_roles(platform).await?;
    drop(reader);
    let is_named = |(on, id): &(String, String)| on == platform && *id == account;
    if app.settings.admins.iter().any(is_named) {
        authority.0.push(Grant {
            role: Role::Admin,
            group: None,
        });
    }
    let mut is_certain = true;
    if let Some(platform) = app.platform(platform) {
        for given in by_standing {
            if authority.0.contains(&given.grant) {
                continue;
            }
            let stands = platform.has_standing(&given.address, account, &given.standing);
            match stands.await {
                Some(true) => authority.0.push(given.grant),
                Some(false) => {}
                None => is_certain = false,
            }
        }
    }
    Ok(Held {
        authority,
        is_certain,
    })
}

/// Whether an account is in a room that is linked.
pub(crate) async fn is_in_a_room(app: &App, platform: &str, account: &str) -> store::Result<bool> {
    let linked = app.store.read().await?.list_rooms().await?;
    let rooms: Vec<RoomAddress> = linked
        .into_iter()
        .map(|room| room.address)
        .filter(|address| address.platform == platform)
        .collect();
    match app.platform(platform) {
        Some(platform) => Ok(platform.is_member(account, &rooms).await),
        None => Ok(false),
    }
}

/// The accounts on a platform of those who are admins by the configuration or by grant.
pub(crate) async fn admins(app: &App, session: &mut Session, platform: &str) -> store::Result<Vec<String>> {
    let configured = app.settings.admins.iter().filter(|(on, _)| on == platform);
    let mut accounts: Vec<String> = configured.map(|(_, account)| account.clone()).collect();
    let granted = session.list_holders(Role::Admin, platform).await?;
    accounts.extend(granted.into_iter().map(|account| account.external));
    accounts.sort();
    accounts.dedup();
    Ok(accounts)
}
