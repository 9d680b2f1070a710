//! `today`: what is open for the person, in private, with its buttons: prompts scroll away.

use std::collections::HashSet;

use super::{Arguments, Context, Handled, say};
use crate::{
    chat::{Answer, Block, Button, Card, Style},
    domain::{
        choice::{Choice, Detail},
        confirmation::{SignalState, confirmations},
        id::RoomId,
        language::Language,
        outcome::Outcome,
        role::Role,
        room::{Purpose, Room},
    },
    prompt::{PromptView, Reader},
    store::{self, Prompt, PromptState, Session},
};

/// How many asks are shown at once: each takes some buttons, of which a platform takes about 25.
const MOST: usize = 5;

pub(super) async fn today(context: &Context<'_>, _: Arguments) -> Handled {
    let voice = context.voice();
    context.require_part().await?;
    let posted = posted_for(context).await?;
    let mut reader = context.app.store.read().await?;
    let (open, answered) = unanswered(context, &mut reader, posted).await?;
    let Some((first, rest)) = open.split_first() else {
        return Ok(say(if answered > 0 {
            voice.today_all_done()
        } else {
            voice.today_nothing()
        }));
    };
    let zone = context.zone();
    let languages = [context.language()];
    let to = Reader::new(context.app, &languages, (&zone, context.now), context.platform()).in_private();
    if rest.is_empty() {
        let view = view_of(&mut reader, first).await?;
        return Ok(match view {
            Some(view) => Answer::private(view.card(&to)),
            None => say(voice.today_nothing()),
        });
    }
    let count = i64::try_from(open.len()).unwrap_or(i64::MAX);
    let mut card = Card {
        title: Some(voice.today_title(count, voice.number(count))),
        ..Card::default()
    };
    for prompt in open.iter().take(MOST) {
        let Some(view) = view_of(&mut reader, prompt).await? else {
            continue;
        };
        let shown = view.card(&to);
        card.blocks
            .extend(shown.title.map(|text| Block::Heading { text }));
        card.buttons.extend(short_buttons(context, &view, prompt));
    }
    card.by_reaction = Some(voice.common_by_reaction());
    card.footer = Some(voice.today_hint());
    Ok(Answer::private(card))
}

async fn view_of(session: &mut Session, prompt: &Prompt) -> store::Result<Option<PromptView>> {
    let Some(ask) = session.find_ask(prompt.ask).await? else {
        return Ok(None);
    };
    PromptView::load(session, ask, prompt).await.map(Some)
}

/// The outcomes of one ask among several, and the button that shows all of it.
fn short_buttons(context: &Context<'_>, view: &PromptView, prompt: &Prompt) -> Vec<Button> {
    let voice = context.voice();
    let number = prompt.ask.to_string();
    let kind = view.ask.content.kind;
    let confirm = |outcome: &Outcome| Button {
        id: Choice::Confirm {
            prompt: prompt.id,
            outcome: *outcome,
            detail: Detail::default(),
        }
        .encode(),
        label: voice.today_button(
            &number,
            match outcome {
                Outcome::Done => voice.prompt_button_done(kind.code()),
                outcome => voice.prompt_button_call(outcome.code()),
            },
        ),
        emoji: Some(outcome.emoji().to_owned()),
        style: Style::Primary,
        ..Button::default()
    };
    let mut buttons: Vec<Button> = Outcome::offered(kind).iter().map(confirm).collect();
    buttons.push(Button {
        id: Choice::Read {
            prompt: prompt.id,
            language: context.language(),
        }
        .encode(),
        label: voice.today_button_open(&number),
        ..Button::default()
    });
    buttons
}

/// The prompts that the person may answer, one an ask, those that end first before the others.
///
/// In a room these are the room's; in private, those of the rooms where the person was ever active. While there is none, they are those of
/// the rooms in which the person is, or of every room for whoever coordinates: nobody learns here of what is asked elsewhere.
pub(super) async fn posted_for(context: &Context<'_>) -> store::Result<Vec<Prompt>> {
    let mut reader = context.app.store.read().await?;
    let mut prompts = reader.list_prompts(PromptState::Posted).await?;
    prompts.retain(|prompt| prompt.ends_at > context.now);
    let here = context
        .room
        .as_ref()
        .filter(|room| room.purpose == Purpose::Volunteers);
    let mut seen: HashSet<RoomId> = if let Some(room) = here {
        HashSet::from([room.id])
    } else {
        let active = reader.list_presences_of(context.person.id).await?;
        active.into_iter().map(|(room, _)| room).collect()
    };
    if seen.is_empty() {
        let rooms = reader.list_rooms().await?;
        drop(reader);
        seen = if context.has(Role::Coordinator).await? {
            prompts.iter().map(|prompt| prompt.room).collect()
        } else {
            those_they_are_in(context, rooms, &prompts).await
        };
    }
    let mut asks = HashSet::new();
    prompts.retain(|prompt| seen.contains(&prompt.room) && asks.insert(prompt.ask));
    Ok(prompts)
}

/// Those of the rooms with prompts in which the person is.
async fn those_they_are_in(context: &Context<'_>, rooms: Vec<Room>, prompts: &[Prompt]) -> HashSet<RoomId> {
    let mut found = HashSet::new();
    let Some(platform) = context.app.platform(context.platform()) else {
        return found;
    };
    for room in rooms {
        let is_here = room.address.platform == context.platform();
        if !is_here || !prompts.iter().any(|prompt| prompt.room == room.id) {
            continue;
        }
        let address = std::slice::from_ref(&room.address);
        if platform.is_member(&context.sender.account, address).await {
            found.insert(room.id);
        }
    }
    found
}

/// The prompts that the person has not answered; and how many they have.
async fn unanswered(
    context: &Context<'_>,
    session: &mut Session,
    posted: Vec<Prompt>,
) -> store::Result<(Vec<Prompt>, usize)> {
    let signals = session.list_signals_of(context.person.id).await?;
    let (mut open, mut answered) = (Vec::new(), 0);
    for prompt in posted {
        let on_it = signals
            .iter()
            .filter(|one| one.standing.ask == prompt.ask && one.standing.occasion == prompt.occasion);
        let mine: Vec<_> = on_it.map(|one| &one.signal).collect();
        let is_today = |at| {
            context.now.to_zoned(context.zone()).date()
                == jiff::Timestamp::to_zoned(at, context.zone()).date()
        };
        let said_no = mine.iter().any(|signal| {
            signal.state == SignalState::Present
                && signal.key.outcome == Outcome::NotToday
                && is_today(signal.at)
        });
        if said_no || !confirmations(mine).is_empty() {
            answered += 1;
        } else {
            open.push(prompt);
        }
    }
    Ok((open, answered))
}

/// A prompt shown in private in one language.
pub(crate) async fn read(
    context: &Context<'_>,
    (prompt, language): (crate::domain::id::PromptId, Language),
) -> Handled {
    let mut reader = context.app.store.read().await?;
    let Some(prompt) = reader.find_prompt(prompt).await? else {
        return Ok(say(context.voice().answer_button_unknown()));
    };
    let zone = context.zone();
    let languages = [language];
    let to = Reader::new(context.app, &languages, (&zone, context.now), context.platform()).in_private();
    Ok(match view_of(&mut reader, &prompt).await? {
        Some(view) => Answer::private(view.card(&to)),
        None => say(context.voice().answer_button_unknown()),
    })
}
