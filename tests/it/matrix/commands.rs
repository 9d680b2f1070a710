//! Commands as people type them into their clients, and what is none of the bot's business.

use super::{
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, posted},
    people::{NewRoom, Words},
};

#[tokio::test]
async fn only_what_is_asked_of_it_is_answered() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let Organisation {
        bot,
        marie,
        claire,
        coordination,
        ..
    } = &organisation;
    let it = bot.account.id.as_str();
    let asked = claire.says(coordination, "Comment ça marche ?").await;
    let foreign = [
        Words::of("!relais stop").html("<pre><code>!relais stop</code></pre>"),
        Words::of("```\n!relais stop\n```"),
        Words::of("`!relais stop`").html("<code>!relais stop</code>"),
        Words::of("> !relais stop").html("<blockquote>!relais stop</blockquote>"),
        Words::of("> <@marie:relais.test> !relais stop\n\nNon !").replying_to(&asked),
        Words::of("!relais stop").kind("m.notice"),
        Words::of("!relais stop").kind("m.emote"),
        Words::of("!relaisstop"),
    ];
    for words in foreign {
        marie.sends(coordination, words).await;
    }
    let said = marie.says(coordination, "Bonjour").await;
    marie.edits(coordination, &said, "!relais stop").await;
    // The command comes after all of them, and it goes on.
    organisation
        .asks(marie, coordination, "campaign list", "campaign")
        .await;
    let halt = bot.store().await.read().await.unwrap().find_halt().await;
    assert!(halt.unwrap().is_none(), "a command that nobody gave was obeyed");

    // A command after a quotation, and one in reply, are commands.
    let quoting = Words::of("> Comment ça marche ?\n\n!relais help stop");
    let quoting = quoting.html("<blockquote>Comment ça marche ?</blockquote><p>!relais help stop</p>");
    marie.sends(coordination, quoting).await;
    marie.is_told(it, "Stop everything that goes out").await;
    // A file that cannot be read gets an answer too, where it looks like a calendar.
    let size = 11 * 1024 * 1024;
    let large = Words::of("grand.csv")
        .kind("m.file")
        .file("mxc://relais.test/gone", size);
    marie.sends(coordination, large).await;
    marie.is_told(it, "“grand.csv” is larger than 10 MB").await;
    let gone = Words::of("gone.csv")
        .kind("m.file")
        .file("mxc://relais.test/gone", 10);
    marie.sends(coordination, gone).await;
    marie.is_told(it, "“gone.csv” could not be read").await;
}

#[tokio::test]
async fn two_answers_at_once_come_to_one_private_room() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::plain("quartier")).await;
    let Organisation {
        bot, omar, quartier, ..
    } = &organisation;
    let it = bot.account.id.as_str();
    // Omar asks three things before he looks at any answer.
    for command in ["me", "help", "today"] {
        omar.says(quartier, &format!("!relais {command}")).await;
    }
    let mut rooms = Vec::new();
    for words in ["Vous et Relais", "Ce que vous pouvez faire", "Rien n’est ouvert"] {
        rooms.push(omar.told(it, words).await.0);
    }
    rooms.dedup();
    assert_eq!(rooms.len(), 1, "{rooms:?}");
    // Whoever leaves it is told in another one, when there is something to tell.
    omar.leaves(&rooms[0]).await;
    let prompt = posted(&organisation).await;
    omar.reacts(quartier, &prompt.id, "✅").await;
    let (again, told) = omar.told(it, "votre première").await;
    assert_ne!(again, rooms[0]);
    assert!(told.is_encrypted);
}
