//! Encrypted rooms: read again after the loss of a machine, where a key comes late or never, and trusted by who compared emoji.

use std::{fs, process::Stdio};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    time::timeout,
};

use super::{
    PATIENCE,
    bot::Bot,
    homeserver::{Homeserver, Limits},
    organisation::{Organisation, calendar, posted},
    people::{NewRoom, People, message::Message},
};

/// Whether the account's identity has signed a device.
async fn is_signed(homeserver: &Homeserver, bot: &Bot, device: &str) -> bool {
    let (token, user) = (Some(bot.account.token.as_str()), bot.account.id.as_str());
    let query = json!({ "device_keys": { user: [] } });
    let (_, keys) = homeserver
        .request("POST", "/_matrix/client/v3/keys/query", token, Some(query))
        .await;
    let identity = keys["self_signing_keys"][user]["keys"].as_object().unwrap();
    let identity = identity.keys().next().unwrap();
    !keys["device_keys"][user][device]["signatures"][user][identity].is_null()
}

#[tokio::test]
async fn after_the_loss_of_a_machine_the_rooms_are_read_and_written_with_the_recovery_key() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    organisation.bot.kill().await;
    organisation.bot.set("recovery_key_file", "recovery-key");
    let printed = organisation
        .bot
        .operate(&["matrix", "recovery-key"])
        .await
        .unwrap();
    assert!(printed.contains("recovery-key"), "{printed}");
    organisation.bot.start_again();
    let prompt = posted(&organisation).await;
    organisation
        .ines
        .reacts(&organisation.quartier, &prompt.id, "✅")
        .await;
    organisation.shows(&prompt, "One person shared it.").await;
    // The bot's own, and that of whoever linked the room.
    organisation.has_backed_up(&homeserver, 2).await;
    let printed = organisation.bot.operate(&["backup", "backup.db"]).await.unwrap();
    assert!(printed.contains("Matrix"), "{printed}");
    organisation.bot.kill().await;
    organisation
        .omar
        .reacts(&organisation.quartier, &prompt.id, "✅")
        .await;

    // The machine is gone; what there is elsewhere is the backup, the configuration and the recovery key.
    let first_device = organisation.bot.device(&homeserver).await;
    let mut other = organisation.bot.elsewhere();
    for file in ["backup.db", "recovery-key"] {
        fs::copy(organisation.bot.folder().join(file), other.folder().join(file)).unwrap();
    }
    let printed = other.operate(&["restore", "backup.db"]).await.unwrap();
    assert!(printed.contains("`relais matrix login`"), "{printed}");
    assert!(printed.contains("recovery key"), "{printed}");
    let printed = other.operate(&["matrix", "login"]).await.unwrap();
    assert!(printed.contains("The recovery key is right"), "{printed}");
    let device = session_device(&other);
    assert_ne!(device, first_device);
    assert!(is_signed(&homeserver, &other, &device).await);
    // A backup made a moment earlier would not know whether the prompt went out.
    let database = rusqlite::Connection::open(other.folder().join("relais.db")).unwrap();
    let forgotten = database.execute_batch(
        "UPDATE outbox SET state = 'sending', external_id = NULL, done_at = NULL WHERE kind = 'prompt'; \
         UPDATE prompt SET state = 'due', external_id = NULL, posted_at = NULL",
    );
    forgotten.unwrap();
    drop(database);
    other.start_again();
    organisation.bot = other;
    organisation.shows(&prompt, "2 people shared it.").await;
    organisation.counts(2).await;

    let (it, room) = (organisation.bot.account.id.as_str(), &organisation.quartier);
    // It writes so that people read it, and reads what they write.
    organisation
        .asks(
            &organisation.claire,
            &organisation.coordination,
            "ask approve 2",
            "is approved",
        )
        .await;
    organisation
        .asks(
            &organisation.claire,
            &organisation.coordination,
            "ask post 2",
            "No. 2",
        )
        .await;
    let second = organisation.ines.hears(room, it, "Signez la pétition.").await;
    assert!(second.is_encrypted);
    organisation
        .asks(&organisation.ines, room, "help", "Ce que vous pouvez faire")
        .await;
    let prompts = organisation.ines.history(room).await.into_iter();
    let prompts = prompts.filter(|message| message.sender == it && message.kind == "m.text");
    assert_eq!(prompts.count(), 2);
}

#[tokio::test]
async fn what_can_no_longer_be_decrypted_is_taken_back_all_the_same() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let prompt = posted(&organisation).await;
    organisation.bot.operate(&["backup", "backup.db"]).await.unwrap();
    organisation.bot.kill().await;
    // The keys are lost with the machine, and nobody had made a recovery key.
    let mut other = organisation.bot.elsewhere();
    fs::copy(
        organisation.bot.folder().join("backup.db"),
        other.folder().join("backup.db"),
    )
    .unwrap();
    other.operate(&["restore", "backup.db"]).await.unwrap();
    other.start_again();
    organisation.bot = other;
    organisation
        .asks(
            &organisation.claire,
            &organisation.coordination,
            "ask withdraw 1 Erreur de lien",
            "No. 1 is withdrawn",
        )
        .await;
    let is_gone = |message: &Message| message.id == prompt.id && message.is_redacted;
    organisation.ines.sees(&organisation.quartier, is_gone).await;
}

fn session_device(bot: &Bot) -> String {
    let session = fs::read(bot.folder().join("relais-matrix/session.json")).unwrap();
    let session: serde_json::Value = serde_json::from_slice(&session).unwrap();
    session["session"]["device_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_cannot_be_read_waits_for_its_key_and_the_room_is_told_once() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let Organisation {
        bot,
        ines,
        omar,
        quartier,
        ..
    } = &organisation;
    let it = bot.account.id.as_str();
    // A key that is slow costs nobody anything.
    ines.says_withholding_from(it, quartier, "!relais help").await;
    bot.logs("a message waits for its key", 1).await;
    ines.hands_keys_over().await;
    ines.is_told(it, "Ce que vous pouvez faire").await;

    omar.says_withholding_from(it, quartier, "!relais help").await;
    bot.logs("a message waits for its key", 2).await;
    // The first wait is the bot's own patience.
    bot.logs("messages cannot be read", 1).await;
    let told = omar
        .hears(quartier, it, "I can’t read some of what was just written here")
        .await;
    assert!(told.body.contains("Je ne peux pas lire"), "{}", told.body);
    let unreadable = async || {
        let store = bot.store().await;
        store.read().await.unwrap().count_unreadable().await.unwrap()
    };
    assert_eq!(unreadable().await, (1, 1));
    let printed = bot.operate(&["doctor"]).await.unwrap();
    assert!(printed.contains("could not be read: 1"), "{printed}");
    // Nobody is told twice of the same trouble.
    omar.says(quartier, "!relais today").await;
    bot.logs("a message waits for its key", 3).await;
    bot.logs("messages cannot be read", 2).await;

    omar.hands_keys_over().await;
    omar.is_told(it, "Ce que vous pouvez faire").await;
    omar.is_told(it, "Rien n’est ouvert en ce moment").await;
    organisation
        .asks(
            &organisation.marie,
            &organisation.coordination,
            "help",
            "What you can do",
        )
        .await;
    assert_eq!(unreadable().await, (0, 0));
    let notices = omar.history(quartier).await.into_iter();
    let notices = notices.filter(|message| message.body.contains("I can’t read"));
    assert_eq!(notices.count(), 1);
}

#[tokio::test]
async fn what_waits_for_its_key_waits_through_a_kill() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let mut organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let it = organisation.bot.account.id.clone();
    let (ines, quartier) = (organisation.ines.clone(), organisation.quartier.clone());
    ines.says_withholding_from(&it, &quartier, "!relais help").await;
    organisation.bot.logs("a message waits for its key", 1).await;
    organisation.bot.kill().await;
    organisation.bot.start_again();
    organisation.bot.logs("a message waits for its key", 2).await;
    ines.hands_keys_over().await;
    ines.is_told(&it, "Ce que vous pouvez faire").await;
}

#[tokio::test]
async fn an_admin_verifies_the_bot_by_emoji_while_it_is_stopped() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let Some(people) = People::second(&homeserver) else {
        return;
    };
    let zoe = people.person("zoe").await;
    let mut bot = Bot::install(&homeserver, zoe.id()).await;
    let it = bot.account.id.clone();
    bot.operate(&["matrix", "login"]).await.unwrap();
    let device = session_device(&bot);
    let room = zoe
        .creates(NewRoom::encrypted("").direct().inviting(&[&it]))
        .await;

    // While it runs, it declines and says what to do.
    bot.start_again();
    bot.logs("the Matrix session is taken up", 1).await;
    zoe.notices(&room, |event| {
        event["state_key"] == *it && event["content"]["membership"] == "join"
    })
    .await;
    zoe.asks_to_verify(&it, &device).await;
    bot.logs("use `relais matrix verify`", 1).await;
    zoe.asks_to_verify_in(&room, &it).await;
    bot.logs("use `relais matrix verify`", 2).await;
    zoe.notices(&room, |event| {
        event["sender"] == *it && event["type"] == "m.key.verification.cancel"
    })
    .await;
    bot.kill().await;

    for answer in ["no", "yes"] {
        let mut verifying = bot
            .command(&["matrix", "verify"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(verifying.stdout.take().unwrap()).lines();
        let mut next = async || {
            timeout(PATIENCE, lines.next_line())
                .await
                .unwrap()
                .unwrap()
                .unwrap()
        };
        let waiting = next().await;
        assert!(
            waiting.starts_with(&format!("Waiting for {}", zoe.id())),
            "{waiting}"
        );
        zoe.asks_to_verify_in(&room, &it).await;
        let hers = zoe.starts_emoji(&it).await;
        let announced = next().await;
        assert!(
            announced.starts_with("Both sides must show the same"),
            "{announced}"
        );
        let mut its = Vec::new();
        for _ in 0..7 {
            let line = next().await;
            let (symbol, name) = line.trim().split_once("  ").unwrap();
            assert!(name.starts_with(char::is_uppercase), "{line}");
            its.push(symbol.to_owned());
        }
        let plain = |emoji: &[String]| emoji.concat().replace('\u{FE0F}', "");
        assert_eq!(plain(&its), plain(&hers));
        let mut terminal = verifying.stdin.take().unwrap();
        terminal
            .write_all(format!("{answer}\n").as_bytes())
            .await
            .unwrap();
        if answer == "yes" {
            zoe.confirms_emoji().await;
        }
        let done = timeout(PATIENCE, verifying.wait_with_output())
            .await
            .unwrap()
            .unwrap();
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.success(), answer == "yes", "{complaint}");
        if answer == "no" {
            assert!(complaint.contains("the emoji are not the same"), "{complaint}");
            zoe.trusts(&it, &device, |trust| {
                trust.is_signed_by_owner && !trust.is_owner_verified
            })
            .await;
        }
    }
    zoe.trusts(&it, &device, |trust| trust.is_verified && trust.is_owner_verified)
        .await;
}

/// One grey point.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[tokio::test]
async fn a_picture_in_an_encrypted_room_is_opened_as_it_was_given() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let organisation = Organisation::found(&homeserver, NewRoom::encrypted("quartier")).await;
    let Organisation {
        bot,
        claire,
        ines,
        coordination,
        quartier,
        ..
    } = &organisation;
    let picture = STANDARD.decode(PICTURE).unwrap();
    fs::write(bot.folder().join("affiche.png"), &picture).unwrap();
    let link = "https://example.org/registre,,";
    let with_picture = calendar().replacen(
        &format!("{link},,,,"),
        &format!("{link}affiche.png,Une affiche,A poster,,"),
        1,
    );
    fs::write(bot.folder().join("calendar.csv"), with_picture).unwrap();
    bot.operate(&["import", "calendar", "calendar.csv"])
        .await
        .unwrap();
    organisation
        .asks(claire, coordination, "ask approve 1", "is approved")
        .await;
    organisation
        .asks(claire, coordination, "ask post 1", "No. 1")
        .await;
    let it = bot.account.id.as_str();
    let shown = ines
        .sees(quartier, |message| {
            message.sender == it && message.kind == "m.image"
        })
        .await;
    // What lies on the server is not the picture.
    assert!(shown.is_encrypted && shown.content["file"]["key"]["k"].is_string());
    assert!(shown.body.contains("Une affiche"), "{}", shown.body);
    assert_eq!(ines.opens(&shown).await, picture);
}
