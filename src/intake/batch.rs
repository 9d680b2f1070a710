//! One batch of gestures, in one transaction: signals, tally, activity, presence, outbox.

mod activity;
mod count;
mod placing;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::{Act, Author, Change, Gesture, Receipt};
use crate::{
    app::App,
    chat::{Card, Unasked},
    domain::{
        confirmation::{Observation, Signal},
        day::Day,
        id::{AskId, PersonId, RoomId},
        outcome::Outcome,
        seal,
    },
    store::{
        self, DeliveryKind, Destination, KnownPrompt, NewDelivery, Standing, TallyMove, Writer, WrittenSignal,
    },
};
use count::Count;
use placing::{Forgotten, Placed, Prompts};

/// How long after the first change a running total waits for more of them.
const REFRESH_AFTER: SignedDuration = SignedDuration::from_secs(2);

/// Somebody whose first confirmation ever came by a reaction, the ask and the room.
type FirstTimer<'a> = (&'a Author, PersonId, (AskId, RoomId));

/// Records a batch: all of it or nothing.
pub(super) async fn record(app: &App, gestures: &[Gesture]) -> store::Result<Vec<Receipt>> {
    let mut writer = app.store.write().await?;
    let receipts = apply(app, &mut writer, gestures).await?;
    writer.commit().await?;
    Ok(receipts)
}

/// Applies gestures in order. Returns what became of each.
pub async fn apply(app: &App, writer: &mut Writer, gestures: &[Gesture]) -> store::Result<Vec<Receipt>> {
    let prompts = Prompts::load(writer, gestures).await?;
    let accounts = placing::meet(app, writer, gestures, &prompts).await?;
    let places: Vec<_> = gestures
        .iter()
        .map(|gesture| prompts.place(gesture, &accounts))
        .collect();
    let placed = || places.iter().filter_map(|place| place.as_ref().ok());
    let mut counts = load_counts(writer, placed()).await?;
    let mut forgotten = Forgotten::load(writer, placed()).await?;
    let zone = &app.settings.time_zone;
    let mut receipts = Vec::with_capacity(gestures.len());
    for place in &places {
        receipts.push(match place {
            Err(receipt) => receipt.clone(),
            Ok(placed) if forgotten.includes(writer, placed).await? => Receipt::Meaningless,
            Ok(placed) => {
                let count = counts.entry(placed.standing).or_default();
                count.take(placed, Day::of(placed.at, zone))
            }
        });
    }
    let new_people = write(app, writer, counts).await?;
    let first_timers = places.iter().zip(&receipts).filter_map(|(place, receipt)| {
        let placed = place.as_ref().ok()?;
        let person = placed.standing.person;
        let is_first = is_new_reaction(placed, receipt) && new_people.contains(&person);
        let about = (placed.standing.ask, placed.known.prompt.room);
        is_first.then_some((&placed.gesture.author, person, about))
    });
    welcome(app, writer, first_timers.collect()).await?;
    for (gesture, receipt) in gestures.iter().zip(&receipts) {
        if let Receipt::Over { ask, ended_at } = receipt {
            regret(
                app,
                writer,
                (gesture, prompts.find(&gesture.about)),
                (*ask, *ended_at),
            )
            .await?;
        }
    }
    Ok(receipts)
}

/// What stands of those whom the batch is about.
async fn load_counts<'a>(
    writer: &mut Writer,
    placed: impl Iterator<Item = &'a Placed<'a>>,
) -> store::Result<BTreeMap<Standing, Count>> {
    let mut found: BTreeMap<Standing, Vec<Signal>> =
        placed.map(|placed| (placed.standing, Vec::new())).collect();
    let standings: Vec<Standing> = found.keys().copied().collect();
    for WrittenSignal { standing, signal } in writer.list_signals(&standings).await? {
        found.entry(standing).or_default().push(signal);
    }
    let counts = found
        .into_iter()
        .map(|(standing, signals)| (standing, Count::of(signals)));
    Ok(counts.collect())
}

/// Writes what moved. Returns those who had never confirmed anything before.
async fn write(
    app: &App,
    writer: &mut Writer,
    counts: BTreeMap<Standing, Count>,
) -> store::Result<HashSet<PersonId>> {
    let mut signals = Vec::new();
    let mut tally: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    let mut activity: BTreeMap<(Day, PersonId, RoomId), i64> = BTreeMap::new();
    for (standing, count) in counts {
        let movement = count.movement();
        for (key, (confirmations, people)) in movement.tally {
            let sum = tally.entry((standing.ask, standing.occasion, key)).or_default();
            *sum = (sum.0 + confirmations, sum.1 + people);
        }
        for ((day, room), moved) in movement.activity {
            *activity.entry((day, standing.person, room)).or_default() += moved;
        }
        let touched = count.into_touched();
        signals.extend(touched.map(|signal| WrittenSignal { standing, signal }));
    }
    writer.put_signals(&signals).await?;
    if tally.is_empty() {
        return Ok(HashSet::new());
    }
    let occasions: BTreeSet<(AskId, Day)> =
        tally.keys().map(|(ask, occasion, _)| (*ask, *occasion)).collect();
    let tally: Vec<TallyMove> = tally.into_iter().filter(|(_, moved)| *moved != (0, 0)).collect();
    writer.move_tally(&tally).await?;
    let refreshes: Vec<_> = occasions
        .into_iter()
        .map(|(ask, occasion)| (app.chance.key(), ask, occasion))
        .collect();
    writer
        .enqueue_refreshes(&refreshes, app.clock.now() + REFRESH_AFTER)
        .await?;
    activity::move_activity(writer, activity).await
}

/// Whether a reaction was seen as it was made and counts as something new.
fn is_new_reaction(placed: &Placed<'_>, receipt: &Receipt) -> bool {
    let is_live = matches!(
        placed.gesture.act,
        Act::React {
            seen: Observation::Shown,
            ..
        }
    );
    let is_new = matches!(
        receipt,
        Receipt::Noted {
            change: Change::New,
            ..
        }
    );
    is_live && is_new
}

/// Whether somebody is sent such a private message, for which they did not ask.
fn is_sent(app: &App, author: &Author, message: Unasked) -> bool {
    let platform = app.platform(&author.platform);
    platform.is_none_or(|platform| platform.capabilities().unasked >= message)
}

/// One private word to those who confirmed something for the first time and saw no more than a number move.
async fn welcome(app: &App, writer: &mut Writer, first_timers: Vec<FirstTimer<'_>>) -> store::Result<()> {
    let mut met = HashSet::new();
    for (author, person, (ask, room)) in first_timers
        .into_iter()
        .filter(|(author, person, _)| is_sent(app, author, Unasked::Welcome) && met.insert(*person))
    {
        let now = app.clock.now();
        let Some(person) = writer.find_person(person).await? else {
            continue;
        };
        if person.paused_until.is_some_and(|until| until > now) {
            continue;
        }
        let room = writer.load_room(room).await?;
        let voice = app.voice(person.language.unwrap_or(room.language.first()));
        let card = Card::paragraph(voice.answer_first_time(ask.to_string(), &app.settings.organisation));
        // The same key for the same account, so that whoever takes a first reaction back and gives it again is not told again.
        let seal_key = writer.load_seal_key().await?;
        let whose = (author.platform.as_str(), author.account.as_str());
        let seal = seal::of_welcome(&seal_key, whose, person.met_at);
        let delivery = NewDelivery {
            key: seal::short(&seal).to_owned(),
            ..direct(author, &card)
        };
        writer.enqueue_once(&delivery, now).await?;
    }
    Ok(())
}

/// One private word to those whose reaction came after the end: it is not counted, and nothing else would say so.
async fn regret(
    app: &App,
    writer: &mut Writer,
    (gesture, known): (&Gesture, Option<&KnownPrompt>),
    (ask, ended_at): (AskId, Timestamp),
) -> store::Result<()> {
    let (
        Act::React {
            key,
            seen: Observation::Shown,
        },
        Some(known),
    ) = (&gesture.act, known)
    else {
        return Ok(());
    };
    let said = Outcome::from_reaction(known.kind, key);
    // *Not today* is never counted, so there is nothing to regret.
    let Some(outcome) = said.filter(|outcome| outcome.counts()) else {
        return Ok(());
    };
    let author = &gesture.author;
    if !is_sent(app, author, Unasked::Needed) {
        return Ok(());
    }
    let Some(account) = writer.find_account(&author.platform, &author.account).await? else {
        return Ok(());
    };
    let Some(person) = writer.find_person(account.person).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    if person.paused_until.is_some_and(|until| until > now) {
        return Ok(());
    }
    let room = writer.load_room(known.prompt.room).await?;
    let voice = app.voice(person.language.unwrap_or(room.language.first()));
    let ended = voice.moment(ended_at, &app.zone_of(&room), now);
    let card = Card::paragraph(voice.answer_over(ask.to_string(), ended));
    // The same key for the same reaction, so that it is said once however often it is given.
    let seal_key = writer.load_seal_key().await?;
    let whose = (author.platform.as_str(), author.account.as_str());
    let seal = seal::of_reaction(&seal_key, known.prompt.id, whose, outcome);
    let delivery = NewDelivery {
        key: seal::short(&seal).to_owned(),
        ..direct(author, &card)
    };
    writer.enqueue_once(&delivery, now).await
}

/// A private message that has no key yet.
fn direct(to: &Author, card: &Card) -> NewDelivery {
    NewDelivery {
        key: String::new(),
        kind: DeliveryKind::Direct,
        to: Destination::Account {
            platform: to.platform.clone(),
            account: to.account.clone(),
        },
        subject: None,
        card: Some(card.to_json()),
        deadline: None,
    }
}
