//! An organisation's week as a list of deeds. Whoever got no answer does it again, as people do.

use std::{collections::BTreeMap, fmt};

use anyhow::Context;
use jiff::{
    ToSpan,
    civil::{DateTime, date},
};
use serde_json::Value;

use super::books::Books;
use crate::demo::{
    Demo,
    organisation::{
        ADMIN, BOTH_ROOM, COORDINATION, COORDINATORS, ENGLISH_ROOM, FRENCH_ROOM, LEADERSHIP, SETTING_UP,
        VOLUNTEERS, button, calendar, is_prompt,
    },
};

/// An ask of the shared calendar that rooms of ours get: its reference, when it is due, and words of it in each language.
#[derive(Debug, Clone, Copy)]
struct Asked {
    reference: &'static str,
    due: DateTime,
    words: [&'static str; 2],
    groups: Groups,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Groups {
    Montreal,
    Laval,
    Both,
}

const fn asked(reference: &'static str, due: DateTime, words: [&'static str; 2], groups: Groups) -> Asked {
    Asked {
        reference,
        due,
        words,
        groups,
    }
}

const ASKED: [Asked; 7] = [
    asked(
        "renov-01",
        date(2026, 11, 23).at(9, 0, 0, 0),
        ["Trois familles de la rue", "Three families on"],
        Groups::Both,
    ),
    asked(
        "renov-02",
        date(2026, 11, 24).at(11, 30, 0, 0),
        ["Appelez votre député", "Call your member"],
        Groups::Both,
    ),
    asked(
        "renov-03",
        date(2026, 11, 25).at(8, 15, 0, 0),
        ["On m’a offert", "They offered me"],
        Groups::Montreal,
    ),
    asked(
        "petition-01",
        date(2026, 11, 25).at(17, 0, 0, 0),
        ["Avez-vous signé", "Have you signed"],
        Groups::Both,
    ),
    asked(
        "hiver-01",
        date(2026, 11, 27).at(9, 0, 0, 0),
        ["Un propriétaire doit", "A landlord must"],
        Groups::Laval,
    ),
    asked(
        "assemblee-01",
        date(2026, 11, 28).at(10, 0, 0, 0),
        ["Garderie sur place", "Childcare on site"],
        Groups::Montreal,
    ),
    asked(
        "don-01",
        date(2026, 11, 30).at(7, 30, 0, 0),
        ["chauffage d’urgence", "emergency heating"],
        Groups::Both,
    ),
];

/// When the week is summed up.
const SUMMARY_DUE: DateTime = date(2026, 11, 30).at(9, 0, 0, 0);

impl Asked {
    /// The rooms that get it, with words that stand there.
    fn rooms(&self) -> Vec<(&'static str, &'static str)> {
        let mut rooms = Vec::new();
        if self.groups != Groups::Laval {
            rooms.extend([(FRENCH_ROOM, self.words[0]), (ENGLISH_ROOM, self.words[1])]);
        }
        if self.groups != Groups::Montreal {
            rooms.push((BOTH_ROOM, self.words[1]));
        }
        rooms
    }
}

/// What somebody does.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// Types a command in a room.
    Say(&'static str, &'static str, &'static str),
    /// Approves an ask.
    Approve(&'static str),
    /// Drops the calendar.
    Import,
    /// Moves the clock.
    Wait(DateTime),
    /// Presses the first button of a prompt.
    Press(Answer),
    /// Reacts to a prompt.
    React(Answer),
    /// Takes back what they confirmed.
    Undo(Answer),
    /// Reads until the summary is there.
    Read,
}

/// Who answers to which ask, and the prompt by its room and words of it.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    who: &'static str,
    asked: &'static str,
    room: &'static str,
    words: &'static str,
}

impl fmt::Display for Deed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say(who, _, text) => write!(formatter, "{who} types {text}"),
            Self::Approve(asked) => write!(formatter, "{} approves {asked}", COORDINATORS[1]),
            Self::Import => write!(formatter, "{} drops the calendar", COORDINATORS[0]),
            Self::Wait(until) => write!(formatter, "it becomes {until}"),
            Self::Press(Answer { who, asked, .. }) => write!(formatter, "{who} presses a button of {asked}"),
            Self::React(Answer { who, asked, .. }) => write!(formatter, "{who} reacts to {asked}"),
            Self::Undo(Answer { who, asked, .. }) => write!(formatter, "{who} undoes {asked}"),
            Self::Read => write!(formatter, "the leadership reads the summary"),
        }
    }
}

/// What was acknowledged, by person and ask.
#[derive(Default)]
pub struct Week(BTreeMap<(&'static str, &'static str), Standing>);

/// What somebody knows of a confirmation of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Counted,
    TakenBack,
}

impl Week {
    /// Does what is next. It may have been done before, and then it does not matter.
    pub async fn carry_out(&mut self, demo: &mut Demo, deed: Deed) -> anyhow::Result<()> {
        match deed {
            Deed::Say(who, room, text) => drop(demo.say(who, room, text).await?),
            Deed::Approve(asked) => {
                drop(
                    demo.say(COORDINATORS[1], COORDINATION, &format!("/ask approve {asked}"))
                        .await?,
                );
            }
            Deed::Import => drop(
                demo.drop_files(COORDINATORS[0], COORDINATION, &calendar())
                    .await?,
            ),
            Deed::Wait(until) => wait(demo, until).await?,
            Deed::Press(answer) => {
                let (prompt, first) = answer.prompt(demo).await?;
                let told = demo.press(answer.who, &prompt, &first).await?;
                // Whatever can be undone was recorded.
                button(&told, "1.u.").with_context(|| format!("it was not counted: {told}"))?;
                self.0.insert((answer.who, answer.asked), Standing::Counted);
            }
            Deed::React(answer) => {
                let (prompt, _) = answer.prompt(demo).await?;
                demo.react(answer.who, &prompt, "✅").await?;
                self.0.insert((answer.who, answer.asked), Standing::Counted);
            }
            Deed::Undo(answer) => {
                let (prompt, first) = answer.prompt(demo).await?;
                let number = first.split('.').nth(2).context("a button names its prompt")?;
                // Who undoes before the chat was read again is told that there is nothing to undo.
                demo.until_read_again().await;
                demo.press(answer.who, &prompt, &format!("1.u.{number}")).await?;
                self.0.insert((answer.who, answer.asked), Standing::TakenBack);
            }
            Deed::Read => drop(demo.message(ADMIN, LEADERSHIP, has_picture).await?),
        }
        Ok(())
    }

    /// What was acknowledged stands, and what was taken back does not.
    pub async fn check(&self, books: &Books) {
        assert!(!self.0.is_empty());
        for ((who, asked), standing) in &self.0 {
            let confirmed = books.confirmed(who, books.ask(asked).await).await;
            let expected = usize::from(*standing == Standing::Counted);
            assert_eq!(
                confirmed.len(),
                expected,
                "{who}, {asked}: {standing:?} was acknowledged"
            );
        }
        println!("{} answers stand as they were acknowledged", self.0.len());
    }
}

/// Each ask stands exactly once in each of its rooms and in no other, and the summary stands once.
pub async fn check_rooms(demo: &Demo) {
    for room in [FRENCH_ROOM, ENGLISH_ROOM, BOTH_ROOM] {
        let messages = demo.messages(ADMIN, room).await.unwrap();
        for asked in &ASKED {
            let expected = asked.rooms().iter().filter(|(own, _)| *own == room).count();
            let stands = |message: &&Value| {
                let card = message["card"].to_string();
                asked.words.iter().any(|words| card.contains(words))
            };
            let found = messages.iter().filter(stands).count();
            assert_eq!(found, expected, "{} in {room}: {messages:#?}", asked.reference);
        }
    }
    let messages = demo.messages(ADMIN, LEADERSHIP).await.unwrap();
    let summaries = messages.iter().filter(|message| has_picture(message)).count();
    assert_eq!(summaries, 1, "{messages:#?}");
}

fn has_picture(message: &Value) -> bool {
    message["author"]["bot"] == true && message["card"]["picture"].is_object()
}

impl Answer {
    /// The prompt, once it stands, and its first button.
    async fn prompt(&self, demo: &Demo) -> anyhow::Result<(Value, String)> {
        let prompt = demo
            .message(self.who, self.room, |message| is_prompt(message, self.words))
            .await?;
        let first = button(&prompt, "1.c.").context("a prompt has a button")?;
        Ok((prompt, first))
    }
}

/// Moves the clock on to a time, by the page's own steps.
async fn wait(demo: &mut Demo, until: DateTime) -> anyhow::Result<()> {
    loop {
        let now = demo.now();
        let (by, span) = match until.duration_since(now).as_mins() {
            _ if now >= until => return Ok(()),
            1380.. => ("day", 1.day()),
            50.. => ("hour", 1.hour()),
            _ => ("ten-minutes", 10.minutes()),
        };
        demo.leap(ADMIN, by, span).await?;
    }
}

/// The whole week.
pub fn deeds() -> Vec<Deed> {
    let mut deeds: Vec<Deed> = SETTING_UP
        .iter()
        .map(|(room, text)| Deed::Say(ADMIN, room, text))
        .collect();
    deeds.push(Deed::Import);
    deeds.extend(ASKED.iter().map(|asked| Deed::Approve(asked.reference)));
    for asked in &ASKED {
        deeds.push(Deed::Wait(asked.due));
        answers(asked, &mut deeds);
    }
    deeds.extend([Deed::Wait(SUMMARY_DUE), Deed::Read]);
    deeds
}

/// Two press a button and one reacts, in one room each; of some asks one of them takes it back.
fn answers(ask: &Asked, deeds: &mut Vec<Deed>) {
    let rooms = ask.rooms();
    let [presser, reactor, english_presser] = VOLUNTEERS;
    let answer = |who: &'static str, number: usize| {
        let (room, words) = rooms[number % rooms.len()];
        Answer {
            who,
            asked: ask.reference,
            room,
            words,
        }
    };
    deeds.push(Deed::Press(answer(presser, 0)));
    deeds.push(Deed::Press(answer(english_presser, 1)));
    deeds.push(Deed::React(answer(reactor, 2)));
    match ask.reference {
        "renov-01" | "assemblee-01" => deeds.push(Deed::Undo(answer(presser, 0))),
        "renov-03" | "don-01" => deeds.push(Deed::Undo(answer(reactor, 2))),
        _ => {}
    }
}
