//! What can be pressed on a prompt: the outcomes, *not today*, the other language.

use super::{Answers, PromptView, Reader};
use crate::{
    chat::{Button, Hold, Style},
    domain::{
        ask::{AskKind, Target},
        choice::{Choice, Detail},
        id::PromptId,
        outcome::Outcome,
    },
    i18n::Voice,
};

/// The emoji of the button that shows the other language.
const OTHER_LANGUAGE: &str = "🌐";

impl PromptView {
    /// The buttons of the prompt, one set for all the languages of the message.
    pub(super) fn buttons(&self, prompt: PromptId, reader: &Reader) -> Vec<Button> {
        let mut buttons = match (reader.answers, self.ask.content.kind) {
            (Answers::Reactions, _) => self.reactions(prompt, reader),
            (Answers::Buttons, AskKind::Call) => self.call_buttons(prompt, reader),
            (Answers::Buttons, AskKind::Share) if !self.ask.content.networks.is_empty() => {
                self.network_buttons(prompt, reader)
            }
            (Answers::Buttons, kind) => {
                let label = reader.label(|voice| voice.prompt_button_done(kind.code()));
                vec![confirm(prompt, Outcome::Done, Detail::default(), label)]
            }
        };
        buttons.push(not_today(prompt, reader));
        if reader.answers == Answers::Reactions {
            for button in &mut buttons {
                button.hold = Hold::Standing;
            }
        }
        if let [language] = reader.languages {
            let other = language.other();
            if self.ask.content.wording(other).is_some() {
                buttons.push(Button {
                    id: Choice::Read {
                        prompt,
                        language: other,
                    }
                    .encode(),
                    label: reader.voices.of(other).prompt_button_read(),
                    emoji: Some(OTHER_LANGUAGE.to_owned()),
                    ..Button::default()
                });
            }
        }
        buttons
    }

    /// What can be said by a reaction: each outcome, whatever its network or number.
    fn reactions(&self, prompt: PromptId, reader: &Reader) -> Vec<Button> {
        let kind = self.ask.content.kind;
        let words = |voice: &Voice, outcome: Outcome| match kind {
            AskKind::Call => voice.prompt_button_call(outcome.code()),
            kind => voice.prompt_button_done(kind.code()),
        };
        let offered = Outcome::offered(kind).iter().map(|outcome| {
            let label = reader.label(|voice| words(voice, *outcome));
            confirm(prompt, *outcome, Detail::default(), label)
        });
        offered.collect()
    }

    fn network_buttons(&self, prompt: PromptId, reader: &Reader) -> Vec<Button> {
        let networks = self.ask.content.networks.iter();
        networks
            .filter_map(|network| {
                let label = reader.label(|voice| voice.network(*network));
                Some(confirm(
                    prompt,
                    Outcome::Done,
                    Detail::new(network.code())?,
                    label,
                ))
            })
            .collect()
    }

    /// One set of outcomes where there is one number to call, a set for each where there are several.
    fn call_buttons(&self, prompt: PromptId, reader: &Reader) -> Vec<Button> {
        let targets = &self.ask.content.targets;
        let label = |voice: &Voice, outcome: Outcome| voice.prompt_button_call(outcome.code());
        let outcomes = Outcome::offered(AskKind::Call);
        if targets.len() < 2 {
            let button = |outcome: &Outcome| {
                confirm(
                    prompt,
                    *outcome,
                    Detail::default(),
                    reader.label(|voice| label(voice, *outcome)),
                )
            };
            return outcomes.iter().map(button).collect();
        }
        let mut buttons = Vec::new();
        for (index, target) in targets.iter().enumerate() {
            let (Target::Number { name, .. } | Target::Representative { jurisdiction: name }) = target;
            for outcome in outcomes {
                let label = reader.label(|voice| voice.prompt_button_call_to(name, label(voice, *outcome)));
                buttons.push(confirm(prompt, *outcome, Detail::target(index), label));
            }
        }
        buttons
    }
}

fn not_today(prompt: PromptId, reader: &Reader) -> Button {
    let label = reader.label(|voice| voice.prompt_button_not_today());
    Button {
        style: Style::Secondary,
        ..confirm(prompt, Outcome::NotToday, Detail::default(), label)
    }
}

fn confirm(prompt: PromptId, outcome: Outcome, detail: Detail, label: String) -> Button {
    Button {
        id: Choice::Confirm {
            prompt,
            outcome,
            detail,
        }
        .encode(),
        label,
        emoji: Some(outcome.emoji().to_owned()),
        style: Style::Primary,
        hold: Hold::Once,
    }
}
