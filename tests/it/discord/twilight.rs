//! The model in the eyes of twilight.

use std::sync::Arc;

use twilight_gateway::{ConfigBuilder, Event, EventTypeFlags, Intents, Shard, ShardId, StreamExt};
use twilight_http::{Client, request::channel::reaction::RequestReactionType};
use twilight_model::id::Id;

use super::model::Model;

fn client(model: &Model) -> Arc<Client> {
    let host = model.url().trim_start_matches("http://").to_owned();
    Arc::new(
        Client::builder()
            .token(model.token())
            .proxy(host, true)
            .ratelimiter(None)
            .build(),
    )
}

fn shard(model: &Model) -> Shard {
    let intents = Intents::GUILDS | Intents::GUILD_MESSAGES | Intents::GUILD_MESSAGE_REACTIONS;
    let config = ConfigBuilder::new(model.token(), intents)
        .proxy_url(model.url().replace("http", "ws"))
        .build();
    Shard::with_config(ShardId::ONE, config)
}

/// The next event of this kind.
async fn next(shard: &mut Shard, flags: EventTypeFlags) -> Event {
    loop {
        let event = shard.next_event(EventTypeFlags::all()).await.unwrap().unwrap();
        if flags.contains(event.kind().into()) {
            return event;
        }
    }
}

#[tokio::test]
async fn twilight_sends_reacts_and_reads_back() {
    let model = Model::start().await;
    let guild = model.guild("Logement");
    let channel = guild.channel("relais");
    let marie = model.user("Marie", "fr");
    guild.admit(&[&marie]);
    let client = client(&model);
    let mut shard = shard(&model);
    next(&mut shard, EventTypeFlags::READY).await;
    let Event::GuildCreate(created) = next(&mut shard, EventTypeFlags::GUILD_CREATE).await else {
        unreachable!();
    };
    assert_eq!(created.id().get(), guild.id.0);

    let place = Id::new(channel.0);
    let sent = client
        .create_message(place)
        .content("Appelez-vous ?")
        .await
        .unwrap()
        .model()
        .await
        .unwrap();
    assert_eq!(sent.content, "Appelez-vous ?");
    let emoji = RequestReactionType::Unicode { name: "✅" };
    client.create_reaction(place, sent.id, &emoji).await.unwrap();
    marie.react((channel, super::model::Id(sent.id.get())), "✅");
    let Event::ReactionAdd(_) = next(&mut shard, EventTypeFlags::REACTION_ADD).await else {
        unreachable!();
    };
    let by = client
        .reactions(place, sent.id, &emoji)
        .await
        .unwrap()
        .models()
        .await
        .unwrap();
    assert_eq!(by.len(), 2);
    let read = client
        .channel_messages(place)
        .await
        .unwrap()
        .models()
        .await
        .unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].reactions[0].count, 2);
}
