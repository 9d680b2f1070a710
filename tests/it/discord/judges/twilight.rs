//! twilight, in this process. What it can't read it says, and that is what it finds.

use std::{collections::HashSet, fmt::Display, sync::Arc};

use serde_json::{Value, json};
use twilight_gateway::{ConfigBuilder, Event, EventTypeFlags, Intents, Shard, ShardId, StreamExt};
use twilight_http::{Client, client::InteractionClient, request::channel::reaction::RequestReactionType};
use twilight_model::{
    application::interaction::{Interaction, InteractionData, InteractionType},
    channel::{Message, message::ReactionType},
    http::{
        attachment::Attachment,
        interaction::{InteractionResponse, InteractionResponseType},
    },
    id::{
        Id,
        marker::{ChannelMarker, MessageMarker},
    },
};

use super::{Cue, Duration, Flaw, Model, Stage, timeout};

/// How long an event may take to come.
const SOON: Duration = Duration::from_secs(5);
const DONE: RequestReactionType<'static> = RequestReactionType::Unicode { name: "✅" };

/// A bot that twilight makes.
struct Bot {
    client: Arc<Client>,
    shard: Shard,
    channel: Id<ChannelMarker>,
}

/// Lets it judge a model. An error is what it found.
pub async fn judge(model: Model, flaw: Option<Flaw>) -> Result<(), String> {
    let stage = Stage::set(model, flaw);
    let host = stage.model.url().trim_start_matches("http://").to_owned();
    let client = Client::builder()
        .token(stage.model.token())
        .proxy(host.clone(), true)
        .build();
    let intents = Intents::GUILDS | Intents::GUILD_MESSAGES | Intents::GUILD_MESSAGE_REACTIONS;
    let config = ConfigBuilder::new(stage.model.token(), intents)
        .proxy_url(format!("ws://{host}"))
        .build();
    let bot = Bot {
        client: Arc::new(client),
        shard: Shard::with_config(ShardId::ONE, config),
        channel: Id::new(stage.channel.0),
    };
    let found = Box::pin(bot.judge(&stage)).await;
    stage.forgive(flaw);
    found
}

/// What twilight says that it can't do.
fn wrong(what: &str) -> impl Fn(&dyn Display) -> String {
    move |error| format!("{what}: {error:#}")
}

fn check(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// The model of an answer, in twilight's own words.
macro_rules! answered {
    ($request:expr, $what:literal) => {
        $request
            .await
            .map_err(|error| wrong($what)(&error))?
            .model()
            .await
            .map_err(|error| format!("{}: {:?}", $what, error))?
    };
}

impl Bot {
    async fn judge(mut self, stage: &Stage) -> Result<(), String> {
        let Event::GuildCreate(guild) = self.next("the guild", EventTypeFlags::GUILD_CREATE).await? else {
            return Err("twilight is confused".to_owned());
        };
        check(guild.id().get() == stage.guild.id.0, "the guild is there")?;
        let message = self.sends_and_reads_back().await?;
        self.reads_reactions(stage, message).await?;
        stage.play(Cue::Cut).await;
        loop {
            let heard = self
                .next("what it missed", EventTypeFlags::MESSAGE_CREATE)
                .await?;
            if matches!(heard, Event::MessageCreate(heard) if heard.content.ends_with("missed")) {
                break;
            }
        }
        self.register().await?;
        let (answered, ()) = tokio::join!(self.answers(), stage.play(Cue::Command));
        answered
    }

    /// The next event of this kind.
    async fn next(&mut self, what: &str, kind: EventTypeFlags) -> Result<Event, String> {
        let listening = async {
            loop {
                match self.shard.next_event(EventTypeFlags::all()).await {
                    Some(Ok(event)) if kind.contains(event.kind().into()) => return Ok(event),
                    Some(Err(error)) if error.to_string().contains("deserialize") => {
                        return Err(format!("{what}: {error:?}"));
                    }
                    // A connection that is cut is one that it makes anew.
                    Some(Ok(_) | Err(_)) => {}
                    None => return Err(format!("{what}: twilight has given up")),
                }
            }
        };
        timeout(SOON, listening)
            .await
            .map_err(|_| format!("{what} never came"))?
    }

    async fn sends_and_reads_back(&mut self) -> Result<Id<MessageMarker>, String> {
        let picture = Attachment::from_bytes("picture.png".to_owned(), b"not much of a picture".to_vec(), 1);
        let embed =
            json!([{ "type": "rich", "title": "Loyers", "description": "Le registre.", "fields": [] }]);
        let embed = serde_json::from_value::<Vec<_>>(embed).unwrap();
        let button = json!([{ "type": 1, "components": [
            { "type": 2, "style": 1, "label": "Fait", "custom_id": "1.done" },
        ] }]);
        let button = serde_json::from_value::<Vec<_>>(button).unwrap();
        let pictures = [picture];
        let asked = self.client.create_message(self.channel).content("Appelez-vous ?");
        let asked = asked
            .embeds(&embed)
            .components(&button)
            .attachments(&pictures)
            .nonce(42);
        let sent: Message = answered!(asked, "a message");
        let Event::MessageCreate(heard) = self
            .next("its own message", EventTypeFlags::MESSAGE_CREATE)
            .await?
        else {
            return Err("twilight is confused".to_owned());
        };
        check(heard.id == sent.id, "its own message is told")?;
        let changed = self
            .client
            .update_message(self.channel, sent.id)
            .content(Some("Appelez-vous encore ?"));
        answered!(changed, "a change");
        let read: Message = answered!(self.client.message(self.channel, sent.id), "the message");
        let list = self.client.channel_messages(self.channel).await;
        let list = list.map_err(|error| wrong("messages")(&error))?;
        let list = list
            .models()
            .await
            .map_err(|error| format!("the content of messages: {error:?}"))?;
        check(list == [read.clone()], "one message is read as all are")?;
        check(
            read.content == "Appelez-vous encore ?",
            "the content is as it was written",
        )?;
        check(
            read.embeds[0].title.as_deref() == Some("Loyers"),
            "the embed is as it was written",
        )?;
        check(
            read.attachments[0].filename == "picture.png",
            "the picture is there",
        )?;
        check(read.edited_timestamp.is_some(), "the change is told")?;
        Ok(sent.id)
    }

    async fn reads_reactions(&mut self, stage: &Stage, message: Id<MessageMarker>) -> Result<(), String> {
        let put = self.client.create_reaction(self.channel, message, &DONE);
        put.await.map_err(|error| wrong("a reaction")(&error))?;
        stage.play(Cue::React(super::Id(message.get()))).await;
        let mut seen = HashSet::new();
        while seen.len() < 151 {
            if let Event::ReactionAdd(added) = self.next("a reaction", EventTypeFlags::REACTION_ADD).await? {
                seen.insert(added.user_id);
            }
        }
        let mut read = HashSet::new();
        let mut after = Id::new(1);
        for pages in 1.. {
            check(pages < 4, "the pages of reactions come to an end")?;
            let page = self
                .client
                .reactions(self.channel, message, &DONE)
                .after(after)
                .limit(100)
                .await;
            let page = page.map_err(|error| wrong("reactions")(&error))?;
            let page = page
                .models()
                .await
                .map_err(|error| format!("reactions: {error:?}"))?;
            let Some(last) = page.iter().map(|user| user.id).max() else {
                break;
            };
            after = last;
            read.extend(page.into_iter().map(|user| user.id));
        }
        check(read == seen, "the pages of reactions hold everybody")?;
        let bursts = self
            .client
            .reactions(self.channel, message, &DONE)
            .kind(ReactionType::Burst)
            .await;
        let bursts = bursts.map_err(|error| wrong("super reactions")(&error))?;
        check(
            bursts.models().await.is_ok_and(|users| users.len() == 2),
            "super reactions are apart",
        )
    }

    async fn interactions(&self) -> Result<InteractionClient<'_>, String> {
        let application = answered!(self.client.current_user_application(), "the application");
        Ok(self.client.interaction(application.id))
    }

    async fn register(&self) -> Result<(), String> {
        let command = json!([{
            "type": 1, "name": "ring", "name_localizations": { "fr": "sonner" }, "description": "Ring",
            "version": "1",
            "options": [{
                "type": 3, "name": "bell", "name_localizations": { "fr": "cloche" }, "description": "Which one",
                "required": true, "autocomplete": true,
            }],
        }]);
        let commands = serde_json::from_value::<Vec<_>>(command).unwrap();
        let interactions = self.interactions().await?;
        let set = interactions.set_global_commands(&commands).await;
        let set = set.map_err(|error| wrong("commands")(&error))?;
        let known = set
            .models()
            .await
            .map_err(|error| format!("commands: {error:?}"))?;
        check(
            known.len() == 1 && known[0].options.len() == 1,
            "the command is known",
        )
    }

    /// The next interaction, of this kind.
    async fn interaction(&mut self, kind: InteractionType) -> Result<Interaction, String> {
        let Event::InteractionCreate(heard) = self
            .next("an interaction", EventTypeFlags::INTERACTION_CREATE)
            .await?
        else {
            return Err("twilight is confused".to_owned());
        };
        check(heard.0.kind == kind, "the interaction is what was done")?;
        Ok(heard.0)
    }

    async fn respond(
        &self,
        to: &Interaction,
        kind: InteractionResponseType,
        data: Value,
    ) -> Result<(), String> {
        let data = serde_json::from_value(data).unwrap();
        let response = InteractionResponse { kind, data };
        let sent = self
            .interactions()
            .await?
            .create_response(to.id, &to.token, &response)
            .await;
        sent.map(drop).map_err(|error| wrong("a response")(&error))
    }

    async fn answers(&mut self) -> Result<(), String> {
        let asked = self
            .interaction(InteractionType::ApplicationCommandAutocomplete)
            .await?;
        let choices = json!({ "choices": [{ "name": "Big", "name_localizations": { "fr": "Grande" }, "value": "big" }] });
        self.respond(
            &asked,
            InteractionResponseType::ApplicationCommandAutocompleteResult,
            choices,
        )
        .await?;

        let asked = self.interaction(InteractionType::ApplicationCommand).await?;
        let later = InteractionResponseType::DeferredChannelMessageWithSource;
        self.respond(&asked, later, json!({ "flags": 64 })).await?;
        let button = json!([{ "type": 1, "components": [
            { "type": 2, "style": 2, "label": "Why?", "custom_id": "1.why" },
        ] }]);
        let button = serde_json::from_value::<Vec<_>>(button).unwrap();
        let words = format!("big ({})", asked.locale.as_deref().unwrap_or_default());
        let interactions = self.interactions().await?;
        let changed = interactions
            .update_response(&asked.token)
            .content(Some(&words))
            .components(Some(&button));
        answered!(changed, "the answer");

        let pressed = self.interaction(InteractionType::MessageComponent).await?;
        check(pressed.message.is_some(), "what was pressed is told")?;
        let input = json!({ "type": 4, "style": 2, "custom_id": "reason", "label": "Pourquoi ?" });
        let form = json!({
            "custom_id": "1.form", "title": "Pourquoi ?", "components": [{ "type": 1, "components": [input] }],
        });
        self.respond(&pressed, InteractionResponseType::Modal, form)
            .await?;

        let submitted = self.interaction(InteractionType::ModalSubmit).await?;
        let Some(InteractionData::ModalSubmit(form)) = &submitted.data else {
            return Err("a form has data".to_owned());
        };
        check(
            form.custom_id == "1.form" && format!("{form:?}").contains("Pour voir"),
            "the form is as filled in",
        )?;
        let words = json!({ "content": "Pour voir" });
        self.respond(
            &submitted,
            InteractionResponseType::ChannelMessageWithSource,
            words,
        )
        .await?;
        let interactions = self.interactions().await?;
        answered!(
            interactions.create_followup(&submitted.token).content("followed"),
            "what follows"
        );
        let gone = interactions.delete_response(&submitted.token).await;
        gone.map(drop).map_err(|error| wrong("a withdrawal")(&error))
    }
}
