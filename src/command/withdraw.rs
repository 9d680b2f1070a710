//! `ask withdraw`: an ask is taken back at once, with all that stands of it in rooms.

use jiff::Timestamp;

use super::{Arguments, Context, Handled, Stop, say};
use crate::{
    app::App,
    chat::{Block, Card},
    domain::{
        ask::AskState,
        text::{clean, shortened},
    },
    i18n::Voice,
    notice::tell_coordinators,
    store::{self, DeliveryKind, Destination, NewDelivery, Prompt, PromptState, Writer},
};

/// The longest reason that is passed on, in characters.
const REASON_MAX: usize = 1_000;

pub(super) async fn withdraw(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let mut writer = context.write().await?;
    let ask = context.own_ask(&mut writer, arguments.text(0)).await?;
    let number = ask.id.to_string();
    if ask.state == AskState::Withdrawn {
        return Err(Stop::Refusal(voice.ask_withdraw_again(number)));
    }
    let mut rooms = 0;
    for prompt in writer.list_prompts_of(ask.id).await? {
        writer.set_prompt_end(prompt.id, context.now).await?;
        if prompt.state == PromptState::Due {
            // The outbox drops what no longer has an open ask, and takes back what was on its way.
            writer.set_prompt_state(prompt.id, PromptState::Expired).await?;
        }
        if take_out(context.app, &mut writer, &prompt, context.now).await? {
            rooms += 1;
        }
    }
    writer.set_ask_state(ask.id, AskState::Withdrawn).await?;
    let reason = arguments
        .get(1)
        .map(|reason| shortened(&clean(reason), REASON_MAX));
    let words = |voice: &Voice| Card {
        blocks: [Block::Paragraph {
            text: voice.ask_withdrawn_notice(&number),
        }]
        .into_iter()
        .chain(reason.clone().map(|text| Block::Quote { text }))
        .collect(),
        ..Card::default()
    };
    tell_coordinators(
        context.app,
        &mut writer,
        &ask.content.groups,
        (context.now, words),
    )
    .await?;
    writer.commit().await?;
    Ok(say(voice.ask_withdrawn(rooms, number, voice.number(rooms))))
}

/// Puts in the outbox that a prompt is taken out of its room. Returns whether it stands there.
pub(crate) async fn take_out(
    app: &App,
    writer: &mut Writer,
    prompt: &Prompt,
    now: Timestamp,
) -> store::Result<bool> {
    if prompt.message.is_none() {
        return Ok(false);
    }
    let delivery = NewDelivery {
        key: app.chance.key(),
        kind: DeliveryKind::Withdrawal,
        to: Destination::Room(writer.load_prompt_address(prompt.id).await?),
        subject: Some(prompt.id.0),
        card: None,
        deadline: None,
    };
    writer.enqueue(&delivery, now).await?;
    Ok(true)
}
