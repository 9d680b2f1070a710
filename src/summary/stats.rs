//! The answers of `stats`: today, the week so far, one ask, one campaign. Each says what may still be missing.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    numbers::{
        self, WeekNumbers,
        best::{self, Rate},
        goals,
    },
    words::counts,
};
use crate::{
    app::App,
    chat::{Block, Card},
    domain::{
        ask::{Ask, AskState},
        day::Day,
        id::{AskId, RoomId},
        language::Language,
    },
    i18n::Voice,
    store::{self, Campaign, Session, Turnout},
};

/// The most asks in one answer, and the most names of rooms.
const ASKS_MAX: usize = 8;
const ROOMS_MAX: i64 = 5;

/// What the numbers are of.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// Today.
    Today,
    /// This week so far.
    Week,
    /// An ask.
    Ask(AskId),
    /// A campaign.
    Campaign(&'a Campaign),
}

/// The numbers in words, without a picture; none where there is no such ask.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn in_words(
    app: &App,
    session: &mut Session,
    language: Language,
    subject: Subject<'_>,
    now: Timestamp,
) -> store::Result<Option<Card>> {
    let voice = app.voice(language);
    Ok(Some(match subject {
        Subject::Today => today(app, session, voice, now).await?,
        Subject::Week => week_in_words(app, session, voice, now).await?.0,
        Subject::Ask(id) => return ask(app, session, voice, id, now).await,
        Subject::Campaign(of) => campaign(app, session, voice, of, now).await?,
    }))
}

/// What was done today.
async fn today(app: &App, session: &mut Session, voice: &Voice, now: Timestamp) -> store::Result<Card> {
    let today = Day::of(now, &app.settings.time_zone);
    let counts = session.list_day_counts(today, today).await?;
    let done = numbers::done(
        counts
            .iter()
            .map(|count| (count.kind, count.outcome, count.confirmations)),
    );
    let people = session.count_people_on(today).await?;
    let total = counts.iter().map(|count| count.confirmations).sum();
    let mut asks: Vec<(AskId, i64)> = session
        .list_ask_counts(today, today)
        .await?
        .into_iter()
        .map(|count| (count.ask, count.confirmations))
        .collect();
    asks.sort_by_key(|(ask, confirmations)| (-confirmations, *ask));

    let mut answer = Answer::new(voice.stats_today_title(voice.day(today.date())));
    answer.add_lines([Some(headline(voice, total, people)), counts::kinds(voice, &done)]);
    answer.add_asks(session, voice, &asks).await?;
    Ok(answer.finish(app, voice, now))
}

/// What was done this week so far, with its picture.
pub(crate) async fn week(
    app: &App,
    session: &mut Session,
    voice: &Voice,
    now: Timestamp,
) -> store::Result<Card> {
    let (mut card, numbers) = week_in_words(app, session, voice, now).await?;
    match super::draw(app, &[voice.language()], numbers).await {
        Ok(picture) => card.picture = picture,
        // An answer without its picture is still an answer.
        Err(error) => tracing::error!(
            error = &*error as &dyn std::error::Error,
            "the week so far was not drawn"
        ),
    }
    Ok(card)
}

async fn week_in_words(
    app: &App,
    session: &mut Session,
    voice: &Voice,
    now: Timestamp,
) -> store::Result<(Card, WeekNumbers)> {
    let today = Day::of(now, &app.settings.time_zone);
    let crowd = session.load_crowd(today.week()).await?;
    let numbers = WeekNumbers::load_totals(session, today.week(), &crowd).await?;
    let mut answer = Answer::new(voice.stats_week_title(voice.week(numbers.week)));
    let before = numbers
        .before
        .map(|before| voice.stats_week_before(counts::actions(voice, before.confirmations)));
    answer.add_lines([
        Some(week_headline(voice, &numbers)),
        counts::kinds(voice, &numbers.done),
        before,
    ]);
    let day = |day: &numbers::DayNumbers| {
        let name = voice.weekday(day.day.date());
        voice.stats_day(name, counts::actions(voice, day.total()))
    };
    let days = numbers
        .days
        .iter()
        .filter(|each| each.day <= today && each.total() > 0);
    answer.add_list(days.map(day).collect());
    Ok((answer.finish(app, voice, now), numbers))
}

/// What came of an ask; none where there is no such ask.
async fn ask(
    app: &App,
    session: &mut Session,
    voice: &Voice,
    id: AskId,
    now: Timestamp,
) -> store::Result<Option<Card>> {
    let Some(ask) = session.find_ask(id).await? else {
        return Ok(None);
    };
    let turnout = session.find_turnout(id).await?;
    let outcomes = session.list_outcome_counts(id, None).await?;
    let done = numbers::done(
        outcomes
            .into_iter()
            .map(|(outcome, count)| (ask.content.kind, outcome, count)),
    );
    let ends_at = session.find_end_of(id).await?;
    let today = Day::of(now, &app.settings.time_zone);
    let stood = session.list_rooms_of(&[id], today).await?.remove(&id);
    let rooms = stood.unwrap_or_default();
    let titles = best::titles(&ask);
    let mut answer = Answer::new(voice.stats_ask_title(id.to_string(), counts::title(voice, &titles)));
    answer.add_lines([
        Some(state(app, voice, &ask, (ends_at, now))),
        turnout.map(|turnout| ask_headline(voice, &turnout)),
        counts::kinds(voice, &done),
        rate(app, session, voice, (turnout.as_ref(), &rooms), (ends_at, now)).await?,
        room_names(session, voice, id, today, rooms.len()).await?,
    ]);
    Ok(Some(answer.finish(app, voice, now)))
}

/// What came of a campaign.
async fn campaign(
    app: &App,
    session: &mut Session,
    voice: &Voice,
    campaign: &Campaign,
    now: Timestamp,
) -> store::Result<Card> {
    let today = Day::of(now, &app.settings.time_zone);
    let done = numbers::done(session.list_campaign_counts(campaign.id).await?);
    let total: i64 = done.iter().map(|done| done.confirmations).sum();
    let goals = goals::load_of(session, campaign.id, today).await?;
    let asks: Vec<(AskId, i64)> = session
        .list_campaign_asks(campaign.id)
        .await?
        .into_iter()
        .map(|ask| (ask.ask, ask.confirmations))
        .collect();

    let mut answer = Answer::new(campaign.title(voice.language()).to_owned());
    let headline = match total {
        0 => voice.stats_nothing(),
        total => voice.stats_headline_total(counts::actions(voice, total)),
    };
    answer.add_lines([Some(headline), counts::kinds(voice, &done)]);
    answer.add_lines(counts::goals(voice, &goals, today).into_iter().map(Some));
    answer.add_asks(session, voice, &asks).await?;
    Ok(answer.finish(app, voice, now))
}

/// An answer in the making.
struct Answer(Card);

impl Answer {
    fn new(title: String) -> Self {
        Self(Card {
            title: Some(title),
            ..Card::default()
        })
    }

    fn add_lines(&mut self, lines: impl IntoIterator<Item = Option<String>>) {
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        if !lines.is_empty() {
            let text = lines.join("\n");
            self.0.blocks.push(Block::Paragraph { text });
        }
    }

    fn add_list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.0.blocks.push(Block::List { items });
        }
    }

    /// Adds as many of these asks as fit, with how often each was confirmed.
    async fn add_asks(
        &mut self,
        session: &mut Session,
        voice: &Voice,
        asks: &[(AskId, i64)],
    ) -> store::Result<()> {
        let mut items = Vec::new();
        for (id, confirmations) in asks.iter().take(ASKS_MAX) {
            let Some(ask) = session.find_ask(*id).await? else {
                continue;
            };
            let named = counts::ask(voice, *id, &best::titles(&ask));
            items.push(voice.stats_ask(named, counts::actions(voice, *confirmations)));
        }
        if items.is_empty() {
            return Ok(());
        }
        if asks.len() > ASKS_MAX {
            let (more, shown) = counts::counted(voice, asks.len() - ASKS_MAX);
            items.push(voice.stats_asks_more(more, shown));
        }
        self.add_lines([Some(voice.stats_asks())]);
        self.add_list(items);
        Ok(())
    }

    /// The answer, with what may be missing of it.
    fn finish(self, app: &App, voice: &Voice, now: Timestamp) -> Card {
        let until = app.complete_until(now);
        let missing =
            (until < now).then(|| voice.stats_missing(voice.moment(until, &app.settings.time_zone, now)));
        Card {
            footer: missing,
            ..self.0
        }
    }
}

/// Nobody is counted where all who did it had themselves forgotten.
fn headline(voice: &Voice, total: i64, people: i64) -> String {
    match (total, people) {
        (0, _) => voice.stats_nothing(),
        (_, 0) => voice.stats_headline_total(counts::actions(voice, total)),
        _ => voice.stats_headline(counts::actions(voice, total), counts::people(voice, people)),
    }
}

/// In the first week all are new, which says nothing.
fn week_headline(voice: &Voice, numbers: &WeekNumbers) -> String {
    let own = numbers.people;
    if numbers.before.is_none() || own.new == 0 {
        return headline(voice, numbers.confirmations, own.active);
    }
    voice.stats_headline_new(
        counts::actions(voice, numbers.confirmations),
        counts::people(voice, own.active),
        voice.number(own.new),
    )
}

/// Of an ask that came several times, the people of each time are not added up: they are the same ones.
fn ask_headline(voice: &Voice, turnout: &Turnout) -> String {
    if turnout.occasions > 1 {
        let actions = counts::actions(voice, turnout.confirmations);
        return voice.stats_headline_days(actions, voice.number(turnout.occasions));
    }
    headline(voice, turnout.confirmations, turnout.people)
}

fn state(app: &App, voice: &Voice, ask: &Ask, (ends_at, now): (Option<Timestamp>, Timestamp)) -> String {
    match ends_at {
        Some(ends_at) if ask.state == AskState::Open && ends_at > now => {
            voice.stats_ask_open(voice.deadline(ends_at, &app.settings.time_zone, now))
        }
        _ => voice.stats_ask_state(ask.state.code()),
    }
}

/// Measured against the people of the weeks in which the ask could be done.
async fn rate(
    app: &App,
    session: &mut Session,
    voice: &Voice,
    (turnout, rooms): (Option<&Turnout>, &HashSet<RoomId>),
    (ends_at, now): (Option<Timestamp>, Timestamp),
) -> store::Result<Option<String>> {
    let Some(turnout) = turnout else { return Ok(None) };
    // An ask that ends with Sunday ends at Monday's first instant.
    let last = ends_at.map_or(now, |ends_at| (ends_at - SignedDuration::from_millis(1)).min(now));
    let week = Day::of(last, &app.settings.time_zone).week();
    let active = session.load_crowd(week).await?.recent_in(rooms);
    Ok(Rate::of(turnout, active).map(|rate| {
        voice.stats_ask_rate(
            turnout.occasions,
            voice.percentage(rate.percent),
            voice.number(rate.active),
        )
    }))
}

async fn room_names(
    session: &mut Session,
    voice: &Voice,
    ask: AskId,
    today: Day,
    rooms: usize,
) -> store::Result<Option<String>> {
    let messages = session.list_messages_of(ask, today, ROOMS_MAX).await?;
    if messages.is_empty() {
        return Ok(None);
    }
    let mut names: Vec<String> = messages.into_iter().map(|message| message.room).collect();
    if rooms > names.len() {
        let (more, shown) = counts::counted(voice, rooms - names.len());
        names.push(voice.stats_rooms_more(more, shown));
    }
    Ok(Some(voice.stats_ask_rooms(voice.list(names))))
}
