//! Replies to prompts: those that say what came of it are answers, and all else is conversation.

use jiff::Timestamp;

use super::Router;
use crate::{
    answer,
    chat::{Message, Origin, Place, Reply, Sender},
    command,
    store::{self, Prompt},
    word::{self, Meaning},
};

/// The longest reply that may be an answer, in characters: no list of networks is longer.
const LONGEST: usize = 200;

/// A reply.
pub(super) struct Replied {
    /// To what.
    pub to: Message,
    /// What it says.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

impl Router {
    /// Takes a reply to a prompt that says what came of it. Whoever says anything else has not spoken to the bot: nothing is made of it,
    /// and nobody is met by it.
    pub(super) async fn replied(
        &self,
        reply: Reply,
        (sender, place): (&Sender, &Place),
        origin: Option<&Origin>,
        said: Replied,
    ) {
        let meant = match self.meaning(place, &said).await {
            Ok(meant) => meant,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "a reply could not be read");
                return;
            }
        };
        let Some((prompt, meaning)) = meant else { return };
        self.reply(reply, (sender, place), origin, async |context| {
            let answered = match &meaning {
                Meaning::Said(meant) => answer::to_words(context, prompt.id, (meant, said.at)).await,
                Meaning::Unclear => Ok(command::say(
                    context.voice().word_which_outcome(prompt.ask.to_string()),
                )),
            };
            let answer =
                answered.unwrap_or_else(|error| command::stopped(context.voice(), context.app, error.into()));
            Some(answer.in_the_open())
        })
        .await;
    }

    /// What a reply means, where it is one to a prompt and means something.
    async fn meaning(&self, place: &Place, said: &Replied) -> store::Result<Option<(Prompt, Meaning)>> {
        if said.text.chars().nth(LONGEST).is_some() {
            return Ok(None);
        }
        let mut reader = self.app.store.read().await?;
        let Some(prompt) = reader.find_prompt_at(&place.address, &said.to.0).await? else {
            return Ok(None);
        };
        let ask = reader.find_ask(prompt.ask).await?;
        let meaning = ask.and_then(|ask| word::meaning(&self.app.voices, &ask.content, &said.text));
        Ok(meaning.map(|meaning| (prompt, meaning)))
    }
}
