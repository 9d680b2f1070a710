//! The gateway: what happens comes in order, whatever becomes of the connection, and what is refused is told with what to do about it.

use std::time::Duration;

use relais::chance::Chance;
use relais::chat::{Event, Platform, Rejected, RoomStanding, SendError};
use relais::domain::room::Absence;

use super::{
    adapter::{Adapter, access, message, prompt, room},
    model::{
        Id, Model, PLANTED, State,
        faults::Failures,
        gateway::{Arrival, Audience},
        message::Way,
        permission,
    },
};

#[tokio::test]
async fn reactions_come_in_order_through_cuts_and_new_sessions() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let (marie, omar) = (model.user("Marie", "fr"), model.user("Omar", "en-US"));
    guild.admit(&[&marie, &omar]);
    let mut bot = Adapter::start(&model).await;
    let at = bot.sends(channel, &prompt(), "k").await;
    let marie_did = |given| (marie.id.0.to_string(), "✅".to_owned(), given);
    for _ in 0..20 {
        marie.react(at, "✅");
        marie.unreact(at, "✅");
    }
    for _ in 0..20 {
        assert_eq!(bot.reacted().await, marie_did(true));
        assert_eq!(bot.reacted().await, marie_did(false));
    }
    // What happens while the connection is cut is told once it is taken up again.
    model.cut_gateway();
    marie.react(at, "✅");
    omar.react(at, "❤️");
    assert_eq!(bot.reacted().await, marie_did(true));
    let (account, key, given) = bot.reacted().await;
    assert_eq!(
        (account, key.as_str(), given),
        (omar.id.0.to_string(), "❤️", true)
    );
    bot.connected().await;
    model.op7();
    marie.unreact(at, "✅");
    assert_eq!(bot.reacted().await, marie_did(false));
    bot.connected().await;
    // A session that is over is followed by another: what happened meanwhile is read.
    model.refuse_resume();
    model.cut_gateway();
    omar.unreact(at, "❤️");
    marie.react(at, "✅");
    bot.connected().await;
    let seen = bot.discord.reactions(&room(channel), &message(at)).await.unwrap();
    let seen: Vec<(String, String)> = seen
        .into_iter()
        .map(|seen| (seen.sender.account, seen.key))
        .collect();
    assert_eq!(seen, [(marie.id.0.to_string(), "✅".to_owned())]);
    marie.unreact(at, "✅");
    assert_eq!(bot.reacted().await, marie_did(false));
}

#[tokio::test]
async fn every_reaction_is_read_but_the_bots_own() {
    let model = Model::start().await;
    model.switch_limits_off();
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let bot = Adapter::start(&model).await;
    let at = bot.sends(channel, &prompt(), "k").await;
    let (room, message) = (room(channel), message(at));
    bot.discord
        .react(&room, &message, &["✅".to_owned(), "☎️".to_owned()])
        .await
        .unwrap();
    let people: Vec<_> = (0..230)
        .map(|number| model.user(&format!("P{number}"), "fr"))
        .collect();
    guild.admit(&people.iter().collect::<Vec<_>>());
    for (number, person) in people.iter().enumerate() {
        let way = if number % 3 == 0 { Way::Burst } else { Way::Normal };
        person.react_as(at, "✅", way);
    }
    people[0].react(at, "👎");
    let seen = bot.discord.reactions(&room, &message).await.unwrap();
    let of = |key: &str| seen.iter().filter(|seen| seen.key == key).count();
    assert_eq!((of("✅"), of("👎"), seen.len()), (230, 1, 231));
    let accounts: std::collections::BTreeSet<&str> =
        seen.iter().map(|seen| seen.sender.account.as_str()).collect();
    assert_eq!(accounts.len(), 230);
    assert!(seen.iter().all(|seen| seen.sender.name.starts_with('P')));
}

#[tokio::test]
async fn how_the_bot_stands_is_known_and_each_change_told() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let (channel, other) = (guild.channel("relais"), guild.channel("autre"));
    let thread = guild.thread(channel, "fil");
    let mut bot = Adapter::start(&model).await;
    let stands = async |bot: &Adapter, channel: Id| bot.discord.room_standing(&room(channel)).await;
    let present = |name: &str| RoomStanding::Present {
        name: Some(name.to_owned()),
    };
    assert_eq!(stands(&bot, channel).await, present("relais"));
    assert_eq!(stands(&bot, thread).await, present("fil"));

    guild.deny(channel, permission::SEND_MESSAGES);
    bot.changes(channel).await;
    assert_eq!(
        stands(&bot, channel).await,
        RoomStanding::Absent(Absence::Silenced)
    );
    assert_eq!(stands(&bot, other).await, present("autre"));
    guild.undo_deny(channel);
    bot.changes(channel).await;
    assert_eq!(stands(&bot, channel).await, present("relais"));

    guild.deny(channel, permission::VIEW_CHANNEL);
    bot.changes(channel).await;
    assert_eq!(
        stands(&bot, channel).await,
        RoomStanding::Absent(Absence::Removed)
    );
    guild.undo_deny(channel);
    bot.changes(channel).await;

    guild.delete_channel(other);
    bot.changes(other).await;
    assert_eq!(stands(&bot, other).await, RoomStanding::Absent(Absence::Gone));

    guild.remove_bot();
    bot.changes(channel).await;
    assert_eq!(
        stands(&bot, channel).await,
        RoomStanding::Absent(Absence::Removed)
    );
    let refused = bot.discord.send(&room(channel), &prompt(), "k").await;
    assert!(matches!(refused, Err(SendError::Absent(_))), "{refused:?}");
    guild.invite_bot();
    bot.next("it came in", |event| {
        matches!(event, Event::Entered { .. }).then_some(())
    })
    .await;
    bot.connected().await;
    assert_eq!(stands(&bot, channel).await, present("relais"));
}

#[tokio::test]
async fn roles_count_as_discord_counts_them() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let (marie, omar, away) = (
        model.user("Marie", "fr"),
        model.user("Omar", "fr"),
        model.user("Eve", "fr"),
    );
    guild.admit(&[&marie, &omar]);
    let role = guild.role("Coordination", 0);
    guild.appoint(&marie, &[role]);
    model.guild("Autre").role("Autre", 0);
    let bot = Adapter::start(&model).await;
    let named = |text: &str| {
        let named = bot.discord.standing_named(&room(channel), text);
        named.map(|standing| (standing.value, standing.name))
    };
    let coordination = Some((role.0.to_string(), "Coordination".to_owned()));
    for text in [
        "Coordination",
        "@Coordination",
        &format!("<@&{}>", role.0),
        &role.0.to_string(),
    ] {
        assert_eq!(named(text), coordination, "{text}");
    }
    // What another server has is none of this one, and what everybody is, is no role.
    let everybody = guild.id.0.to_string();
    for text in [
        "Autre",
        "@everyone",
        "everyone",
        &everybody,
        &format!("<@&{everybody}>"),
    ] {
        assert_eq!(named(text), None, "{text}");
    }
    let account = |id: Id| id.0.to_string();
    let has = async |id: Id| {
        let standing = role.0.to_string();
        bot.discord
            .has_standing(&room(channel), &account(id), &standing)
            .await
    };
    assert_eq!(has(marie.id).await, Some(true));
    assert_eq!(has(omar.id).await, Some(false));
    assert_eq!(has(away.id).await, Some(false));
    // While Discord will not tell, what it told last holds, and of others nothing is known: that is not the same as having no role.
    let ines = model.user("Inès", "fr");
    guild.admit(&[&ines]);
    guild.appoint(&ines, &[role]);
    let fail = |failures| model.look(|state| state.faults.failures = failures);
    fail(Some(Failures {
        per_mille: 1_000,
        status: 403,
        chance: Chance::from_system(),
        is_done: false,
        left: None,
    }));
    assert_eq!(has(marie.id).await, Some(true));
    assert_eq!(has(ines.id).await, None);
    fail(None);
    assert_eq!(has(ines.id).await, Some(true));
    let rooms = [room(channel)];
    assert!(bot.discord.is_member(&account(omar.id), &rooms).await);
    assert!(!bot.discord.is_member(&account(away.id), &rooms).await);
    assert_eq!(bot.discord.spaces().await.len(), 2);
}

#[tokio::test]
async fn a_bot_that_discord_will_not_have_is_told_what_to_do() {
    let model = Model::start().await;
    let wrong = access(&model, Duration::from_secs(20));
    let wrong = relais::chat::discord::Access {
        token: "wrong".to_owned().into(),
        ..wrong
    };
    let mut bot = Adapter::begin(&model, wrong);
    let ended = (&mut bot.running).await.unwrap().unwrap_err();
    assert!(ended.is::<Rejected>());
    let asked = model.requests().len();
    let sent = bot.discord.send(&room(Id(1)), &prompt(), "k").await;
    assert!(matches!(sent, Err(SendError::Retry { .. })));
    assert_eq!(model.requests().len(), asked, "nothing more is asked");

    let mut bot = Adapter::start(&model).await;
    model.revoke_token();
    let ended = (&mut bot.running).await.unwrap().unwrap_err();
    let told = ended.downcast::<Rejected>().unwrap().to_string();
    assert!(
        told.contains("Reset Token") && told.contains("discord.token_file"),
        "{told}"
    );
}

#[tokio::test]
async fn closed_for_what_it_wants_to_know_it_does_not_try_again() {
    let model = Model::start().await;
    let mut bot = Adapter::start(&model).await;
    model.close_gateway(4014, "Disallowed intent(s).");
    let ended = (&mut bot.running).await.unwrap().unwrap_err();
    assert!(ended.is::<Rejected>());
    assert!(ended.to_string().contains("4014"), "{ended}");
}

#[tokio::test]
async fn one_refusal_of_the_token_is_asked_about_once_more() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let mut bot = Adapter::start(&model).await;
    // One fault of whatever stands before Discord.
    model.fail_next(1, 401);
    let refused = bot.discord.send(&room(channel), &prompt(), "a").await;
    assert!(matches!(refused, Err(SendError::Retry { .. })), "{refused:?}");
    let asked_again = |state: &mut State| (state.journal.of("GET", "/gateway/bot").count() > 1).then_some(());
    model.until("it is asked once more", asked_again).await;
    let sent = async {
        while bot.discord.send(&room(channel), &prompt(), "a").await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(super::PATIENCE, sent).await.unwrap();
    assert_eq!(model.messages(channel).len(), 1);

    // A token that was revoked, with a gateway that goes on.
    model.look(|state| state.faults.is_token_revoked = true);
    let refused = bot.discord.send(&room(channel), &prompt(), "b").await;
    assert!(matches!(refused, Err(SendError::Retry { .. })), "{refused:?}");
    let ended = (&mut bot.running).await.unwrap().unwrap_err();
    assert!(ended.to_string().contains("Reset Token"), "{ended}");
}

#[tokio::test]
async fn sessions_that_end_at_once_are_asked_about() {
    let model = Model::start().await;
    model.set_identify_spacing(Duration::ZERO);
    let mut bot = Adapter::start(&model).await;
    let asked = |model: &Model| model.look(|state| state.journal.of("GET", "/gateway/bot").count());
    for ended in 1..=3 {
        assert_eq!(asked(&model), 1, "{ended}");
        model.op9();
        bot.connected().await;
    }
    assert_eq!(asked(&model), 2);
}

#[tokio::test]
async fn too_many_servers_for_one_connection_are_met_with_more_and_read_once_all_are_there() {
    let model = Model::start().await;
    model.set_identify_spacing(Duration::ZERO);
    let mut bot = Adapter::start(&model).await;
    model.set_shards(2);
    model.close_gateway(4011, "Sharding required.");
    let have_come = |wanted: usize| {
        move |state: &mut State| {
            let arrivals = state.gateway.arrivals.iter();
            let of_two = arrivals
                .filter(|arrival| matches!(arrival, Arrival::Identified { shard, .. } if shard.count == 2));
            (of_two.count() >= wanted).then_some(())
        }
    };
    model.until("the first of two is there", have_come(1)).await;
    // It is taken up again before the second has come: that one's servers are not known yet.
    model.cut_gateway();
    bot.connected().await;
    model.look(|state| {
        assert!(have_come(2)(state).is_some());
        let mut arrivals = state.gateway.arrivals.iter();
        assert!(arrivals.any(|arrival| matches!(arrival, Arrival::Resumed { .. })));
    });
}

#[tokio::test]
async fn what_a_moderator_clears_is_told_with_its_message() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let marie = model.user("Marie", "fr");
    guild.admit(&[&marie]);
    let mut bot = Adapter::start(&model).await;
    let at = bot.sends(channel, &prompt(), "k").await;
    for emoji in [None, Some("✅")] {
        marie.react(at, "✅");
        model.clear_reactions(at, emoji);
        let cleared = |event| match event {
            Event::Cleared { address, message } => Some((address, message)),
            Event::Connected { .. } => panic!("all is read again"),
            _ => None,
        };
        let told = bot.next("reactions are cleared", cleared).await;
        assert_eq!(told, (room(channel), message(at)));
    }
}

#[tokio::test]
async fn what_the_bot_cannot_read_is_held_against_the_test() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let marie = model.user("Marie", "fr");
    guild.admit(&[&marie]);
    let mut bot = Adapter::start(&model).await;
    let at = bot.sends(channel, &prompt(), "k").await;
    let nonsense = serde_json::json!({ "guild_id": guild.id, "emoji": 12 });
    model.look(|state| state.dispatch(Audience::Guild(guild.id), PLANTED, &nonsense));
    marie.react(at, "✅");
    bot.reacted().await;
    let held = Model::take_unreadable(true);
    assert!(
        matches!(held.as_slice(), [line] if line.contains(PLANTED)),
        "{held:?}"
    );
}
