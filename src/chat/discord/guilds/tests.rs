use serde_json::json;

use super::*;

const OWN: UserId = UserId::new(9);

/// A server with a role for the bot and four channels: open, closed to the bot, read only, and a thread in the open one.
fn guild() -> GuildSeen {
    let all = (NEEDED_HERE | Permissions::SEND_MESSAGES | Permissions::SEND_MESSAGES_IN_THREADS)
        .bits()
        .to_string();
    let overwrite = |id: &str, allow: u64, deny: u64| json!([{ "id": id, "type": 0, "allow": allow.to_string(), "deny": deny.to_string() }]);
    let seen = Permissions::VIEW_CHANNEL.bits();
    let send = Permissions::SEND_MESSAGES.bits();
    serde_json::from_value(json!({
        "id": "1", "name": "Logement", "owner_id": "5", "joined_at": "2026-11-01T00:00:00+00:00",
        "roles": [
            { "id": "1", "name": "@everyone", "permissions": "0" },
            { "id": "2", "name": "Relais", "permissions": all },
            { "id": "3", "name": "Coordination", "permissions": "0" },
        ],
        "channels": [
            { "id": "10", "type": 0, "name": "ouvert", "permission_overwrites": [] },
            { "id": "11", "type": 0, "name": "fermé", "permission_overwrites": overwrite("1", 0, seen) },
            { "id": "12", "type": 5, "name": "annonces", "permission_overwrites": overwrite("2", 0, send) },
        ],
        "threads": [{ "id": "13", "type": 11, "name": "fil", "parent_id": "10", "thread_metadata": { "archived": false, "locked": false } }],
        "members": [{ "user": { "id": "9" }, "roles": ["2"] }],
    }))
    .unwrap()
}

const NEEDED_HERE: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES);

fn stands(guilds: &Guilds, channel: u64) -> (bool, bool) {
    match guilds.standing(ChannelId::new(channel)) {
        Found::Stands(stands) => (stands.may_see, stands.may_work),
        other => panic!("{other:?}"),
    }
}

#[test]
fn permissions_are_worked_out_as_discord_does() {
    let guilds = Guilds::default();
    assert_eq!(guilds.standing(ChannelId::new(10)), Found::NotYet);
    let (is_new, changed) = guilds.put(guild(), OWN);
    assert!(is_new);
    assert_eq!(changed.len(), 4);
    assert_eq!(stands(&guilds, 10), (true, true));
    assert_eq!(stands(&guilds, 11), (false, false));
    assert_eq!(stands(&guilds, 12), (true, false));
    assert_eq!(stands(&guilds, 13), (true, true));
    guilds.complete();
    assert_eq!(guilds.standing(ChannelId::new(14)), Found::Unknown);
    let sees = |user: u64, roles: &[u64], channel: u64| {
        let roles: Vec<RoleId> = roles.iter().map(|role| RoleId::new(*role)).collect();
        let permissions = guilds.permissions(ChannelId::new(channel), (UserId::new(user), &roles));
        permissions.unwrap().contains(Permissions::VIEW_CHANNEL)
    };
    assert!(sees(5, &[], 11), "the owner sees all");
    assert!(!sees(6, &[3], 10));
    assert!(sees(6, &[2], 10));
}

#[test]
fn each_change_names_the_channels_that_it_concerns() {
    let guilds = Guilds::default();
    guilds.put(guild(), OWN);
    let id = GuildId::new(1);
    let change = |change: &dyn Fn(&mut Server)| {
        let mut changed = guilds.change(id, change);
        changed.sort_unstable();
        changed.into_iter().map(ChannelId::get).collect::<Vec<_>>()
    };
    assert_eq!(
        change(&|server| server.set_own_roles(vec![RoleId::new(2), RoleId::new(3)])),
        [] as [u64; 0]
    );
    assert_eq!(change(&|server| server.set_own_roles(Vec::new())), [10, 12, 13]);
    assert_eq!(
        change(&|server| server.set_own_roles(vec![RoleId::new(2)])),
        [10, 12, 13]
    );
    assert_eq!(
        change(&|server| server.remove_channel(ChannelId::new(10))),
        [10, 13]
    );
    let threads =
        serde_json::from_value(json!([{ "id": "15", "type": 12, "name": "autre", "parent_id": "12" }]))
            .unwrap();
    assert_eq!(
        guilds.change(id, |server| server.put_threads(&[], threads)),
        [ChannelId::new(15)]
    );
    assert_eq!(guilds.remove(id).len(), 3);
    assert_eq!(guilds.standing(ChannelId::new(12)), Found::NotYet);
}

#[test]
fn a_server_that_is_down_is_no_server_that_is_left() {
    let guilds = Guilds::default();
    guilds.put(guild(), OWN);
    guilds.change(GuildId::new(1), |server| server.is_available = false);
    assert_eq!(guilds.standing(ChannelId::new(10)), Found::Down);
    let (is_new, changed) = guilds.put(guild(), OWN);
    assert!(!is_new);
    assert_eq!(changed.len(), 4);
    // The bot was put out while it was away.
    guilds.complete();
    guilds.keep(&HashSet::new(), |_| true);
    assert_eq!(guilds.standing(ChannelId::new(10)), Found::Unknown);
}
