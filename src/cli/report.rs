//! `relais report`: the numbers that the leadership reads.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};

use super::{language_parser, open, settings, start};
use crate::{
    clock::{Clock, SystemClock},
    config::Sources,
    domain::{
        day::{Day, Week},
        language::Language,
    },
    summary::report,
};

/// How `relais report` is used, beneath its help.
pub const AFTER_HELP: &str = "\
The numbers are those of the summary that the leadership's rooms get.

Examples:
  relais report weekly
  relais report weekly --week 2026-W48 --format csv --output week.csv
  relais report weekly --week 2026-W48 --format png --language en > week.png";

/// Report what came of the asks.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// Which report.
    #[command(subcommand)]
    pub report: Report,
}

/// Which report.
#[derive(Debug, Clone, Subcommand)]
pub enum Report {
    /// One week, Monday to Sunday.
    Weekly(Weekly),
}

/// `relais report weekly …`.
#[derive(Debug, Clone, Args)]
pub struct Weekly {
    /// The week, by its ISO name such as 2026-W48; the last one that is over where none is given.
    #[arg(long, value_parser = week)]
    pub week: Option<Week>,
    /// The form.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The language of the words in it; the organisation's where none is given.
    #[arg(long, value_parser = language_parser())]
    pub language: Option<Language>,
    /// The file to write; the standard output stream where none is given.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As the rooms read it.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// The picture.
    Png,
}

impl Arguments {
    /// Writes the report.
    pub async fn execute(&self, sources: &Sources) -> anyhow::Result<()> {
        let Report::Weekly(weekly) = &self.report;
        let config = start(sources)?;
        let settings = settings(&config);
        let today = Day::of(SystemClock.now(), &settings.time_zone);
        let week = weekly.week.unwrap_or_else(|| today.week().before());
        let language = weekly.language.unwrap_or(settings.language);
        let store = open(&config).await?;
        let report = report::weekly(&store, &settings, week, weekly.format.into(), &[language]).await?;
        store.close().await;
        weekly.write(&report)
    }
}

impl From<Format> for report::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::Png => Self::Png,
        }
    }
}

impl Weekly {
    /// Writes the report where it is wanted, once it is whole. A picture is not written to a terminal.
    pub fn write(&self, report: &[u8]) -> anyhow::Result<()> {
        match &self.output {
            Some(path) => File::create(path)
                .and_then(|mut file| file.write_all(report))
                .with_context(|| format!("writing {}", path.display())),
            None if self.format == Format::Png && io::stdout().is_terminal() => {
                bail!("a picture is not for the terminal: name a file with --output")
            }
            None => io::stdout().write_all(report).context("writing the report"),
        }
    }
}

fn week(name: &str) -> Result<Week, &'static str> {
    Week::from_name(name).ok_or("wanted the ISO name of a week, such as 2026-W48")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn weekly(arguments: &str) -> Result<Weekly, clap::Error> {
        let Report::Weekly(weekly) = Command::try_parse_from(
            ["report", "weekly"]
                .into_iter()
                .chain(arguments.split_whitespace()),
        )?
        .arguments
        .report;
        Ok(weekly)
    }

    #[test]
    fn a_week_a_form_a_language_and_a_file_may_be_named() {
        let none = weekly("").unwrap();
        assert_eq!(
            (none.week, none.format, none.language),
            (None, Format::Text, None)
        );
        let all = weekly("--week 2026-W48 --format png --language en -o week.png").unwrap();
        assert_eq!(all.week.map(Week::name), Some("2026-W48".to_owned()));
        assert_eq!((all.format, all.language), (Format::Png, Some(Language::English)));
        for wrong in ["--week 2026-W54", "--week now", "--format pdf", "--language de"] {
            assert!(weekly(wrong).is_err(), "{wrong}");
        }
        let told = weekly("--week 2026-11-23").unwrap_err().to_string();
        assert!(told.contains("such as 2026-W48"), "{told}");
    }

    #[test]
    fn a_report_is_written_to_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("week.csv");
        let weekly = weekly(&format!("--output {}", path.display())).unwrap();
        weekly.write(b"day,count\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"day,count\n");
    }
}
