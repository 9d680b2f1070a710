//! Deliveries that are no message: a prompt taken back or passed on, reactions given to one, commands told of. Doing one of them again is the same as
//! doing it once, so none is ever looked for.

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::App,
    chat::{Block, Card, Hold, Link, Message, Offered, Platform, SendError},
    command,
    domain::{
        ask::AskState,
        id::PromptId,
        room::{Purpose, RoomAddress},
    },
    i18n::Voice,
    prompt::{PromptView, Reader},
    rooms,
    store::{self, DeliveryKind, Destination, NewDelivery, Prompt, QueuedDelivery, Writer},
};

/// How long after a part of a deed the next one follows: what else waits goes before it.
pub(super) const NEXT_PART: SignedDuration = SignedDuration::from_secs(5);

/// What is to be done.
pub(super) enum Deed {
    /// A message is taken back.
    Withdraw(Message),
    /// A message is passed on to those that follow its room.
    Crosspost(Message),
    /// These reactions are given to a message.
    React(Message, Vec<String>),
    /// These commands are told of.
    Offer(Vec<Offered>),
}

impl Deed {
    /// What a delivery is to do; none where there is nothing to do any more.
    pub async fn of(app: &App, writer: &mut Writer, queued: &QueuedDelivery) -> store::Result<Option<Self>> {
        let delivery = &queued.delivery;
        let Destination::Room(address) = &delivery.to else {
            return Ok(None);
        };
        if delivery.kind == DeliveryKind::Offer {
            let room = writer.find_room(address).await?;
            let commands = room.map(|room| command::offered(&app.voices, &room));
            return Ok(Some(Self::Offer(commands.unwrap_or_default())));
        }
        let prompt = match delivery.subject {
            Some(prompt) => writer.find_prompt(PromptId(prompt)).await?,
            None => None,
        };
        let Some((prompt, message)) = prompt.and_then(|prompt| {
            let message = prompt.message.clone()?;
            Some((prompt, Message(message)))
        }) else {
            return Ok(None);
        };
        match delivery.kind {
            DeliveryKind::Withdrawal => return Ok(Some(Self::Withdraw(message))),
            DeliveryKind::Crosspost => return Ok(Some(Self::Crosspost(message))),
            _ => {}
        }
        let keys = keys(app, writer, &prompt).await?;
        Ok((!keys.is_empty()).then_some(Self::React(message, keys)))
    }

    /// Does it, or a part of it. Returns whether all is done.
    pub async fn carry_out(&self, platform: &dyn Platform, room: &RoomAddress) -> Result<bool, SendError> {
        match self {
            Self::Withdraw(message) => platform.withdraw(room, message).await.map(|()| true),
            Self::Crosspost(message) => platform.crosspost(room, message).await.map(|()| true),
            Self::React(message, keys) => platform.react(room, message, keys).await.map(|()| true),
            Self::Offer(commands) => platform.offer(room, commands).await,
        }
    }
}

/// The reactions by which a prompt is answered, as long as it is.
async fn keys(app: &App, writer: &mut Writer, prompt: &Prompt) -> store::Result<Vec<String>> {
    let Some(ask) = writer.find_ask(prompt.ask).await? else {
        return Ok(Vec::new());
    };
    if ask.state.is_over() {
        return Ok(Vec::new());
    }
    let room = writer.load_room(prompt.room).await?;
    let view = PromptView::load(writer, ask, prompt).await?;
    let zone = app.zone_of(&room);
    let clock = (&zone, app.clock.now());
    let reader = Reader::new(app, room.language.languages(), clock, &room.address.platform);
    let buttons = view.card(&reader).buttons.into_iter();
    let standing = buttons.filter(|button| button.hold == Hold::Standing);
    Ok(standing.filter_map(|button| button.emoji).collect())
}

/// What follows a prompt that has just come into its room: its reactions and its way to other rooms, where the room wants them; or that it
/// goes again, where its ask was withdrawn while it was on its way.
pub(super) async fn follow(
    app: &App,
    writer: &mut Writer,
    prompt: &Prompt,
    now: Timestamp,
) -> store::Result<()> {
    let ask = writer.find_ask(prompt.ask).await?;
    if ask.is_some_and(|ask| ask.state == AskState::Withdrawn) {
        command::take_out(app, writer, prompt, now).await?;
        return Ok(());
    }
    let room = writer.load_room(prompt.room).await?;
    if room.purpose != Purpose::Volunteers {
        return Ok(());
    }
    let wanted = [
        (DeliveryKind::Crosspost, writer.is_crossposted(room.id).await?),
        (DeliveryKind::Seed, writer.is_seeded(room.id).await?),
    ];
    for (kind, is_wanted) in wanted {
        if !is_wanted {
            continue;
        }
        let delivery = NewDelivery {
            key: app.chance.key(),
            kind,
            to: Destination::Room(writer.load_prompt_address(prompt.id).await?),
            subject: Some(prompt.id.0),
            card: None,
            deadline: Some(prompt.ends_at),
        };
        writer.enqueue(&delivery, now).await?;
    }
    Ok(())
}

/// Tells the coordinators of a room that a prompt which was withdrawn stands there for good: the bot may not take it back.
pub(super) async fn tell_of_remains(
    app: &App,
    writer: &mut Writer,
    prompt: PromptId,
    now: Timestamp,
) -> store::Result<()> {
    let Some(prompt) = writer.find_prompt(prompt).await? else {
        return Ok(());
    };
    let room = writer.load_room(prompt.room).await?;
    let stands_in = writer.load_prompt_address(prompt.id).await?;
    let platform = app.platform(&stands_in.platform);
    let link = prompt.message.clone().and_then(|message| {
        let platform = platform?;
        platform.message_link(&stands_in, &Message(message))
    });
    let words = |voice: &Voice| {
        let number = prompt.ask.to_string();
        let mut card = Card::paragraph(if stands_in == room.address {
            voice.notice_prompt_remains(number, &room.name)
        } else {
            voice.notice_prompt_remains_before(number, &room.name)
        });
        card.blocks.extend(link.clone().map(|url| Block::Links {
            links: vec![Link::to(voice.notice_prompt_remains_link(), url)],
        }));
        card
    };
    rooms::tell(app, writer, &room, (now, words)).await
}
