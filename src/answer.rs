//! What somebody is told about a gesture, from what was committed of it. Losing it is harmless: pressing again gives it again.

use jiff::Timestamp;

use crate::{
    chat::{Answer, Button, Card},
    command::{Context, author, say},
    domain::{
        ask::AskKind,
        choice::{Choice, Detail},
        confirmation::Source,
        id::{AskId, PromptId},
        network::Network,
        outcome::Outcome,
    },
    intake::{About, Act, Change, Gesture, Receipt},
    store::{self, PromptState},
    word::Said,
};

/// The emoji of the button that takes back what was counted.
const UNDO: &str = "↩️";

/// The answer to a gesture about a prompt; `receipt` is none where it could not be recorded.
pub(crate) async fn to_gesture(
    context: &Context<'_>,
    prompt: PromptId,
    receipt: Option<Receipt>,
) -> store::Result<Answer> {
    let voice = context.voice();
    Ok(match receipt {
        None => say(voice.answer_not_recorded()),
        Some(Receipt::Meaningless) => say(voice.answer_button_unknown()),
        Some(Receipt::Undone {
            ask,
            confirmations: 0,
        }) => say(voice.answer_nothing_to_undo(ask.to_string())),
        Some(Receipt::Undone { ask, .. }) => say(voice.answer_undone(ask.to_string())),
        Some(Receipt::Settled { ask, ended_at }) => {
            say(voice.answer_settled(ask.to_string(), context.moment(ended_at)))
        }
        Some(Receipt::Over { ask, ended_at }) => {
            let over = Card::paragraph(voice.answer_over(ask.to_string(), context.moment(ended_at)));
            Answer::private(match next_open(context).await? {
                Some(next) => over.with_paragraph(voice.answer_over_next(next.to_string())),
                None => over,
            })
        }
        Some(Receipt::Noted {
            ask,
            outcome: Outcome::NotToday,
            confirmations: 0,
            ..
        }) => say(voice.answer_not_today(ask.to_string())),
        Some(Receipt::Noted {
            ask,
            outcome: Outcome::NotToday,
            ..
        }) => with_undo(context, prompt, voice.answer_not_today_counted(ask.to_string())),
        Some(Receipt::Noted {
            ask,
            kind,
            outcome,
            detail,
            change,
            ..
        }) => {
            let words = noted(context, (ask, kind), (outcome, &detail), change);
            with_undo(context, prompt, words)
        }
    })
}

/// The answer to what somebody said of a prompt in words. A call of which it is not said what came of it is answered by whoever asks.
pub(crate) async fn to_words(
    context: &Context<'_>,
    prompt: PromptId,
    (said, at): (&Said, Timestamp),
) -> store::Result<Answer> {
    let gesture = |act| Gesture {
        author: author(context),
        about: About::Prompt(prompt),
        act,
        at,
    };
    let Said::Confirmed { outcome, details } = said else {
        context.app.wait_for_reading().await;
        let receipt = context.intake.record(gesture(Act::Undo)).await;
        return to_gesture(context, prompt, receipt).await;
    };
    let (mut last, mut changes) = (None, Vec::new());
    for detail in details {
        let act = Act::Say {
            source: Source::Word,
            outcome: *outcome,
            detail: detail.clone(),
        };
        last = context.intake.record(gesture(act)).await;
        match &last {
            Some(Receipt::Noted { change, .. }) => changes.push(*change),
            _ => return to_gesture(context, prompt, last).await,
        }
    }
    let Some(Receipt::Noted { ask, .. }) = last else {
        return to_gesture(context, prompt, last).await;
    };
    if details.len() < 2 || !changes.contains(&Change::New) {
        return to_gesture(context, prompt, last).await;
    }
    let voice = context.voice();
    let networks = details
        .iter()
        .filter_map(|detail| detail.as_str().parse::<Network>().ok());
    let networks = voice.list(networks.map(|network| voice.network(network)));
    let words = voice.answer_shared_on(ask.to_string(), "several", networks);
    Ok(with_undo(context, prompt, words))
}

/// What counts, and how to undo it.
fn with_undo(context: &Context<'_>, prompt: PromptId, words: String) -> Answer {
    let voice = context.voice();
    let undo = Button {
        id: Choice::Undo { prompt }.encode(),
        label: voice.answer_undo(),
        emoji: Some(UNDO.to_owned()),
        ..Button::default()
    };
    let card = Card::paragraph(words).with_paragraph(voice.answer_mistake());
    Answer::private(Card {
        buttons: vec![undo],
        by_reaction: Some(voice.common_by_reaction()),
        ..card
    })
}

fn noted(
    context: &Context<'_>,
    (ask, kind): (AskId, AskKind),
    (outcome, detail): (Outcome, &Detail),
    change: Change,
) -> String {
    let voice = context.voice();
    let number = ask.to_string();
    match change {
        Change::None => voice.answer_already(number),
        Change::New | Change::Corrected if kind == AskKind::Call => {
            voice.answer_called(outcome.code(), number)
        }
        Change::Corrected => voice.answer_corrected(number),
        Change::New => match detail.as_str().parse::<Network>() {
            Ok(network) => voice.answer_shared_on(number, network.code(), voice.network(network)),
            Err(_) => voice.answer_done(number),
        },
    }
}

/// An ask that is open now, for whoever came late to another.
async fn next_open(context: &Context<'_>) -> store::Result<Option<AskId>> {
    let open = context
        .app
        .store
        .read()
        .await?
        .list_prompts(PromptState::Posted)
        .await?;
    let here = context.room.as_ref().map(|room| room.id);
    let is_open = |prompt: &&crate::store::Prompt| {
        prompt.ends_at > context.now && here.is_none_or(|room| room == prompt.room)
    };
    Ok(open.iter().find(is_open).map(|prompt| prompt.ask))
}
