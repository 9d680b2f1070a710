//! What people ask of the bot, and what it answers.

pub(crate) mod draft_words;
