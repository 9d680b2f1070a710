//! The process's arguments: one file per subcommand, each with its arguments and what it does.
//!
//! What is printed here is for operators, in English like the log. What goes to the organisation's people is composed elsewhere.
//! Only here may the process's environment be read, a signal be caught or the process end.

pub mod backup;
pub mod config;
pub mod demo;
#[cfg(feature = "discord")]
pub mod discord;
pub mod doctor;
pub mod import;
pub mod log;
#[cfg(feature = "matrix")]
pub mod matrix;
pub mod notify;
pub mod report;
pub mod restore;
pub mod run;
pub mod signal;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Args, CommandFactory, Parser, Subcommand, builder::TypedValueParser, error::ErrorKind};

use crate::{
    app::Settings,
    chat::Rejected,
    config::{Config, LoadError, Loaded, Setting, Sources},
    domain::language::Language,
    store::Store,
};

/// The version, and how the whole is used.
const AFTER_HELP: &str = "\
First steps:
  relais config check                 is the configuration right?
  relais import calendar actions.csv  bring in asks, which then wait for approval
  relais run                          go, until SIGTERM or Ctrl-C

The configuration is the file named by --config, else by RELAIS_CONFIG, else relais.toml here or in /etc/relais. \
A variable RELAIS_<SECTION>_<KEY> goes before the file, and --set before both.

Exit status: 0 done, 1 it went wrong and why stands on the standard error stream, \
2 the command or the configuration was not understood.";

/// Brings the asks that coordinators approved to their chat rooms, and counts what came of them.
#[derive(Debug, Parser)]
#[command(version, after_help = AFTER_HELP, max_term_width = 110, subcommand_value_name = "COMMAND")]
pub struct Arguments {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The configuration.
    #[arg(long, short, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A setting that goes before the configuration and the environment; may be repeated.
    #[arg(long = "set", global = true, value_name = "SECTION.KEY=VALUE")]
    pub settings: Vec<Setting>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show an imaginary organisation's day in the browser.
    #[command(after_help = demo::AFTER_HELP)]
    Demo(demo::Arguments),
    /// Run the service until it is told to stop.
    #[command(after_help = run::AFTER_HELP)]
    Run(run::Arguments),
    /// Bring a file in.
    #[command(after_help = import::AFTER_HELP)]
    Import(import::Arguments),
    /// Report what came of the asks.
    #[command(after_help = report::AFTER_HELP)]
    Report(report::Arguments),
    /// Recount everything and compare; look at the database, the outbox and the rooms.
    #[command(after_help = doctor::AFTER_HELP)]
    Doctor(doctor::Arguments),
    /// Write a copy of the SQLite database that can be restored.
    #[command(after_help = backup::AFTER_HELP)]
    Backup(backup::Arguments),
    /// Put a backup in the place of the SQLite database.
    #[command(after_help = restore::AFTER_HELP)]
    Restore(restore::Arguments),
    /// Log in to Matrix.
    #[cfg(feature = "matrix")]
    #[command(after_help = matrix::AFTER_HELP)]
    Matrix(matrix::Arguments),
    /// Look at the configuration.
    #[command(after_help = config::AFTER_HELP)]
    Config(config::Arguments),
}

/// Reads the arguments of this process, does what they say, and tells how it went.
pub async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    refuse_unheeded(&arguments).unwrap_or_else(|error| error.exit());
    match execute(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", chain(&error));
            exit_code(&error)
        }
    }
}

/// What is wrong with the arguments or the configuration, or makes a platform refuse the bot, stays wrong until somebody corrects it;
/// systemd then does not try again.
fn exit_code(error: &anyhow::Error) -> ExitCode {
    let is_mistaken = matches!(error.downcast_ref(), Some(LoadError::Mistakes(_)));
    if is_mistaken || error.is::<Rejected>() {
        ExitCode::from(2)
    } else {
        ExitCode::FAILURE
    }
}

/// Refuses what a command was given and would not heed.
fn refuse_unheeded(arguments: &Arguments) -> Result<(), clap::Error> {
    let Common { config, settings } = &arguments.common;
    if matches!(arguments.command, Command::Demo(_)) && (config.is_some() || !settings.is_empty()) {
        let refusal = "the demo has an organisation of its own, and takes neither --config nor --set";
        return Err(Arguments::command().error(ErrorKind::ArgumentConflict, refusal));
    }
    Ok(())
}

async fn execute(arguments: Arguments) -> anyhow::Result<()> {
    let sources = Sources::of_process(arguments.common.config, arguments.common.settings);
    match arguments.command {
        Command::Demo(arguments) => arguments.execute().await,
        Command::Run(_) => run::execute(&sources).await,
        Command::Import(import::Arguments {
            what: import::What::Calendar(calendar),
        }) => calendar.execute(&sources).await,
        Command::Report(arguments) => arguments.execute(&sources).await,
        Command::Doctor(_) => doctor::execute(&sources).await,
        Command::Backup(arguments) => arguments.execute(&sources).await,
        Command::Restore(arguments) => arguments.execute(&sources),
        #[cfg(feature = "matrix")]
        Command::Matrix(arguments) => arguments.execute(&sources).await,
        Command::Config(arguments) => config::execute(&arguments, &sources),
    }
}

/// Reads the configuration and starts the log by it. What works but should be looked at is the log's first lines.
pub fn start(sources: &Sources) -> anyhow::Result<Config> {
    let Loaded {
        config,
        file,
        warnings,
    } = crate::config::load(sources)?;
    log::start(&config.log).context("starting the log")?;
    let file = file.map_or_else(|| "none".to_owned(), |path| path.display().to_string());
    tracing::info!(file, version = env!("CARGO_PKG_VERSION"), "configuration read");
    for warning in warnings {
        tracing::warn!("{warning}");
    }
    Ok(config)
}

/// Opens the configured database.
async fn open(config: &Config) -> anyhow::Result<Store> {
    use secrecy::ExposeSecret;

    Ok(Store::open(config.database.connection_url().expose_secret()).await?)
}

/// What the core needs of the configuration.
fn settings(config: &Config) -> Settings {
    let organisation = &config.organisation;
    Settings {
        organisation: organisation.name.clone(),
        time_zone: organisation.time_zone.clone(),
        language: organisation.default_language,
        admins: organisation
            .first_admin
            .iter()
            .map(|admin| (admin.platform.clone(), admin.account.clone()))
            .collect(),
        summary_day: config.summary.day,
        summary_time: config.summary.time,
        mastodon_server: config
            .share
            .mastodon_server
            .as_ref()
            .map(|server| server.as_str().to_owned()),
        public_url: config.web.public_url.as_ref().map(|url| url.as_str().to_owned()),
    }
}

/// What went wrong and what led to it, a line each.
fn chain(error: &anyhow::Error) -> String {
    let causes = error.chain().skip(1).map(|cause| format!("\n  because {cause}"));
    format!("relais: {error}{}", causes.collect::<String>())
}

/// Reads a language as it is given on the command line.
fn language_parser() -> impl TypedValueParser<Value = Language> {
    clap::builder::PossibleValuesParser::new(Language::ALL.iter().map(|language| language.code()))
        .try_map(|code| code.parse::<Language>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_failure_is_told_with_what_led_to_it() {
        let error = anyhow::anyhow!("no such file")
            .context("reading actions.csv")
            .context("importing the calendar");
        assert_eq!(
            chain(&error),
            "relais: importing the calendar\n  because reading actions.csv\n  because no such file"
        );
    }

    #[test]
    fn what_every_command_takes_may_follow_it() {
        let arguments = Arguments::try_parse_from([
            "relais",
            "config",
            "check",
            "-c",
            "here.toml",
            "--set",
            "log.format=json",
        ])
        .unwrap();
        assert_eq!(arguments.common.config, Some("here.toml".into()));
        assert_eq!(arguments.common.settings, ["log.format=json".parse().unwrap()]);
        assert!(Arguments::try_parse_from(["relais", "config", "check", "--set", "log"]).is_err());
    }

    #[test]
    fn the_demo_takes_no_configuration() {
        let given = |arguments: &[&str]| refuse_unheeded(&Arguments::try_parse_from(arguments).unwrap());
        assert!(given(&["relais", "demo", "--config", "here.toml"]).is_err());
        assert!(given(&["relais", "demo", "--set", "log.format=json"]).is_err());
        assert!(given(&["relais", "demo"]).is_ok());
        assert!(given(&["relais", "run", "--config", "here.toml"]).is_ok());
    }
}
