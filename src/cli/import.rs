//! `relais import`: brings files in.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::{language_parser, open, start};
use crate::{
    calendar::{self, Sheet},
    chat::typed_after,
    clock::{Clock, SystemClock},
    command::{ImportResult, import_report},
    config::Sources,
    domain::language::Language,
    i18n::Voices,
    import::{self, Importer, Rejected},
};

/// How `relais import` is used, beneath its help.
pub const AFTER_HELP: &str = "\
All of a file is checked before any of it is written: with a mistake, nothing is imported. Importing a file again updates what it \
brought before and doubles nothing. It may be done while the service runs.

Examples:
  relais import calendar actions.csv
  relais import calendar actions.xlsx --language en";

/// Bring a file in.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// What the file holds.
    #[command(subcommand)]
    pub what: What,
}

/// What a file holds.
#[derive(Debug, Clone, Subcommand)]
pub enum What {
    /// Asks, a row each: CSV (UTF-8, with commas or semicolons) or XLSX. They become drafts that wait for approval.
    Calendar(Calendar),
}

/// `relais import calendar …`.
#[derive(Debug, Clone, Args)]
pub struct Calendar {
    /// The spreadsheet. The pictures that it names lie beside it.
    pub file: PathBuf,
    /// The language in which mistakes are told; the organisation's where none is given.
    #[arg(long, value_parser = language_parser())]
    pub language: Option<Language>,
}

impl Calendar {
    /// Imports the calendar, or says by row and column why nothing was.
    pub async fn execute(&self, sources: &Sources) -> anyhow::Result<()> {
        let config = start(sources)?;
        let bytes = fs::read(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        let language = self.language.unwrap_or(config.organisation.default_language);
        let result = match calendar::read(&bytes) {
            Err(refusal) => ImportResult::Unreadable(refusal),
            Ok(sheet) => {
                let pictures = pictures_beside(&self.file, &sheet)?;
                let store = open(&config).await?;
                let mut writer = store.write().await?;
                // What the operator imports has no author, so that any coordinator may approve it.
                let importer = Importer {
                    author: None,
                    authority: None,
                };
                let zone = &config.organisation.time_zone;
                let imported = import::import(
                    &mut writer,
                    (&sheet, &pictures),
                    (zone, importer),
                    SystemClock.now(),
                );
                match imported.await? {
                    Ok(imported) => {
                        writer.commit().await?;
                        ImportResult::Done(imported)
                    }
                    Err(Rejected::Rows(rows)) => ImportResult::Rows(rows),
                    Err(Rejected::BadPicture { name }) => ImportResult::BadPicture(name),
                    Err(Rejected::PictureInUse { name }) => ImportResult::PictureInUse(name),
                    Err(Rejected::OtherGroups) => bail!("the operator may ask in every group"),
                }
            }
        };
        for line in import_report(&Voices::load(), language, &result) {
            println!("{}", typed_after("", &line));
        }
        if !matches!(result, ImportResult::Done(_)) {
            bail!("{} was not imported", self.file.display());
        }
        Ok(())
    }
}

/// The pictures that a calendar names and that lie beside it.
fn pictures_beside(file: &Path, sheet: &Sheet) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut pictures = BTreeMap::new();
    for name in sheet.pictures() {
        match fs::read(folder.join(&name)) {
            Ok(bytes) => drop(pictures.insert(name, bytes)),
            // It may have been imported before; the check of the row says so if not.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("reading {name}")),
        }
    }
    Ok(pictures)
}
