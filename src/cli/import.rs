//! `relais import`: brings files in.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::language_parser;
use crate::domain::language::Language;

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
