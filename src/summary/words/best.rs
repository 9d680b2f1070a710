//! How the asks that did best are said.

use super::counts;
use crate::{
    chat::{Block, Link},
    i18n::Voice,
    summary::numbers::best::BestAsk,
};

/// Adds the asks that did best, and links to their messages where these have addresses.
pub(super) fn add(voice: &Voice, best: &[BestAsk], blocks: &mut Vec<Block>) {
    match best {
        [] => return,
        [one] => blocks.push(Block::Paragraph {
            text: only(voice, one),
        }),
        several => {
            let text = if several.iter().any(|ask| ask.rate.is_some()) {
                voice.summary_best()
            } else {
                voice.summary_best_counted()
            };
            blocks.push(Block::Paragraph { text });
            blocks.push(Block::List {
                items: several.iter().map(|ask| one_of(voice, ask)).collect(),
            });
        }
    }
    let links: Vec<Link> = best.iter().flat_map(|ask| links(voice, ask)).collect();
    if !links.is_empty() {
        blocks.push(Block::Links { links });
    }
}

fn only(voice: &Voice, best: &BestAsk) -> String {
    let ask = placed(voice, best);
    match best.rate {
        Some(rate) => voice.summary_best_one(best.occasions, ask, voice.percentage(rate.percent)),
        None => voice.summary_best_one_counted(ask, counts::actions(voice, best.confirmations)),
    }
}

fn one_of(voice: &Voice, best: &BestAsk) -> String {
    let ask = placed(voice, best);
    match best.rate {
        Some(rate) => voice.summary_best_rate(
            best.occasions,
            ask,
            voice.percentage(rate.percent),
            voice.number(best.people),
            voice.number(rate.active),
            voice.number(best.occasions),
        ),
        None => voice.summary_best_count(ask, counts::actions(voice, best.confirmations)),
    }
}

/// The ask, with where it stood unless a link beneath says so.
fn placed(voice: &Voice, best: &BestAsk) -> String {
    let ask = counts::ask(voice, best.ask, &best.titles);
    let Some(place) = best.places.first() else {
        return ask;
    };
    if best.places.iter().any(|place| place.link.is_some()) {
        return ask;
    }
    if best.rooms > 1 {
        let (others, shown) = counts::counted(voice, best.rooms - 1);
        voice.summary_ask_in_several(others, ask, &place.room, shown)
    } else {
        voice.summary_ask_in(ask, &place.room)
    }
}

fn links(voice: &Voice, best: &BestAsk) -> Vec<Link> {
    let link = |place: &crate::summary::numbers::best::PlaceSeen| {
        let label = voice.summary_best_link(best.ask.to_string(), &place.room);
        Some(Link::to(label, place.link.clone()?))
    };
    best.places.iter().filter_map(link).collect()
}
