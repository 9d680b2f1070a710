//! Prompts answered in words, and buttons pressed by a reaction, in plain and in encrypted rooms.

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, Words},
};

async fn answered_in_words(homeserver: &Homeserver, quartier: NewRoom, is_encrypted: bool) {
    let organisation = Organisation::found(homeserver, quartier).await;
    let prompt = posted(&organisation).await;
    let Organisation {
        bot,
        ines,
        omar,
        quartier,
        ..
    } = &organisation;
    let it = bot.account.id.as_str();
    assert_eq!(
        prompt
            .body
            .contains("répondez «\u{A0}fait\u{A0}» ici, ou écrivez-moi «\u{A0}fait 1\u{A0}» en privé"),
        is_encrypted,
        "{}",
        prompt.body
    );
    organisation
        .asks(omar, quartier, "me language english", "English")
        .await;

    // Inès replies as clients do, and is answered in a thread that notifies nobody.
    let reply = Words::of("Fait sur Mastodon !").replying_to(&prompt.id);
    let reply = ines.sends(quartier, reply).await;
    let receipt = ines.hears(quartier, it, "relayé sur Mastodon").await;
    assert_eq!((receipt.thread, receipt.kind.as_str()), (Some(reply), "m.notice"));
    assert_eq!(receipt.is_encrypted, is_encrypted);
    // Some put before it what is replied to, and others answer in the prompt's thread.
    let fallback = format!("> <{it}> Demandez le registre\n> !relais stop\n\nbluesky");
    let reply = ines
        .sends(quartier, Words::of(&fallback).replying_to(&prompt.id))
        .await;
    let seen = ines.hears(quartier, it, "relayé sur Bluesky").await;
    assert_eq!(seen.thread, Some(reply));
    let talk = omar
        .sends(quartier, Words::of("Well done on this!").replying_to(&prompt.id))
        .await;
    let reply = Words::of("done").in_thread(&prompt.id).replying_to(&talk);
    omar.sends(quartier, reply).await;
    let reply = Words::of("Done.").in_thread(&prompt.id).replying_to(&prompt.id);
    omar.sends(quartier, reply).await;
    let seen = omar.hears(quartier, it, "Noted for no. 1").await;
    assert_eq!(seen.thread, Some(prompt.id.clone()));
    organisation.shows(&prompt, "2 people shared it.").await;
    organisation.counts(3).await;

    // A reaction to the receipt presses its button, whoever gives it takes back what is their own.
    ines.reacts(quartier, &receipt.id, "↩").await;
    ines.is_told(it, "plus rien n’est compté pour vous").await;
    organisation.shows(&prompt, "One person shared it.").await;
    let undo = Words::of("undo").in_thread(&prompt.id).replying_to(&prompt.id);
    omar.sends(quartier, undo).await;
    omar.hears(quartier, it, "nothing counts for you any more").await;
    organisation.counts(0).await;

    // In private, by number, where nobody else sees it.
    let (private, _) = ines.told(it, "plus rien n’est compté").await;
    ines.says(&private, "fait 1 mastodon").await;
    let told = ines.hears(&private, it, "relayé sur Mastodon").await;
    assert!(told.is_encrypted);
    organisation.counts(1).await;
    let said = ines.history(quartier).await;
    let in_answer_to_talk = said
        .iter()
        .filter(|message| message.reply_to.as_ref() == Some(&talk));
    assert_eq!(
        in_answer_to_talk.filter(|message| message.sender == it).count(),
        0
    );
}

#[tokio::test]
async fn a_word_counts_in_plain_rooms() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    answered_in_words(&homeserver, NewRoom::plain("quartier"), false).await;
}

#[tokio::test]
async fn a_word_counts_in_encrypted_rooms_which_offer_it() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    answered_in_words(&homeserver, NewRoom::encrypted("quartier"), true).await;
}

#[tokio::test]
async fn buttons_are_pressed_by_a_reaction_and_outlive_the_bot() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let it = organisation.bot.account.id.clone();
    let Organisation {
        marie,
        claire,
        coordination,
        ..
    } = &organisation;
    // Marie fills the form in and sends it back in a block of code, as she copied it.
    organisation
        .asks(marie, coordination, "ask new", "!relais form 1.ask-new")
        .await;
    let (private, form) = marie.told(&it, "!relais form 1.ask-new").await;
    let template = form.body[form.body.find("!relais form").unwrap()..].replace("\n  ", "\n");
    let filled = |fields: &[(&str, &str)]| {
        let line = |line: &str| {
            let answer = fields
                .iter()
                .find(|(id, _)| line.starts_with(&format!("▸ {id} ")));
            answer.map_or_else(|| line.to_owned(), |(_, text)| format!("{line} {text}"))
        };
        template.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    let wordings = [("wording_fr", "Signez ici."), ("wording_en", "Sign here.")];
    marie.says(&private, &filled(&wordings)).await;
    // Nothing of it is lost where something is missing.
    let (_, again) = marie.told(&it, "Signez ici.").await;
    assert!(again.body.contains("Sign here."), "{}", again.body);
    let all = [
        wordings[0],
        wordings[1],
        ("kind", "sign"),
        ("link", "https://example.org/p"),
    ];
    let block = format!("```\n{}\n```", filled(&all));
    marie
        .sends(&private, Words::of(&block).html("<pre><code>…</code></pre>"))
        .await;
    let notice = claire.hears(coordination, &it, "Sign here.").await;
    assert!(
        notice.body.contains("React to this message with:"),
        "{}",
        notice.body
    );

    organisation.bot.kill().await;
    let Organisation {
        claire, coordination, ..
    } = &organisation;
    claire.reacts(coordination, &notice.id, "1️⃣").await;
    organisation.bot.start_again();
    let Organisation {
        claire,
        marie,
        coordination,
        ..
    } = &organisation;
    claire.is_told(&it, "in English").await;
    marie.reacts(coordination, &notice.id, "2\u{20E3}").await;
    marie.is_told(&it, "You wrote no. 1").await;
    claire.reacts(coordination, &notice.id, "2\u{20E3}").await;
    claire.is_told(&it, "No. 1 is approved").await;
    // Sent back with a note, which the form asks for.
    claire.reacts(coordination, &notice.id, "↩️").await;
    let (private, form) = claire.told(&it, "!relais form 1.ask-reject.1").await;
    let template = form.body[form.body.find("!relais form").unwrap()..].replace("\n  ", "\n");
    claire.says(&private, &format!("{template} Trop court.")).await;
    claire.hears(coordination, &it, "Trop court.").await;
}
