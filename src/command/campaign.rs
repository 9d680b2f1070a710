//! `campaign new`, `campaign goal` and `campaign list`.

use unicode_segmentation::UnicodeSegmentation;

use super::{Arguments, Context, Handled, Stop, resolve::given, say};
use crate::{
    chat::{Answer, Block, Card},
    domain::text::{clean_line, folded, shortened},
    store::{Campaign, Goal, Session},
};

/// The longest title, in graphemes.
const TITLE_MAX: usize = 80;
/// The longest short name, in characters: as in the calendar.
const SLUG_MAX: usize = 40;

pub(super) async fn new(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    context.require_everywhere().await?;
    let slug = folded(&clean_line(arguments.text(0))).replace([' ', '\''], "-");
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || slug.len() > SLUG_MAX || !slug.chars().all(is_plain) {
        return Err(Stop::Refusal(voice.campaign_bad_name(shortened(&slug, SLUG_MAX))));
    }
    let fr = title(context, arguments.text(1))?;
    let fr = fr.unwrap_or_else(|| shortened(&clean_line(arguments.text(0)), TITLE_MAX));
    let en = title(context, arguments.text(2))?.unwrap_or_else(|| fr.clone());
    let mut writer = context.write().await?;
    let made = writer.add_campaign(&slug, &fr, &en, context.now).await?;
    if made.is_none() {
        return Err(Stop::Refusal(voice.campaign_known(slug)));
    }
    writer.commit().await?;
    Ok(say(voice.campaign_made(slug)))
}

/// A title that was typed; none where nothing was.
fn title(context: &Context<'_>, text: &str) -> Result<Option<String>, Stop> {
    let title = clean_line(text);
    let length = title.graphemes(true).count();
    if length > TITLE_MAX {
        let count = |number: usize| {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            context.voice().number(number)
        };
        return Err(Stop::Refusal(context.voice().campaign_title_too_long(
            given(&title),
            count(length),
            count(TITLE_MAX),
        )));
    }
    Ok(Some(shortened(&title, TITLE_MAX)).filter(|title| !title.is_empty()))
}

pub(super) async fn goal(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    context.require_everywhere().await?;
    let target = context.count(arguments.text(1))?;
    let due = context.day(arguments.text(2))?;
    let kind = arguments.get(3).map(|text| context.ask_kind(text)).transpose()?;
    let today = context
        .now
        .to_zoned(context.app.settings.time_zone.clone())
        .date();
    if due.date() < today {
        return Err(Stop::Refusal(
            voice.campaign_goal_past(voice.date_with_year(due.date())),
        ));
    }
    let mut writer = context.write().await?;
    let campaign = context.campaign(&mut writer, arguments.text(0)).await?;
    writer.set_goal(campaign.id, kind, target, due).await?;
    writer.commit().await?;
    let what = kind.map_or("all", crate::domain::ask::AskKind::code);
    Ok(say(voice.campaign_goal_set(
        campaign.title(context.language()),
        voice.campaign_goal(what, target, voice.number(target), voice.date(due.date())),
    )))
}

pub(super) async fn list(context: &Context<'_>, _: Arguments) -> Handled {
    let voice = context.voice();
    let mut reader = context.app.store.read().await?;
    let goals = reader.list_goals().await?;
    let mut items = Vec::new();
    for campaign in reader.list_campaigns().await? {
        items.push(line(context, &mut reader, (&campaign, &goals)).await?);
    }
    if items.is_empty() {
        return Ok(say(voice.campaign_none()));
    }
    let card = Card {
        title: Some(voice.campaign_list_title()),
        blocks: vec![Block::List { items }],
        ..Card::default()
    };
    Ok(Answer::private(card))
}

async fn line(
    context: &Context<'_>,
    session: &mut Session,
    (campaign, goals): (&Campaign, &[Goal]),
) -> Result<String, Stop> {
    let voice = context.voice();
    let mut shown = Vec::new();
    for goal in goals.iter().filter(|goal| goal.campaign == campaign.id) {
        let done = session.count_campaign(campaign.id, goal.kind, goal.due).await?;
        let what = goal.kind.map_or("all", crate::domain::ask::AskKind::code);
        let words = voice.campaign_goal(
            what,
            goal.target,
            voice.number(goal.target),
            voice.date(goal.due.date()),
        );
        shown.push(voice.campaign_goal_progress(words, voice.number(done)));
    }
    let title = campaign.title(context.language());
    Ok(if shown.is_empty() {
        voice.campaign_line(&campaign.slug, title)
    } else {
        voice.campaign_line_goals(&campaign.slug, title, voice.list(shown))
    })
}
