//! An ask as a card: what a room sees, and what a person who asks for it in private sees.

mod buttons;
mod pages;
mod share;

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    app::App,
    chat::{Block, Card, Link, Picture, Platform},
    domain::{
        ask::{Ask, AskKind, Target},
        id::PromptId,
        language::Language,
        outcome::Outcome,
        room::RoomAddress,
        text,
    },
    i18n::{Voice, Voices},
    store::{self, Campaign, Prompt, PromptState, Session},
    word,
};

pub(crate) use pages::{Pages, is_sealed, link_named};

/// All that a prompt's card is made of.
pub(crate) struct PromptView {
    /// What is asked.
    pub ask: Ask,
    /// Which prompt its buttons speak of; none in a preview, which has no buttons.
    pub prompt: Option<PromptId>,
    /// The end it serves.
    pub campaign: Option<Campaign>,
    /// From when it is over.
    pub ends_at: Timestamp,
    /// Whether it is over already.
    pub is_over: bool,
    /// By how many people it was confirmed.
    pub people: i64,
    /// How often, by outcome.
    pub outcomes: Vec<(Outcome, i64)>,
    /// Its picture's name, type and bytes.
    pub picture: Option<(String, String, Vec<u8>)>,
}

/// For whom a card is.
pub(crate) struct Reader<'a> {
    /// The words.
    pub voices: &'a Voices,
    /// The languages, in order. Several make one message.
    pub languages: &'a [Language],
    /// The clock on their wall.
    pub zone: &'a TimeZone,
    /// What time it is.
    pub now: Timestamp,
    /// The Mastodon server that share links open, instead of a chooser.
    pub mastodon: Option<&'a str>,
    /// The pages that lead to links, where there are any.
    pub pages: Option<&'a Pages>,
    /// How they answer.
    pub answers: Answers,
    /// Whether whoever runs the servers can read their reactions, and not what they write.
    pub are_reactions_seen: bool,
}

/// How a prompt is answered where it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    /// By pressing a button, each time anew.
    Buttons,
    /// By a reaction that stands, in rooms of a platform without buttons.
    Reactions,
}

impl Answers {
    /// How people answer on a platform.
    pub fn on(app: &App, platform: &str) -> Self {
        let has_buttons = |platform: &Arc<dyn Platform>| platform.capabilities().buttons_max > 0;
        if app.platform(platform).is_none_or(has_buttons) {
            Self::Buttons
        } else {
            Self::Reactions
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader of these languages under a zone's clock, on a platform.
    pub fn new(
        app: &'a App,
        languages: &'a [Language],
        (zone, now): (&'a TimeZone, Timestamp),
        platform: &str,
    ) -> Self {
        let mastodon = app.settings.mastodon_server.as_deref();
        Self {
            voices: &app.voices,
            languages,
            zone,
            now,
            mastodon,
            pages: app.pages(),
            answers: Answers::on(app, platform),
            are_reactions_seen: false,
        }
    }

    /// The same, in a room.
    #[must_use]
    pub fn in_room(self, app: &App, room: &RoomAddress) -> Self {
        let platform = app.platform(&room.platform);
        Self {
            are_reactions_seen: platform.is_some_and(|platform| platform.shows_reactions_to_servers(room)),
            ..self
        }
    }

    /// The same, where a person reads it alone: what they press there is no reaction that a room sees, so all of it can be offered.
    #[must_use]
    pub fn in_private(self) -> Self {
        Self {
            answers: Answers::Buttons,
            ..self
        }
    }

    /// The words of each language, in order.
    fn voices(&self) -> impl Iterator<Item = &'a Voice> {
        self.languages.iter().map(|language| self.voices.of(*language))
    }

    /// A short text in each language, once where they agree.
    fn label(&self, words: impl Fn(&Voice) -> String) -> String {
        let mut labels: Vec<String> = self.voices().map(words).collect();
        labels.dedup();
        labels.join(" / ")
    }
}

impl PromptView {
    /// What there is to show of a prompt now.
    pub async fn load(session: &mut Session, ask: Ask, prompt: &Prompt) -> store::Result<Self> {
        let people = session.count_people_of(ask.id, prompt.occasion).await?;
        let outcomes = session.list_outcome_counts(ask.id, Some(prompt.occasion)).await?;
        let mut view = Self::preview(session, ask, prompt.ends_at).await?;
        view.prompt = Some(prompt.id);
        view.is_over = prompt.state == PromptState::Closed;
        view.people = people;
        view.outcomes = outcomes;
        Ok(view)
    }

    /// What there is to show of an ask before anybody has answered it.
    pub async fn preview(session: &mut Session, ask: Ask, ends_at: Timestamp) -> store::Result<Self> {
        let campaign = match ask.content.campaign {
            Some(id) => session.find_campaign(id).await?,
            None => None,
        };
        let mut picture = None;
        if let Some(id) = ask.content.picture {
            let stored = session
                .list_pictures()
                .await?
                .into_iter()
                .find(|picture| picture.id == id);
            if let Some(stored) = stored {
                picture = Some((
                    stored.name,
                    stored.media_type,
                    session.load_picture_bytes(id).await?,
                ));
            }
        }
        Ok(Self {
            ask,
            prompt: None,
            campaign,
            ends_at,
            is_over: false,
            people: 0,
            outcomes: Vec::new(),
            picture,
        })
    }

    /// The languages of a reader in which the ask has words; all it has where there is none of theirs.
    fn languages_for(&self, wanted: &[Language]) -> Vec<Language> {
        let has = |language: &Language| self.ask.content.wording(*language).is_some();
        let common: Vec<Language> = wanted.iter().copied().filter(has).collect();
        if common.is_empty() {
            self.ask.content.wordings.iter().map(|(own, _)| *own).collect()
        } else {
            common
        }
    }

    /// The card.
    pub fn card(&self, reader: &Reader) -> Card {
        let languages = self.languages_for(reader.languages);
        let reader = Reader {
            languages: &languages,
            ..*reader
        };
        let mut card = Card {
            picture: self.picture(&reader),
            ..Card::default()
        };
        for (index, language) in languages.iter().enumerate() {
            let voice = reader.voices.of(*language);
            let title = self.title(voice, &reader);
            if index == 0 {
                card.title = Some(title);
            } else {
                card.blocks.push(Block::Rule);
                card.blocks.push(Block::Heading { text: title });
            }
            let before = card.blocks.len();
            self.add_section(voice, &reader, &mut card.blocks);
            if let (Some(prompt), Some(pages)) = (self.prompt, reader.pages) {
                pages.put(prompt, *language, &mut card.blocks[before..]);
            }
        }
        card.footer = Some(
            reader
                .voices()
                .map(|voice| self.total(voice))
                .collect::<Vec<_>>()
                .join(" · "),
        );
        if let Some(prompt) = self.prompt.filter(|_| !self.is_over) {
            card.buttons = self.buttons(prompt, &reader);
            card.by_reaction = Some(reader.label(|voice| voice.prompt_react()));
            if reader.answers == Answers::Reactions && reader.are_reactions_seen {
                let other_ways = reader.voices().map(|voice| self.other_ways(voice));
                card.blocks
                    .extend(other_ways.map(|text| Block::Paragraph { text }));
            }
        }
        card
    }

    /// The ask's subject: its campaign's title, or its first words.
    pub fn subject(&self, language: Language) -> String {
        if let Some(campaign) = &self.campaign {
            return campaign.title(language).to_owned();
        }
        let wordings = &self.ask.content.wordings;
        let own = self
            .ask
            .content
            .wording(language)
            .or_else(|| wordings.first().map(|(_, wording)| wording));
        own.map(|wording| text::title_of(&wording.text))
            .unwrap_or_default()
    }

    /// The first line.
    fn title(&self, voice: &Voice, reader: &Reader) -> String {
        let until = voice.deadline(self.ends_at, reader.zone, reader.now);
        let kind = self.ask.content.kind.code();
        voice.prompt_title(
            kind,
            until,
            self.subject(voice.language()),
            self.ask.id.to_string(),
        )
    }

    fn add_section(&self, voice: &Voice, reader: &Reader, blocks: &mut Vec<Block>) {
        let content = &self.ask.content;
        let Some(wording) = content.wording(voice.language()) else {
            return;
        };
        let is_to_copy = content.kind == AskKind::Share || !content.networks.is_empty();
        if content.kind != AskKind::Share {
            blocks.push(Block::Paragraph {
                text: wording.text.clone(),
            });
            self.add_targets(voice, blocks);
            if let Some(script) = &wording.script {
                blocks.push(Block::Paragraph {
                    text: voice.prompt_script_label(),
                });
                blocks.push(Block::Quote {
                    text: filled(voice, script),
                });
            }
            if let Some(link) = &content.link {
                let label = voice.prompt_open_page();
                blocks.push(Block::Links {
                    links: vec![Link::to(label, link)],
                });
            }
        }
        if is_to_copy {
            self.add_share(voice, reader, blocks);
        }
    }

    /// How to answer without a reaction.
    fn other_ways(&self, voice: &Voice) -> String {
        let content = &self.ask.content;
        let said = word::known(voice, content).into_iter().next().unwrap_or_default();
        let command = format!("{} {}", voice.command_done(), self.ask.id);
        let command = match content.kind {
            AskKind::Call => format!("{command} {said}"),
            _ => command,
        };
        voice.prompt_reactions_seen(said, command)
    }

    fn add_targets(&self, voice: &Voice, blocks: &mut Vec<Block>) {
        let mut links = Vec::new();
        for target in &self.ask.content.targets {
            match target {
                Target::Number { name, number } => links.push(Link::to(
                    voice.prompt_target(name, voice.telephone(number)),
                    format!("tel:{number}"),
                )),
                Target::Representative { .. } => {
                    blocks.push(Block::Paragraph {
                        text: voice.prompt_representative(),
                    });
                }
            }
        }
        if !links.is_empty() {
            blocks.push(Block::Links { links });
        }
    }

    /// The running total, and that it is over where it is.
    fn total(&self, voice: &Voice) -> String {
        let total = if self.ask.content.kind == AskKind::Call {
            let of = |wanted: fn(Outcome) -> bool| {
                self.outcomes
                    .iter()
                    .filter(|(outcome, _)| wanted(*outcome))
                    .map(|(_, count)| count)
                    .sum::<i64>()
            };
            let (calls, reached) = (of(Outcome::counts), of(|outcome| outcome == Outcome::Reached));
            voice.prompt_total_calls(
                voice.prompt_calls(calls, voice.number(calls)),
                voice.prompt_conversations(reached, voice.number(reached)),
            )
        } else {
            voice.prompt_total(
                self.people,
                self.ask.content.kind.code(),
                voice.number(self.people),
            )
        };
        if self.is_over {
            voice.prompt_over(total)
        } else {
            total
        }
    }

    fn picture(&self, reader: &Reader) -> Option<Picture> {
        let (name, media_type, bytes) = self.picture.as_ref()?;
        let alt = |language: &Language| self.ask.content.wording(*language)?.alt.clone();
        let alts: Vec<String> = reader.languages.iter().filter_map(alt).collect();
        Some(Picture {
            name: name.clone(),
            media_type: media_type.clone(),
            alt: alts.join(" / "),
            bytes: bytes.as_slice().into(),
        })
    }
}

/// A script with what only the caller knows put as something to fill in.
fn filled(voice: &Voice, script: &str) -> String {
    script
        .replace("{district}", &voice.prompt_fill_district())
        .replace("{legislator}", &voice.prompt_fill_legislator())
}
