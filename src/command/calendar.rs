//! A calendar that somebody dropped in a room: read whole or not at all, by whoever may.

use std::collections::BTreeMap;

use super::{Arguments, Context, Handled, Stop, draft_words, resolve::given, say, stopped};
use crate::{
    calendar::{self, Sheet},
    chat::{Answer, Attachment, Block, Card, DroppedFile, Unread},
    domain::{language::Language, role::Role},
    i18n::Voice,
    import::{self, Imported, Importer, Rejected},
    notice::tell_coordinators,
};

/// Takes what was dropped: a calendar with the pictures that it names. Only what a coordinator drops is fetched.
pub(crate) async fn take_files(context: &Context<'_>, dropped: Vec<DroppedFile>) -> Answer {
    let handled = match context.require(Role::Coordinator).await {
        Ok(()) => fetch_and_take(context, dropped).await,
        Err(stop) => Err(stop),
    };
    handled.unwrap_or_else(|stop| stopped(context.voice(), context.app, stop))
}

/// `calendar import`: takes the files that came with it, or says how they come.
pub(super) async fn bring(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    match arguments.files {
        None => Ok(say(voice.import_drop())),
        Some(files) if files.iter().any(|file| is_calendar(&file.name)) => {
            fetch_and_take(context, files).await
        }
        Some(_) => Ok(say(voice.import_attach())),
    }
}

async fn fetch_and_take(context: &Context<'_>, dropped: Vec<DroppedFile>) -> Handled {
    let mut files = Vec::new();
    for file in dropped {
        match file.fetch().await {
            Ok(file) => files.push(file),
            Err((name, why)) => {
                let (voice, name) = (context.voice(), given(&name));
                let size = i64::try_from(Attachment::MAX_BYTES >> 20).unwrap_or(i64::MAX);
                return Err(Stop::Refusal(match why {
                    Unread::TooLarge => voice.import_too_large(name, voice.number(size)),
                    Unread::NotFetched => voice.import_not_fetched(name),
                }));
            }
        }
    }
    take(context, &files).await
}

/// Whether a file is a spreadsheet, by its name.
pub(crate) fn is_calendar(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".xlsx", ".xls", ".ods", ".tsv"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

async fn take(context: &Context<'_>, files: &[Attachment]) -> Handled {
    let voice = context.voice();
    let (sheets, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| is_calendar(&file.name));
    let [sheet] = sheets.as_slice() else {
        return Err(Stop::Refusal(voice.import_one_at_a_time()));
    };
    let pictures: BTreeMap<String, Vec<u8>> = others
        .into_iter()
        .map(|file| (file.name.clone(), file.bytes.to_vec()))
        .collect();
    let sheet: Sheet = match calendar::read(&sheet.bytes) {
        Ok(sheet) => sheet,
        Err(refusal) => {
            return Ok(Answer::private(mistakes(
                voice,
                draft_words::unreadable(voice, &refusal),
            )));
        }
    };
    let importer = Importer {
        author: Some(context.person.id),
        authority: Some(context.authority().await?),
    };
    let mut writer = context.write().await?;
    let zone = &context.app.settings.time_zone;
    match import::import(&mut writer, (&sheet, &pictures), (zone, importer), context.now).await? {
        Ok(imported) => {
            let words = |voice: &Voice| {
                Card::paragraph(
                    voice.import_waiting_notice(imported.waiting(), voice.number(imported.waiting())),
                )
            };
            if imported.waiting() > 0 {
                tell_coordinators(context.app, &mut writer, &[], (context.now, words)).await?;
            }
            writer.commit().await?;
            Ok(Answer::private(imported_words(voice, &imported)))
        }
        Err(Rejected::Rows(rows)) => Ok(Answer::private(mistakes(voice, draft_words::rows(voice, &rows)))),
        Err(Rejected::OtherGroups) => Err(Stop::Refusal(voice.import_other_groups())),
        Err(Rejected::BadPicture { name }) => Err(Stop::Refusal(voice.import_bad_picture(name))),
        Err(Rejected::PictureInUse { name }) => Err(Stop::Refusal(voice.import_picture_in_use(name))),
    }
}

/// Why nothing was imported.
fn mistakes(voice: &Voice, items: Vec<String>) -> Card {
    Card {
        title: Some(voice.calendar_nothing_imported()),
        blocks: vec![Block::List { items }],
        ..Card::default()
    }
}

/// What came of an import.
pub(crate) fn imported_words(voice: &Voice, imported: &Imported) -> Card {
    let line = |count: i64, words: &dyn Fn(i64, String) -> String| {
        (count > 0).then(|| words(count, voice.number(count)))
    };
    let items = [
        line(imported.added, &|count, shown| voice.import_added(count, shown)),
        line(imported.updated, &|count, shown| {
            voice.import_updated(count, shown)
        }),
        line(imported.unchanged, &|count, shown| {
            voice.import_unchanged(count, shown)
        }),
        line(imported.left_alone, &|count, shown| {
            voice.import_left_alone(count, shown)
        }),
        line(imported.kept_times, &|count, shown| {
            voice.import_kept_times(count, shown)
        }),
    ];
    let mut items: Vec<String> = items.into_iter().flatten().collect();
    if !imported.new_campaigns.is_empty() {
        items.push(voice.import_new_campaigns(voice.list(&imported.new_campaigns)));
    }
    let hint = if imported.waiting() > 0 {
        voice.import_next()
    } else {
        voice.import_nothing_new()
    };
    Card {
        title: Some(voice.import_done()),
        blocks: vec![Block::List { items }, Block::Paragraph { text: hint }],
        ..Card::default()
    }
}

/// What came of an import from the command line, in the organisation's language.
pub(crate) fn import_report(
    voices: &crate::i18n::Voices,
    language: Language,
    result: &ImportResult,
) -> Vec<String> {
    let voice = voices.of(language);
    let card = match result {
        ImportResult::Done(imported) => imported_words(voice, imported),
        ImportResult::Unreadable(refusal) => mistakes(voice, draft_words::unreadable(voice, refusal)),
        ImportResult::Rows(rows) => mistakes(voice, draft_words::rows(voice, rows)),
        ImportResult::BadPicture(name) => return vec![voice.import_bad_picture(name)],
        ImportResult::PictureInUse(name) => return vec![voice.import_picture_in_use(name)],
    };
    let texts = card.blocks.into_iter().flat_map(|block| match block {
        Block::List { items } => items,
        Block::Paragraph { text } => vec![text],
        _ => Vec::new(),
    });
    card.title.into_iter().chain(texts).collect()
}

/// What came of an import from the command line.
pub(crate) enum ImportResult {
    Done(Imported),
    Unreadable(calendar::Unreadable),
    Rows(Vec<calendar::RowMistake>),
    BadPicture(String),
    PictureInUse(String),
}
