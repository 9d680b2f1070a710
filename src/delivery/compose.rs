//! What a delivery says, worked out from committed state when it is sent, or as it was written into the outbox.

use jiff::tz::TimeZone;

use super::deed::Deed;
use crate::{
    app::App,
    chat::Card,
    domain::{ask::AskState, day::Week, id::PromptId, language::Language},
    prompt::{PromptView, Reader},
    store::{DeliveryKind, DeliveryState, Destination, PromptState, QueuedDelivery, Writer},
};

/// What is to be sent.
pub(super) enum Composed {
    /// This.
    Card(Box<Card>),
    /// A week's summary in these languages, which is drawn once the database is let go.
    Week(Week, &'static [Language]),
    /// No message.
    Deed(Deed),
    /// Nothing any more: it is only to be found out whether it was.
    TooLate,
}

/// What a delivery says, or why it is not to be sent.
pub(super) async fn compose(
    app: &App,
    writer: &mut Writer,
    queued: &QueuedDelivery,
) -> anyhow::Result<Result<Composed, DeliveryState>> {
    let delivery = &queued.delivery;
    let card = match (delivery.kind, &delivery.to) {
        (DeliveryKind::Prompt, _) => match delivery.subject {
            Some(prompt) => prompt_card(app, writer, PromptId(prompt)).await?,
            None => None,
        },
        (DeliveryKind::Summary, Destination::Room(address)) => {
            let room = writer.find_room(address).await?;
            let week = delivery
                .subject
                .map(Week)
                .zip(room)
                .map(|(week, room)| Composed::Week(week, room.language.languages()));
            return Ok(week.ok_or(DeliveryState::Cancelled));
        }
        (DeliveryKind::Warning | DeliveryKind::Notice | DeliveryKind::Direct, _) => {
            delivery.card.as_deref().map(serde_json::from_str).transpose()?
        }
        (
            DeliveryKind::Withdrawal | DeliveryKind::Crosspost | DeliveryKind::Seed | DeliveryKind::Offer,
            _,
        ) => {
            let deed = Deed::of(app, writer, queued).await?;
            return Ok(deed.map(Composed::Deed).ok_or(DeliveryState::Cancelled));
        }
        (DeliveryKind::Summary | DeliveryKind::Refresh, _) => None,
    };
    Ok(card
        .map(|card| Composed::Card(Box::new(card)))
        .ok_or(DeliveryState::Cancelled))
}

/// The card of a prompt that is to be posted; none where its ask was closed in the meantime, or edited so that it is no longer approved.
async fn prompt_card(app: &App, writer: &mut Writer, id: PromptId) -> anyhow::Result<Option<Card>> {
    let Some(prompt) = writer
        .find_prompt(id)
        .await?
        .filter(|prompt| prompt.state == PromptState::Due)
    else {
        return Ok(None);
    };
    let Some(ask) = writer.find_ask(prompt.ask).await? else {
        return Ok(None);
    };
    if !matches!(ask.state, AskState::Approved | AskState::Open) {
        return Ok(None);
    }
    let room = writer.load_room(prompt.room).await?;
    let view = PromptView::load(writer, ask, &prompt).await?;
    let zone: TimeZone = app.zone_of(&room);
    let reader = Reader::new(
        app,
        room.language.languages(),
        (&zone, app.clock.now()),
        &room.address.platform,
    )
    .in_room(app, &room.address);
    Ok(Some(view.card(&reader)))
}
