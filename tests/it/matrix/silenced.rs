//! Rooms where the bot may not write, or not any more.

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::NewRoom,
};

#[tokio::test]
async fn where_it_may_not_write_that_is_told_and_what_is_due_waits() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    posted(&organisation).await;
    let it = organisation.bot.account.id.as_str();
    let Organisation {
        marie,
        claire,
        ines,
        coordination,
        quartier,
        ..
    } = &organisation;
    let mut levels = marie.state(quartier, "m.room.power_levels", "").await;
    levels["events_default"] = 50.into();
    marie
        .sets_state(quartier, "m.room.power_levels", "", levels)
        .await;
    let told = "The bot may no longer write in quartier";
    claire.hears(coordination, it, told).await;
    organisation
        .asks(marie, coordination, "room list", "the bot may not do its work")
        .await;
    for (command, told) in [("ask approve 2", "No. 2 is approved"), ("ask post 2", "No. 2")] {
        organisation.asks(claire, coordination, command, told).await;
    }
    marie.sets_power(quartier, it, 50).await;
    ines.hears(quartier, it, "Signez la pétition.").await;
    let said = claire.history(coordination).await.into_iter();
    let said = said.filter(|message| message.sender == it && message.body.contains(told));
    assert_eq!(said.count(), 1);
}

#[tokio::test]
async fn a_prompt_that_cannot_be_taken_back_is_told_of() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let prompt = posted(&organisation).await;
    let it = organisation.bot.account.id.as_str();
    let Organisation {
        marie,
        claire,
        ines,
        coordination,
        quartier,
        ..
    } = &organisation;
    // An upgrade leaves nobody but admins the right to write in the old room.
    let next = marie.upgrades(quartier, "12").await;
    marie.invites(&next, it).await;
    let moved = "quartier was upgraded, and the bot has moved along";
    claire.hears(coordination, it, moved).await;
    organisation
        .asks(claire, coordination, "ask withdraw 1", "No. 1 is withdrawn")
        .await;
    let told = claire.hears(coordination, it, "could not delete it").await;
    assert!(
        told.body.contains("the room that quartier was before") && told.body.contains(&prompt.id),
        "{}",
        told.body
    );
    let standing = ines.history(quartier).await.into_iter();
    let standing = standing.filter(|message| message.id == prompt.id && !message.is_redacted);
    assert_eq!(standing.count(), 1);
}
