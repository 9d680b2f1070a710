//! One batch of gestures, in one transaction: signals, tally, activity, presence, outbox.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::{About, Act, Author, Change, Gesture, Receipt};
use crate::{
    app::App,
    chat::Card,
    domain::{
        choice::Detail,
        confirmation::{
            Confirmation, Movement, Observation, Signal, SignalKey, SignalState, Source, confirmations,
            observe,
        },
        day::Day,
        id::{AccountId, AskId, PersonId, PromptId, RoomId},
        outcome::Outcome,
        presence::Presence,
        room::RoomAddress,
        seal,
    },
    store::{
        self, DeliveryKind, Destination, KnownPrompt, NewDelivery, PromptState, Standing, TallyMove, Writer,
        WrittenSignal,
    },
};

/// How long after the first change a running total waits for more of them.
const REFRESH_AFTER: SignedDuration = SignedDuration::from_secs(2);

/// A gesture of which all is known.
struct Placed<'a> {
    gesture: &'a Gesture,
    known: KnownPrompt,
    account: AccountId,
    standing: Standing,
}

/// What a person had confirmed on one occasion before the batch, and all their signals as the batch moves them.
struct Count {
    before: Vec<Confirmation>,
    signals: BTreeMap<SignalKey, Signal>,
    touched: HashSet<SignalKey>,
}

/// Somebody whose first confirmation ever came by a reaction, and the ask.
type FirstTimer<'a> = (&'a Author, PersonId, AskId);

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
    let accounts = meet(app, writer, gestures, &prompts).await?;
    let mut receipts = Vec::with_capacity(gestures.len());
    let mut placed = Vec::with_capacity(gestures.len());
    for gesture in gestures {
        let (receipt, place) = prompts.place(gesture, &accounts);
        receipts.push(receipt);
        placed.push(place);
    }
    let mut counts = load_counts(writer, &placed).await?;
    let zone = &app.settings.time_zone;
    for (receipt, placed) in receipts.iter_mut().zip(&placed) {
        let Some(placed) = placed else { continue };
        if is_forgotten(writer, placed).await? {
            continue;
        }
        if let Some(count) = counts.get_mut(&placed.standing) {
            *receipt = count.take(placed, Day::of(placed.gesture.at, zone));
        }
    }
    let first_timers = write(app, writer, &counts, &placed, &receipts).await?;
    welcome(app, writer, &first_timers).await?;
    Ok(receipts)
}

/// The prompts that gestures are about.
struct Prompts {
    by_id: HashMap<PromptId, KnownPrompt>,
    by_message: HashMap<(RoomAddress, String), KnownPrompt>,
}

impl Prompts {
    async fn load(writer: &mut Writer, gestures: &[Gesture]) -> store::Result<Self> {
        let (mut ids, mut messages) = (HashSet::new(), HashSet::new());
        for gesture in gestures {
            match &gesture.about {
                About::Prompt(id) => drop(ids.insert(*id)),
                About::Message(address, message) => drop(messages.insert((address, message.as_str()))),
            }
        }
        let ids: Vec<PromptId> = ids.into_iter().collect();
        let messages: Vec<_> = messages.into_iter().collect();
        let by_id = if ids.is_empty() {
            Vec::new()
        } else {
            writer.list_known_prompts(&ids).await?
        };
        let by_message = if messages.is_empty() {
            Vec::new()
        } else {
            writer.list_known_prompts_at(&messages).await?
        };
        Ok(Self {
            by_id: by_id.into_iter().map(|known| (known.prompt.id, known)).collect(),
            by_message: by_message.into_iter().collect(),
        })
    }

    fn find(&self, about: &About) -> Option<&KnownPrompt> {
        match about {
            About::Prompt(id) => self.by_id.get(id),
            About::Message(address, message) => self.by_message.get(&(address.clone(), message.clone())),
        }
    }

    /// Where a gesture belongs, or else what is to be said of it.
    fn place<'a>(
        &self,
        gesture: &'a Gesture,
        accounts: &HashMap<(String, String), (AccountId, PersonId)>,
    ) -> (Receipt, Option<Placed<'a>>) {
        let whose = (gesture.author.platform.clone(), gesture.author.account.clone());
        let (Some(known), Some((account, person))) = (self.find(&gesture.about), accounts.get(&whose)) else {
            return (Receipt::Meaningless, None);
        };
        let prompt = &known.prompt;
        let is_shown = matches!(
            prompt.state,
            PromptState::Due | PromptState::Posted | PromptState::Closed
        );
        if !is_shown || gesture.at >= prompt.ends_at {
            return (
                Receipt::Over {
                    ask: prompt.ask,
                    ended_at: prompt.ends_at,
                },
                None,
            );
        }
        let standing = Standing {
            ask: prompt.ask,
            occasion: prompt.occasion,
            person: *person,
        };
        let placed = Placed {
            gesture,
            known: known.clone(),
            account: *account,
            standing,
        };
        (Receipt::Meaningless, Some(placed))
    }
}

/// The accounts of those who did something about a prompt of ours; new ones are met.
async fn meet(
    app: &App,
    writer: &mut Writer,
    gestures: &[Gesture],
    prompts: &Prompts,
) -> store::Result<HashMap<(String, String), (AccountId, PersonId)>> {
    let about_ours = gestures
        .iter()
        .filter(|gesture| prompts.find(&gesture.about).is_some());
    let authors: HashMap<(&str, &str), &Author> = about_ours
        .map(|gesture| &gesture.author)
        .map(|author| ((author.platform.as_str(), author.account.as_str()), author))
        .collect();
    let wanted: Vec<(&str, &str)> = authors.keys().copied().collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let found = writer.list_known_accounts(&wanted).await?;
    let mut accounts: HashMap<(String, String), (AccountId, PersonId)> = found
        .into_iter()
        .map(|(platform, id, account, person)| ((platform, id), (account, person)))
        .collect();
    for ((platform, id), author) in authors {
        let key = (platform.to_owned(), id.to_owned());
        if !accounts.contains_key(&key) {
            let now = app.clock.now();
            let account = writer
                .meet((platform, id), &author.name, author.language, now)
                .await?;
            accounts.insert(key, (account.id, account.person));
        }
    }
    Ok(accounts)
}

async fn load_counts(
    writer: &mut Writer,
    placed: &[Option<Placed<'_>>],
) -> store::Result<BTreeMap<Standing, Count>> {
    let mut counts: BTreeMap<Standing, Count> = BTreeMap::new();
    for placed in placed.iter().flatten() {
        let empty = Count {
            before: Vec::new(),
            signals: BTreeMap::new(),
            touched: HashSet::new(),
        };
        counts.entry(placed.standing).or_insert(empty);
    }
    let standings: Vec<Standing> = counts.keys().copied().collect();
    if standings.is_empty() {
        return Ok(counts);
    }
    for WrittenSignal { standing, signal } in writer.list_signals(&standings).await? {
        if let Some(count) = counts.get_mut(&standing) {
            count.signals.insert(signal.key.clone(), signal);
        }
    }
    for count in counts.values_mut() {
        count.before = confirmations(count.signals.values());
    }
    Ok(counts)
}

/// Whether a reaction is one whose person had themselves forgotten. Its leaving drops the last trace of it.
async fn is_forgotten(writer: &mut Writer, placed: &Placed<'_>) -> store::Result<bool> {
    let Act::React { key, seen } = &placed.gesture.act else {
        return Ok(false);
    };
    let Some(outcome) = Outcome::from_reaction(placed.known.kind, key) else {
        return Ok(false);
    };
    let prompt = placed.known.prompt.id;
    let seals = writer.list_forgotten_signals(prompt).await?;
    if seals.is_empty() {
        return Ok(false);
    }
    let seal_key = writer.load_seal_key().await?;
    let author = &placed.gesture.author;
    let seal = seal::of_reaction(&seal_key, prompt, (&author.platform, &author.account), outcome);
    if !seals.contains(&seal) {
        return Ok(false);
    }
    if *seen == Observation::TakenBack {
        writer.drop_forgotten_signal(prompt, &seal).await?;
    }
    Ok(true)
}

impl Count {
    /// Moves the signals by one gesture and says what became of it.
    fn take(&mut self, placed: &Placed, day: Day) -> Receipt {
        let before = confirmations(self.signals.values());
        let ask = placed.standing.ask;
        let (source, outcome, detail, seen) = match &placed.gesture.act {
            Act::Undo => return self.undo(placed, day, before.len()),
            Act::Say {
                source,
                outcome,
                detail,
            } => (*source, *outcome, detail.clone(), Observation::Shown),
            Act::Miss { outcome } => (
                Source::Reaction,
                *outcome,
                Detail::default(),
                Observation::FoundMissing,
            ),
            Act::React { key, seen } => match Outcome::from_reaction(placed.known.kind, key) {
                Some(outcome) => (Source::Reaction, outcome, Detail::default(), *seen),
                None => return Receipt::Meaningless,
            },
        };
        let prompt = placed.known.prompt.id;
        let key = SignalKey {
            prompt,
            account: placed.account,
            source,
            outcome,
            detail: detail.clone(),
        };
        self.observe(key, seen, (placed.known.prompt.room, placed.gesture.at, day));
        let after = confirmations(self.signals.values());
        let change = match (before == after, after.len() > before.len()) {
            (true, _) => Change::None,
            (false, true) => Change::New,
            (false, false) => Change::Corrected,
        };
        Receipt::Noted {
            ask,
            kind: placed.known.kind,
            outcome,
            detail,
            change,
        }
    }

    fn undo(&mut self, placed: &Placed, day: Day, confirmations: usize) -> Receipt {
        let keys: Vec<(SignalKey, RoomId)> = self
            .signals
            .values()
            .map(|signal| (signal.key.clone(), signal.room))
            .collect();
        for (key, room) in keys {
            self.observe(key, Observation::Undone, (room, placed.gesture.at, day));
        }
        Receipt::Undone {
            ask: placed.standing.ask,
            confirmations,
        }
    }

    fn observe(&mut self, key: SignalKey, seen: Observation, (room, at, day): (RoomId, Timestamp, Day)) {
        let current = self.signals.get(&key).map(|signal| (signal.state, signal.at));
        // A button pressed again after a correction is the latest word, though it stands already.
        let is_said_again = seen == Observation::Shown
            && current.is_some_and(|(state, since)| state == SignalState::Present && since < at)
            && key.source != Source::Reaction
            && self.signals.values().any(|other| {
                other.key != key
                    && other.key.detail == key.detail
                    && Some(other.at) > current.map(|(_, since)| since)
            });
        let state = if is_said_again {
            Some(SignalState::Present)
        } else {
            observe(current, key.source, seen, at)
        };
        if let Some(state) = state {
            self.touched.insert(key.clone());
            self.signals.insert(
                key.clone(),
                Signal {
                    key,
                    room,
                    state,
                    at,
                    day,
                },
            );
        }
    }
}

/// Writes what moved. Returns those who confirmed something for the first time ever, by a reaction.
async fn write<'a>(
    app: &App,
    writer: &mut Writer,
    counts: &BTreeMap<Standing, Count>,
    placed: &[Option<Placed<'a>>],
    receipts: &[Receipt],
) -> store::Result<Vec<FirstTimer<'a>>> {
    let mut signals = Vec::new();
    let mut tally: Vec<TallyMove> = Vec::new();
    let mut activity: BTreeMap<(Day, PersonId, RoomId), i64> = BTreeMap::new();
    for (standing, count) in counts {
        let touched = count.touched.iter().filter_map(|key| count.signals.get(key));
        signals.extend(touched.map(|signal| WrittenSignal {
            standing: *standing,
            signal: signal.clone(),
        }));
        let movement = Movement::between(&count.before, &confirmations(count.signals.values()));
        tally.extend(
            movement
                .tally
                .into_iter()
                .map(|(key, moved)| ((standing.ask, standing.occasion, key), moved)),
        );
        for ((day, room), moved) in movement.activity {
            *activity.entry((day, standing.person, room)).or_default() += moved;
        }
    }
    if signals.is_empty() {
        return Ok(Vec::new());
    }
    writer.put_signals(&signals).await?;
    if tally.is_empty() {
        return Ok(Vec::new());
    }
    let occasions: HashSet<(AskId, Day)> = tally
        .iter()
        .map(|((ask, occasion, _), _)| (*ask, *occasion))
        .collect();
    writer.move_tally(&sum_by_row(tally)).await?;
    activity.retain(|_, moved| *moved != 0);
    let new_people = move_activity(writer, activity).await?;
    let not_before = app.clock.now() + REFRESH_AFTER;
    for (ask, occasion) in occasions {
        writer
            .enqueue_refresh(&app.chance.key(), ask, occasion, not_before)
            .await?;
    }
    let by_reaction = placed.iter().zip(receipts).filter_map(|(placed, receipt)| {
        let placed = placed.as_ref()?;
        let is_new = matches!(
            receipt,
            Receipt::Noted {
                change: Change::New,
                ..
            }
        );
        let is_live = matches!(
            placed.gesture.act,
            Act::React {
                seen: Observation::Shown,
                ..
            }
        );
        (is_new && is_live && new_people.contains(&placed.standing.person)).then_some((
            &placed.gesture.author,
            placed.standing.person,
            placed.standing.ask,
        ))
    });
    Ok(by_reaction.collect())
}

fn sum_by_row(moves: Vec<TallyMove>) -> Vec<TallyMove> {
    let mut sums: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    for (key, (confirmations, people)) in moves {
        let sum = sums.entry(key).or_default();
        *sum = (sum.0 + confirmations, sum.1 + people);
    }
    sums.into_iter().filter(|(_, moved)| *moved != (0, 0)).collect()
}

/// Moves the activity, and the presence of those who were not active in a room that week before or no longer are. Returns the people who
/// had never confirmed anything anywhere.
async fn move_activity(
    writer: &mut Writer,
    activity: BTreeMap<(Day, PersonId, RoomId), i64>,
) -> store::Result<HashSet<PersonId>> {
    let moves: Vec<_> = activity.into_iter().collect();
    if moves.is_empty() {
        return Ok(HashSet::new());
    }
    let by: HashMap<_, _> = moves.iter().copied().collect();
    let mut turned: Vec<(PersonId, RoomId, Day, bool)> = Vec::new();
    for ((day, person, room), stands) in writer.move_activity(&moves).await? {
        let moved = by.get(&(day, person, room)).copied().unwrap_or_default();
        let (was, is) = (stands - moved > 0, stands > 0);
        if was != is {
            turned.push((person, room, day, is));
        }
    }
    let pairs: HashSet<(PersonId, RoomId)> =
        turned.iter().map(|(person, room, ..)| (*person, *room)).collect();
    let pairs: Vec<_> = pairs.into_iter().collect();
    if pairs.is_empty() {
        return Ok(HashSet::new());
    }
    let found = writer.list_presences(&pairs).await?;
    let known: HashSet<PersonId> = found.iter().map(|(person, ..)| *person).collect();
    let mut presences: HashMap<(PersonId, RoomId), Option<Presence>> = found
        .into_iter()
        .map(|(person, room, presence)| ((person, room), Some(presence)))
        .collect();
    let mut moved = HashSet::new();
    for (person, room, day, is_active) in turned {
        let week = day.week();
        let presence = presences.entry((person, room)).or_default();
        let now = match (*presence, is_active) {
            (Some(presence), true) if presence.includes(week) => continue,
            (Some(presence), true) => Some(presence.with(week)),
            (None, true) => Some(Presence::only(week)),
            (None, false) => continue,
            (Some(presence), false) => {
                let days = (week.monday(), week.sunday());
                if writer.is_active_between(person, room, days).await? {
                    continue;
                }
                presence.without(week)
            }
        };
        *presence = now;
        moved.insert((person, room));
    }
    let mut new_people = HashSet::new();
    for (person, _) in moved.iter().filter(|(person, _)| !known.contains(person)) {
        if !writer.has_presence(*person).await? {
            new_people.insert(*person);
        }
    }
    let changed: Vec<_> = moved
        .into_iter()
        .map(|(person, room)| (person, room, presences.remove(&(person, room)).flatten()))
        .collect();
    if !changed.is_empty() {
        writer.put_presences(&changed).await?;
    }
    Ok(new_people)
}

/// One private word to those who confirmed something for the first time and saw no more than a number move.
async fn welcome(app: &App, writer: &mut Writer, first_timers: &[FirstTimer<'_>]) -> store::Result<()> {
    let mut met = HashSet::new();
    for (author, person, ask) in first_timers.iter().filter(|(_, person, _)| met.insert(*person)) {
        let now = app.clock.now();
        let Some(person) = writer.find_person(*person).await? else {
            continue;
        };
        if person.paused_until.is_some_and(|until| until > now) {
            continue;
        }
        let voice = app.voice(person.language.unwrap_or(app.settings.language));
        let card = Card::paragraph(voice.answer_first_time(ask.to_string(), &app.settings.organisation));
        send_direct(app, writer, author, &card).await?;
    }
    Ok(())
}

/// Puts a private message in the outbox.
async fn send_direct(app: &App, writer: &mut Writer, to: &Author, card: &Card) -> store::Result<()> {
    let delivery = NewDelivery {
        key: app.chance.key(),
        kind: DeliveryKind::Direct,
        to: Destination::Account {
            platform: to.platform.clone(),
            account: to.account.clone(),
        },
        subject: None,
        card: Some(card.to_json()),
        deadline: None,
    };
    writer.enqueue(&delivery, app.clock.now()).await?;
    Ok(())
}
