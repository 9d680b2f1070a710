//! Clients of Discord that others wrote, as judges of the model: each sends, reacts and reads back on it, loses its connection, and
//! answers a command, a button and a form. A model that is broken on purpose must not satisfy them.
//!
//! discord.js and discord.py come from `tests/with-clients`; without them they are skipped aloud, and in CI they fail.

mod script;
mod twilight;

use std::time::Duration;

use tokio::time::timeout;

use super::PATIENCE;
use super::model::{Id, Model, Person, faults::Flaw, interaction::Step, message::Way, server::Server};

/// More than stand on one page.
const CROWD: usize = 150;
/// The ways to break the model, and a word of what a judge says of each.
const FLAWS: [(Flaw, &str); 3] = [
    (Flaw::ReplayForgotten, "missed"),
    (Flaw::NumberForContent, "content"),
    (Flaw::PagesStandStill, "pages"),
];

/// What a judge asks of whoever else is there.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cue {
    /// The crowd reacts with ✅ to this message, and some of it with super reactions.
    React(Id),
    /// The connection is cut, and something is said meanwhile.
    Cut,
    /// Marie uses the command, presses what it shows, and fills in what opens.
    Command,
}

impl Cue {
    /// What a script says.
    fn read(line: &str) -> Self {
        match line.split_once(' ') {
            Some(("react", message)) => Self::React(message.parse().expect("a judge names a message")),
            None if line == "cut" => Self::Cut,
            None if line == "command" => Self::Command,
            _ => panic!("a judge says {line:?}"),
        }
    }
}

/// A place with people, where the judge's own script is played.
struct Stage {
    model: Model,
    guild: Server,
    channel: Id,
    marie: Person,
    crowd: Vec<Person>,
}

impl Stage {
    fn set(model: Model, flaw: Option<Flaw>) -> Self {
        if let Some(flaw) = flaw {
            model.break_with(flaw);
        }
        let guild = model.guild("Logement");
        let channel = guild.channel("relais");
        let marie = model.user("Marie", "fr");
        let crowd: Vec<Person> = (0..CROWD)
            .map(|number| model.user(&format!("Volontaire {number}"), "fr"))
            .collect();
        guild.admit(&[&marie]);
        guild.admit(&crowd.iter().collect::<Vec<_>>());
        Self {
            model,
            guild,
            channel,
            marie,
            crowd,
        }
    }

    /// What a judge asks wrongly is its own affair, and a flaw needs no second witness; what the model answers wrongly fails the test.
    fn forgive(&self, flaw: Option<Flaw>) {
        let violations = self.model.take_violations().into_iter();
        let answers: Vec<String> = violations.filter(|told| told.starts_with("the answer")).collect();
        assert!(flaw.is_some() || answers.is_empty(), "{}", answers.join("\n"));
    }

    async fn play(&self, cue: Cue) {
        match cue {
            Cue::React(message) => {
                for person in &self.crowd {
                    person.react((self.channel, message), "✅");
                }
                for person in &self.crowd[..2] {
                    person.react_as((self.channel, message), "✅", Way::Burst);
                }
            }
            Cue::Cut => {
                self.model.cut_gateway();
                self.marie.mention_bot(self.channel, "missed");
            }
            Cue::Command => self.command().await,
        }
    }

    /// Marie's client is in French.
    async fn command(&self) {
        let marie = &self.marie;
        let suggested = marie
            .complete(self.channel, "sonner", &[], ("cloche", "gr"))
            .await;
        assert_eq!(suggested, [("big".to_owned(), "Grande".to_owned())]);
        let shown = marie.slash(self.channel, "sonner", &[("cloche", "big")]).await;
        assert!(shown.is_private());
        assert_eq!(shown.words(), "big (fr)");
        let form = marie.press(shown.at(), "Why?").await;
        let told = marie.submit(&form, &[("reason", "Pour voir")]).await;
        assert_eq!((told.words(), told.is_private()), ("Pour voir".to_owned(), false));
        let Step::Message(_) = told.step else {
            panic!("{:?}", told.step);
        };
        assert_eq!(told.next().await.words(), "followed");
    }
}

/// A judge that is not in this process, or none where it is not installed.
macro_rules! judges {
    ($judge:ident, $script:literal, $fair:ident, $unfair:ident) => {
        #[tokio::test]
        async fn $fair() {
            if let Some(judge) = script::$judge($script) {
                judge.judge(Model::start().await, None).await.unwrap();
            }
        }

        #[tokio::test]
        async fn $unfair() {
            for (flaw, word) in FLAWS {
                if let Some(judge) = script::$judge($script) {
                    let model = Model::start().await;
                    let said = judge
                        .judge(model, Some(flaw))
                        .await
                        .expect_err("it is broken");
                    assert!(said.contains(word), "{flaw:?}: {said}");
                }
            }
        }
    };
}

judges!(
    in_node,
    "judge.mjs",
    discord_js_finds_nothing_wrong,
    discord_js_finds_what_is_broken
);
judges!(
    in_python,
    "judge.py",
    discord_py_finds_nothing_wrong,
    discord_py_finds_what_is_broken
);

#[tokio::test]
async fn twilight_finds_nothing_wrong() {
    twilight::judge(Model::start().await, None).await.unwrap();
}

#[tokio::test]
async fn twilight_finds_what_is_broken() {
    for (flaw, word) in FLAWS {
        let said = twilight::judge(Model::start().await, Some(flaw)).await;
        let said = said.expect_err("it is broken");
        assert!(said.contains(word), "{flaw:?}: {said}");
    }
}
