//! The story of the main job on Matrix: a calendar dropped in the coordination room, an approval, a prompt, reactions in two
//! languages, one taken back, the numbers.

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::NewRoom,
};

async fn tell(homeserver: &Homeserver, quartier: NewRoom) {
    let organisation = Organisation::found(homeserver, quartier).await;
    let prompt = posted(&organisation).await;
    assert_eq!(prompt.kind, "m.text");
    assert!(
        prompt.body.contains("Ask for the rent registry."),
        "{}",
        prompt.body
    );
    assert!(prompt.mentions.is_empty());
    let Organisation {
        marie,
        ines,
        omar,
        coordination,
        quartier,
        ..
    } = &organisation;
    let of_ines = ines.reacts(quartier, &prompt.id, "✅").await;
    // Some clients ask for the coloured form of an emoji.
    omar.reacts(quartier, &prompt.id, "✅\u{FE0F}").await;
    organisation.shows(&prompt, "2 people shared it.").await;
    ines.redacts(quartier, &of_ines).await;
    organisation.shows(&prompt, "One person shared it.").await;
    organisation
        .asks(marie, coordination, "stats", "by one person")
        .await;
    organisation.counts(1).await;
    let campaigns = organisation
        .bot
        .store()
        .await
        .read()
        .await
        .unwrap()
        .list_campaigns()
        .await;
    let slugs: Vec<String> = campaigns
        .unwrap()
        .into_iter()
        .map(|campaign| campaign.slug)
        .collect();
    assert_eq!(slugs, ["registre"], "an old command was obeyed");
}

#[tokio::test]
async fn the_main_job_is_done_in_plain_and_in_encrypted_rooms() {
    for room in [NewRoom::plain("quartier"), NewRoom::encrypted("quartier")] {
        let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
            return;
        };
        tell(&homeserver, room).await;
    }
}

#[tokio::test]
async fn what_happens_while_it_is_away_is_counted_when_it_is_back() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let prompt = posted(&organisation).await;
    let early = organisation
        .ines
        .reacts(&organisation.quartier, &prompt.id, "✅")
        .await;
    organisation.shows(&prompt, "One person shared it.").await;
    organisation.bot.kill().await;
    let Organisation {
        ines, omar, quartier, ..
    } = &organisation;
    ines.redacts(quartier, &early).await;
    ines.reacts(quartier, &prompt.id, "💤").await;
    omar.reacts(quartier, &prompt.id, "✅").await;
    let late = ines.reacts(quartier, &prompt.id, "✅").await;
    organisation.bot.start_again();
    organisation.shows(&prompt, "2 people shared it.").await;
    let Organisation { ines, quartier, .. } = &organisation;
    // What was given while it was away can be taken back, too.
    ines.redacts(quartier, &late).await;
    organisation.shows(&prompt, "One person shared it.").await;
    organisation.counts(1).await;
    let prompts = ines.history(quartier).await.into_iter();
    let prompts = prompts.filter(|message| message.sender == organisation.bot.account.id);
    assert_eq!(prompts.count(), 1);
}
