//! What is typed and answered while the bot is away, however it comes back: each thing is done once, nothing is lost, and nothing old
//! is obeyed.

use std::fs;

use futures_util::{StreamExt, stream};

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, Person, message::Message},
};

/// More messages than an answer of the homeserver's brings of one room.
const TALK: usize = 130;

/// An organisation with a prompt in its room, whose bot keeps its recovery key in a file, and was stopped once and resumed.
async fn begin(homeserver: &Homeserver, quartier: NewRoom) -> (Organisation, Message) {
    let mut organisation = Organisation::found(homeserver, quartier).await;
    organisation.bot.kill().await;
    organisation.bot.set("recovery_key_file", "recovery-key");
    organisation
        .bot
        .operate(&["matrix", "recovery-key"])
        .await
        .unwrap();
    organisation.bot.start_again();
    let prompt = posted(&organisation).await;
    let (claire, coordination) = (&organisation.claire, &organisation.coordination);
    organisation
        .asks(claire, coordination, "stop", "nothing goes out any more")
        .await;
    organisation
        .asks(claire, coordination, "resume", "Everything goes out again")
        .await;
    (organisation, prompt)
}

/// Marie makes a campaign in the volunteers' room, or asks for it at least.
async fn wants(organisation: &Organisation, name: &str) {
    let command = format!("!relais campaign new {name} \"En français\" \"In English\"");
    organisation.marie.says(&organisation.quartier, &command).await;
}

/// She is told that it is made, in whatever language, and how to give it a goal of 500.
async fn has(organisation: &Organisation, name: &str) {
    let it = &organisation.bot.account.id;
    organisation.marie.is_told(it, &format!("{name} 500")).await;
}

/// How many messages with these words the bot ever sent to a room.
async fn said(organisation: &Organisation, person: &Person, room: &str, words: &str) -> usize {
    let it = &organisation.bot.account.id;
    let history = person.history(room).await.into_iter();
    let found = history.filter(|message| message.sender == *it && message.body.contains(words));
    found.count()
}

async fn tell(quartier: NewRoom) {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let (mut organisation, prompt) = begin(&homeserver, quartier).await;
    wants(&organisation, "first").await;
    has(&organisation, "first").await;
    if prompt.is_encrypted {
        organisation.has_backed_up(&homeserver, 2).await;
    }

    // More is said than the homeserver tells at once, between two commands.
    organisation.bot.kill().await;
    wants(&organisation, "second").await;
    let (ines, omar) = (organisation.ines.clone(), organisation.omar.clone());
    let (ines, omar, quartier) = (&ines, &omar, &organisation.quartier.clone());
    let of_ines = ines.reacts(quartier, &prompt.id, "✅").await;
    let talk = (0..TALK).map(|number| async move { ines.says(quartier, &format!("Et de {number}")).await });
    stream::iter(talk).buffer_unordered(5).count().await;
    ines.says(quartier, "!relais campaign new intrus \"Intrus\" \"Intruder\"")
        .await;
    wants(&organisation, "third").await;
    organisation.bot.start_again();
    for name in ["second", "third"] {
        has(&organisation, name).await;
    }
    organisation.shows(&prompt, "One person shared it.").await;

    // The session is kept, its keys are lost, and the operator takes the way out.
    organisation.bot.kill().await;
    wants(&organisation, "fourth").await;
    omar.reacts(quartier, &prompt.id, "✅").await;
    ines.redacts(quartier, &of_ines).await;
    let bot = &organisation.bot;
    fs::remove_dir_all(bot.folder().join("relais-matrix/store")).unwrap();
    let refused = bot.operate(&["run"]).await.unwrap_err();
    assert!(refused.contains("whose keys are gone"), "{refused}");
    bot.operate(&["matrix", "logout"]).await.unwrap();
    organisation.bot.start_again();
    has(&organisation, "fourth").await;
    organisation.counts(1).await;

    // The whole folder is lost, and with it the keys of what is written to it meanwhile.
    organisation.bot.kill().await;
    if !prompt.is_encrypted {
        wants(&organisation, "fifth").await;
    }
    ines.reacts(quartier, &prompt.id, "✅").await;
    fs::remove_dir_all(organisation.bot.folder().join("relais-matrix")).unwrap();
    organisation.bot.start_again();
    organisation.shows(&prompt, "2 people shared it.").await;
    if prompt.is_encrypted {
        wants(&organisation, "fifth").await;
    }
    has(&organisation, "fifth").await;
    check(&organisation, &prompt).await;
}

/// All was done, and once.
async fn check(organisation: &Organisation, prompt: &Message) {
    let Organisation {
        bot,
        marie,
        claire,
        ines,
        coordination,
        quartier,
        ..
    } = organisation;
    organisation.counts(2).await;
    let report = bot.operate(&["doctor"]).await.unwrap();
    assert!(report.contains("All is well"), "{report}");
    let store = bot.store().await;
    let campaigns = store.read().await.unwrap().list_campaigns().await.unwrap();
    let mut slugs: Vec<_> = campaigns.into_iter().map(|campaign| campaign.slug).collect();
    slugs.sort();
    let names = ["fifth", "first", "fourth", "registre", "second", "third"];
    assert_eq!(slugs, names, "an old command was obeyed, or one is lost");
    let (private, _) = marie.told(&bot.account.id, "fifth 500").await;
    for name in ["first", "second", "third", "fourth", "fifth"] {
        assert_eq!(said(organisation, marie, &private, name).await, 1, "{name}");
    }
    let resumed = "it goes on now";
    assert_eq!(said(organisation, claire, coordination, resumed).await, 1);
    let prompts = said(organisation, ines, quartier, "Demandez le registre").await;
    assert_eq!(prompts, 1);
    let key = |message: &Message| message.original["org.relais.key"].as_str().map(str::to_owned);
    let history = ines.history(quartier).await.into_iter();
    let with_its_key = history.filter(|message| key(message) == key(prompt));
    assert_eq!(with_its_key.count(), 1);
}

#[tokio::test]
async fn what_was_typed_while_it_was_away_is_done_once_in_a_plain_room() {
    tell(NewRoom::plain("quartier")).await;
}

#[tokio::test]
async fn what_was_typed_while_it_was_away_is_done_once_in_an_encrypted_room() {
    tell(NewRoom::encrypted("quartier")).await;
}
