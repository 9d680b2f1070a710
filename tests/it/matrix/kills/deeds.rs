//! A story as a list of deeds. Each is done once.

use std::fmt;

/// The words by which an ask is known in its rooms: four of the calendar, and two that Marie writes herself. Their numbers are their
/// places, from one.
pub const ASKS: [&str; 6] = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];
/// How many of them the calendar has.
pub const IN_CALENDAR: usize = 4;
/// The campaigns that are made by command.
pub const CAMPAIGNS: [&str; 2] = ["hiver", "printemps"];

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Marie,
    Claire,
    Ines,
    Omar,
}

/// Where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    Coordination,
    /// A plain room of volunteers.
    Quartier,
    /// An encrypted one.
    Downtown,
    /// One that the story links; plain.
    Rue,
    /// An encrypted one of the leadership, which the story links.
    Board,
    /// The conversation with the bot.
    Private,
}

/// What.
#[derive(Debug, Clone)]
pub enum What {
    /// Types something.
    Types(String),
    /// Replies to the prompt of an ask.
    Replies(usize, &'static str),
    /// Drops the calendar.
    Drops,
    /// Reacts to the prompt of an ask.
    Reacts(usize),
    /// Takes that back.
    TakesBack(usize),
}

/// What is to come of it, beside that it is carried out.
#[derive(Debug, Clone, Copy)]
pub enum Then {
    Nothing,
    /// The ask stands in all its rooms.
    Posted(usize),
    /// So many confirmations of the ask count for whoever did it.
    Counted(usize, usize),
}

/// Somebody does something somewhere.
#[derive(Debug, Clone)]
pub struct Deed {
    pub who: Who,
    pub place: Where,
    pub what: What,
    pub then: Then,
}

impl Deed {
    /// Whether it makes the bot say something in many rooms.
    pub fn posts(&self) -> bool {
        matches!(self.then, Then::Posted(_))
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (who, place) = (self.who, self.place);
        match &self.what {
            What::Types(text) => write!(to, "{who:?} types {:?} in {place:?}", text.lines().next()),
            What::Replies(ask, word) => write!(to, "{who:?} replies {word:?} to {ask} in {place:?}"),
            What::Drops => write!(to, "{who:?} drops the calendar"),
            What::Reacts(ask) => write!(to, "{who:?} reacts to {ask} in {place:?}"),
            What::TakesBack(ask) => write!(to, "{who:?} takes back a reaction to {ask}"),
        }
    }
}

fn types(who: Who, place: Where, text: impl Into<String>, then: Then) -> Deed {
    Deed {
        who,
        place,
        what: What::Types(text.into()),
        then,
    }
}

/// The whole story.
pub fn deeds() -> Vec<Deed> {
    use {
        Then::Nothing,
        Where::{Board, Coordination, Private, Rue},
        Who::{Claire, Marie},
    };
    let mut deeds = vec![
        types(Marie, Rue, "!relais room add volunteers fr", Nothing),
        types(Marie, Board, "!relais room add leadership both", Nothing),
    ];
    for slug in CAMPAIGNS {
        let command = format!("!relais campaign new {slug} \"En français\" \"In English\"");
        deeds.push(types(Claire, Coordination, command, Nothing));
    }
    deeds.push(Deed {
        who: Marie,
        place: Coordination,
        what: What::Drops,
        then: Nothing,
    });
    for word in &ASKS[IN_CALENDAR..] {
        let form = format!(
            "!relais form 1.ask-new\n▸ kind · Type: sign\n▸ wording_fr · Texte: Signez {word}.\n\
             ▸ wording_en · Text: Sign {word}.\n▸ link · Lien: https://example.org/{word}"
        );
        deeds.push(types(Marie, Private, form, Nothing));
    }
    deeds.push(types(Claire, Coordination, "!relais stop", Nothing));
    deeds.push(types(Marie, Coordination, "!relais resume", Nothing));
    for ask in 1..=ASKS.len() {
        let approve = format!("!relais ask approve {ask}");
        deeds.push(types(Claire, Coordination, approve, Nothing));
        let post = format!("!relais ask post {ask}");
        deeds.push(types(Claire, Coordination, post, Then::Posted(ask)));
        deeds.extend(answers(ask));
    }
    deeds.push(types(Claire, Coordination, "!relais stats", Nothing));
    deeds
}

/// Inès and Omar answer each ask in other ways, and take some of it back.
fn answers(ask: usize) -> Vec<Deed> {
    use {
        Then::Counted,
        Where::{Downtown, Private, Quartier},
        Who::{Ines, Omar},
    };
    let deed = |who, place, what, count| Deed {
        who,
        place,
        what,
        then: Counted(ask, count),
    };
    let done = format!("done {ask}");
    let mut answers = match ask % 3 {
        0 => vec![
            deed(Ines, Quartier, What::Reacts(ask), 1),
            deed(Omar, Downtown, What::Replies(ask, "done"), 1),
            deed(Ines, Quartier, What::TakesBack(ask), 0),
        ],
        1 => vec![
            deed(Ines, Private, What::Types(done), 1),
            deed(Omar, Downtown, What::Reacts(ask), 1),
            deed(Omar, Downtown, What::TakesBack(ask), 0),
            deed(Omar, Downtown, What::Reacts(ask), 1),
        ],
        _ => vec![
            deed(Ines, Quartier, What::Replies(ask, "fait"), 1),
            deed(Omar, Downtown, What::Reacts(ask), 1),
            deed(Omar, Downtown, What::Replies(ask, "undo"), 0),
        ],
    };
    if ask == 5 {
        answers.push(deed(Ines, Quartier, What::Replies(ask, "annuler"), 0));
        answers.push(deed(Ines, Quartier, What::Reacts(ask), 1));
    }
    answers
}
