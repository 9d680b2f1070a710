//! A second opinion on what Relais posts: matrix-js-sdk, which is what most people's clients are made of.

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, People, Words, second::Sight},
};

#[tokio::test]
async fn the_second_client_reads_and_counts_what_the_bot_posts() {
    for quartier in [NewRoom::plain("quartier"), NewRoom::encrypted("quartier")] {
        let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
            return;
        };
        let Some(people) = People::second(&homeserver) else {
            return;
        };
        tell(&homeserver, &people, quartier).await;
    }
}

/// Zoé, who has the second client, is one of the volunteers.
async fn tell(homeserver: &Homeserver, people: &People, quartier: NewRoom) {
    let is_encrypted = quartier.is_encrypted();
    let zoe = people.person("zoe").await;
    let organisation = Organisation::found(homeserver, quartier).await;
    let (it, device) = (
        organisation.bot.account.id.as_str(),
        organisation.bot.device(homeserver).await,
    );
    let room = &organisation.quartier;
    organisation.marie.invites(room, zoe.id()).await;
    zoe.is_invited_by(organisation.marie.id()).await;
    zoe.joins(room).await;

    let prompt = posted(&organisation).await;
    zoe.hears(room, it, "Demandez le registre des loyers.").await;
    let is_fine = |sight: &Sight| {
        sight.is_read && sight.is_encrypted == is_encrypted && sight.shield == is_encrypted.then_some(0)
    };
    let sight = zoe.beholds(room, &prompt.id, is_fine).await;
    assert!(
        sight.body().contains("Ask for the rent registry."),
        "{}",
        sight.body()
    );
    assert_eq!(sight.content["msgtype"], "m.text");

    let reaction = zoe.reacts(room, &prompt.id, "✅").await;
    let total = |words: &'static str| {
        move |sight: &Sight| is_fine(sight) && sight.replaced_by.is_some() && sight.body().contains(words)
    };
    let sight = zoe
        .beholds(room, &prompt.id, total("One person shared it."))
        .await;
    assert_eq!(sight.reactions["✅"], [zoe.id()]);
    organisation.ines.reacts(room, &prompt.id, "✅").await;
    zoe.beholds(room, &prompt.id, total("2 people shared it.")).await;
    zoe.redacts(room, &reaction).await;
    let sight = zoe
        .beholds(room, &prompt.id, total("One person shared it."))
        .await;
    assert_eq!(sight.reactions["✅"], [organisation.ines.id()]);
    organisation.counts(1).await;

    // What is for her alone comes in a conversation of two, encrypted whatever the room is.
    zoe.says(room, "!relais today").await;
    let private = zoe.is_invited_by(it).await;
    zoe.joins(&private).await;
    let answer = zoe.hears(&private, it, "Texte à copier").await;
    let sight = zoe
        .beholds(&private, &answer.id, |sight| {
            sight.is_read && sight.is_encrypted && sight.shield == Some(0)
        })
        .await;
    assert_eq!(sight.content["msgtype"], "m.notice");
    zoe.trusts(it, &device, |trust| trust.is_signed_by_owner).await;
}

#[tokio::test]
async fn two_with_the_second_client_verify_each_other_by_emoji() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let Some(people) = People::second(&homeserver) else {
        return;
    };
    let (zoe, noor) = (people.person("zoe").await, people.person("noor").await);
    let room = zoe
        .creates(NewRoom::encrypted("").direct().inviting(&[noor.id()]))
        .await;
    assert_eq!(noor.is_invited_by(zoe.id()).await, room);
    noor.joins(&room).await;
    let said = zoe.says(&room, "Est-ce toi ?").await;
    let sight = noor.beholds(&room, &said, |sight| sight.is_read).await;
    assert_eq!(
        (sight.body(), sight.is_encrypted, sight.shield),
        ("Est-ce toi ?", true, Some(0))
    );
    let answer = Words::of("Oui").in_thread(&said).replying_to(&said);
    let answer = noor.sends(&room, answer).await;
    zoe.beholds(&room, &said, |sight| {
        sight
            .thread()
            .iter()
            .any(|message| message.id == answer && message.body == "Oui")
    })
    .await;

    noor.asks_to_verify(zoe.id(), &zoe.account.device).await;
    zoe.accepts_to_verify(noor.id()).await;
    let (hers, his) = tokio::join!(zoe.starts_emoji(noor.id()), noor.reads_emoji(zoe.id()));
    assert_eq!(hers.len(), 7);
    assert_eq!(hers, his);
    noor.refuses_emoji().await;
    noor.trusts(zoe.id(), &zoe.account.device, |trust| {
        trust.is_signed_by_owner && !trust.is_owner_verified
    })
    .await;

    zoe.asks_to_verify_in(&room, noor.id()).await;
    noor.accepts_to_verify(zoe.id()).await;
    let (hers, his) = tokio::join!(zoe.starts_emoji(noor.id()), noor.reads_emoji(zoe.id()));
    assert_eq!(hers, his);
    tokio::join!(zoe.confirms_emoji(), noor.confirms_emoji());
    for (one, other) in [(&zoe, &noor), (&noor, &zoe)] {
        one.trusts(other.id(), &other.account.device, |trust| {
            trust.is_verified && trust.is_owner_verified
        })
        .await;
    }
}
