//! The words of the page, by the names that its scripts call them.

use serde_json::{Map, Value};

use super::problem::too_long;
use crate::{chat::embedded::DoorError, i18n::Voice};

/// A map of messages by their names without `page_`.
macro_rules! words {
    ($voice:expr, $($message:ident),+ $(,)?) => {
        [$((stringify!($message).trim_start_matches("page_"), $voice.$message())),+]
    };
}

/// What the page says by itself, in a language.
pub(super) fn words(voice: &Voice) -> Map<String, Value> {
    let words = words![
        voice,
        page_attach,
        page_bot,
        page_bot_name,
        page_characters,
        page_choose,
        page_clock,
        page_clock_day,
        page_clock_hour,
        page_clock_next,
        page_clock_nothing,
        page_clock_ten_minutes,
        page_close,
        page_copied,
        page_copy,
        page_copy_selected,
        page_direct,
        page_direct_topic,
        page_dismiss,
        page_download,
        page_drop,
        page_earlier,
        page_edited,
        page_empty,
        page_enlarge,
        page_expired,
        page_files,
        page_form_cancel,
        page_form_send,
        page_lost,
        page_messages,
        page_mistakes,
        page_newest,
        page_only_you,
        page_optional,
        page_react,
        page_reactions,
        page_rooms,
        page_send,
        page_skip,
        page_suggestions,
        page_unread,
        page_working,
        page_write,
        page_write_direct,
        page_write_direct_hint,
        page_write_hint,
        page_you_are,
        page_you_typed,
    ];
    let too_long = ("too_long", too_long(voice, DoorError::TEXT_MAX));
    words
        .into_iter()
        .chain([too_long])
        .map(|(name, said)| (name.to_owned(), said.into()))
        .collect()
}

/// The reactions that are offered, each with its name.
pub(super) fn reactions(voice: &Voice) -> [(&'static str, String); 4] {
    [
        ("✅", voice.page_emoji_done()),
        ("📭", voice.page_emoji_voicemail()),
        ("⛔", voice.page_emoji_busy()),
        ("💤", voice.page_emoji_not_today()),
    ]
}
