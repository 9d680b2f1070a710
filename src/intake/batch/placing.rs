//! Where gestures belong: which prompt, which account, whose count.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::{
    app::App,
    domain::{
        confirmation::Observation,
        id::{AccountId, PersonId, PromptId},
        outcome::Outcome,
        room::RoomAddress,
        seal,
    },
    intake::{About, Act, Author, Gesture, Receipt},
    store::{self, KnownPrompt, PromptState, Standing, Writer},
};

/// A gesture of which all is known.
pub(super) struct Placed<'a> {
    pub gesture: &'a Gesture,
    /// When it was done, as it is kept: which signal is the first must be the same now and when they are read again.
    pub at: Timestamp,
    pub known: &'a KnownPrompt,
    pub account: AccountId,
    pub standing: Standing,
}

/// The prompts that gestures are about.
pub(super) struct Prompts<'a> {
    known: HashMap<PromptId, KnownPrompt>,
    by_message: HashMap<(&'a RoomAddress, &'a str), PromptId>,
}

impl<'a> Prompts<'a> {
    pub(super) async fn load(writer: &mut Writer, gestures: &'a [Gesture]) -> store::Result<Self> {
        let (mut ids, mut messages) = (HashSet::new(), HashSet::new());
        for gesture in gestures {
            match &gesture.about {
                About::Prompt(id) => drop(ids.insert(*id)),
                About::Message(address, message) => drop(messages.insert((address, message.as_str()))),
            }
        }
        let messages: Vec<_> = messages.into_iter().collect();
        let found = writer.list_prompt_ids_at(&messages).await?;
        let by_message: HashMap<_, _> = messages
            .into_iter()
            .zip(found)
            .filter_map(|(message, prompt)| Some((message, prompt?)))
            .collect();
        ids.extend(by_message.values());
        let ids: Vec<PromptId> = ids.into_iter().collect();
        let known = writer.list_known_prompts(&ids).await?;
        Ok(Self {
            known: known.into_iter().map(|known| (known.prompt.id, known)).collect(),
            by_message,
        })
    }

    pub(super) fn find(&self, about: &About) -> Option<&KnownPrompt> {
        let prompt = match about {
            About::Prompt(id) => id,
            About::Message(address, message) => self.by_message.get(&(address, message.as_str()))?,
        };
        self.known.get(prompt)
    }

    /// Where a gesture belongs, or else what is to be said of it.
    pub(super) fn place(&'a self, gesture: &'a Gesture, accounts: &Accounts) -> Result<Placed<'a>, Receipt> {
        let (Some(known), Some((account, person))) =
            (self.find(&gesture.about), accounts.get(&name(&gesture.author)))
        else {
            return Err(Receipt::Meaningless);
        };
        let prompt = &known.prompt;
        let is_shown = matches!(
            prompt.state,
            PromptState::Due | PromptState::Posted | PromptState::Closed
        );
        if !is_shown || gesture.at >= prompt.ends_at {
            let (ask, ended_at) = (prompt.ask, prompt.ends_at);
            return Err(match gesture.act {
                Act::Undo => Receipt::Settled { ask, ended_at },
                _ => Receipt::Over { ask, ended_at },
            });
        }
        Ok(Placed {
            gesture,
            at: store::kept(gesture.at),
            known,
            account: *account,
            standing: Standing {
                ask: prompt.ask,
                occasion: prompt.occasion,
                person: *person,
            },
        })
    }
}

/// The accounts of those who did something, by their names on their platforms.
pub(super) type Accounts<'a> = HashMap<(&'a str, &'a str), (AccountId, PersonId)>;

fn name(author: &Author) -> (&str, &str) {
    (&author.platform, &author.account)
}

/// The accounts of those who did something about a prompt of ours; new ones are met.
pub(super) async fn meet<'a>(
    app: &App,
    writer: &mut Writer,
    gestures: &'a [Gesture],
    prompts: &Prompts<'_>,
) -> store::Result<Accounts<'a>> {
    let authors: HashMap<(&str, &str), &Author> = gestures
        .iter()
        .filter(|gesture| prompts.find(&gesture.about).is_some())
        .map(|gesture| (name(&gesture.author), &gesture.author))
        .collect();
    let names: Vec<(&str, &str)> = authors.keys().copied().collect();
    let found = writer.list_known_accounts(&names).await?;
    let mut accounts = HashMap::with_capacity(names.len());
    for (name, found) in names.into_iter().zip(found) {
        let ids = match (found, authors.get(&name)) {
            (Some(ids), _) => ids,
            (None, Some(author)) => {
                let now = app.clock.now();
                let account = writer.meet(name, &author.name, author.language, now).await?;
                (account.id, account.person)
            }
            (None, None) => continue,
        };
        accounts.insert(name, ids);
    }
    Ok(accounts)
}

/// The reactions of people who had themselves forgotten, as far as they stand on prompts that a batch is about.
pub(super) struct Forgotten {
    seals: HashSet<(PromptId, String)>,
    key: Vec<u8>,
}

impl Forgotten {
    pub(super) async fn load<'a>(
        writer: &mut Writer,
        placed: impl Iterator<Item = &'a Placed<'a>>,
    ) -> store::Result<Self> {
        let reacted: HashSet<PromptId> = placed
            .filter(|placed| matches!(placed.gesture.act, Act::React { .. }))
            .map(|placed| placed.known.prompt.id)
            .collect();
        let reacted: Vec<PromptId> = reacted.into_iter().collect();
        let seals = writer.list_forgotten_signals(&reacted).await?;
        let key = if seals.is_empty() {
            Vec::new()
        } else {
            writer.load_seal_key().await?
        };
        Ok(Self { seals, key })
    }

    /// Whether a gesture is such a reaction. Its leaving drops the last trace of it.
    pub(super) async fn includes(&mut self, writer: &mut Writer, placed: &Placed<'_>) -> store::Result<bool> {
        let Act::React { key, seen } = &placed.gesture.act else {
            return Ok(false);
        };
        let prompt = placed.known.prompt.id;
        if self.seals.is_empty() {
            return Ok(false);
        }
        let Some(outcome) = Outcome::from_reaction(placed.known.kind, key) else {
            return Ok(false);
        };
        let sealed = (
            prompt,
            seal::of_reaction(&self.key, prompt, name(&placed.gesture.author), outcome),
        );
        if !self.seals.contains(&sealed) {
            return Ok(false);
        }
        if *seen == Observation::TakenBack {
            writer.drop_forgotten_signal(prompt, &sealed.1).await?;
            self.seals.remove(&sealed);
        }
        Ok(true)
    }
}
