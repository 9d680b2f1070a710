//! Matrix beside Discord: what one will not have leaves the other alone.

use std::fs;

use super::{
    bot::Bot,
    homeserver::{Homeserver, Limits},
    people::{NewRoom, People},
};
use crate::discord::model::Model;

#[tokio::test]
async fn a_wrong_token_on_discord_is_told_and_matrix_goes_on() {
    let Some(homeserver) = Homeserver::start(Limits::Raised).await else {
        return;
    };
    let model = Model::start().await;
    let people = People::start(&homeserver);
    let marie = people.person("marie").await;
    let mut bot = Bot::install(&homeserver, marie.id()).await;
    let folder = bot.folder();
    fs::write(folder.join("discord-token"), "nobody's token").unwrap();
    let config = fs::read_to_string(folder.join("relais.toml")).unwrap();
    let discord = format!(
        "[discord]\ntoken_file = \"discord-token\"\nrest_proxy = \"{}\"\n",
        model.url()
    );
    fs::write(folder.join("relais.toml"), format!("{config}{discord}")).unwrap();
    let told = bot.operate(&["doctor"]).await.unwrap_err();
    assert!(told.contains("1 things are wrong"), "{told}");

    bot.start_again();
    bot.logs("press \"Reset Token\"", 1).await;
    let room = marie
        .creates(NewRoom::plain("quartier").inviting(&[&bot.account.id]))
        .await;
    marie.is_told(&bot.account.id, "I am in quartier now").await;
    marie.says(&room, "!relais room add volunteers en").await;
    marie.is_told(&bot.account.id, "quartier is linked").await;

    // With the right token it is there at the next start, and all is well.
    fs::write(bot.folder().join("discord-token"), model.token()).unwrap();
    bot.kill().await;
    let told = bot.operate(&["doctor"]).await.unwrap();
    assert!(told.contains("discord: the token is good"), "{told}");
    bot.start_again();
    model.connected(1).await;
}
