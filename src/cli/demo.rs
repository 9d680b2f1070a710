//! `relais demo`: an imaginary organisation in the browser.

mod clock;

use std::path::PathBuf;

use clap::Args;
use jiff::civil::DateTime;

pub use clock::AdjustableClock;

/// How `relais demo` is used, beneath its help.
pub const AFTER_HELP: &str = "\
The page is served to this machine alone. Nothing is sent anywhere.

Examples:
  relais demo
  relais demo --at 2026-11-23T08:59 --crowd 200
  relais demo --fresh --data /tmp/relais.db --port 9000";

/// Show an imaginary organisation's day in the browser.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The date and time on the organisation's clock, which then goes on from there; now where none is given.
    #[arg(long, value_name = "DATE-TIME")]
    pub at: Option<DateTime>,
    /// How many invented people answer as the hours pass.
    #[arg(long, value_name = "NUMBER", default_value_t = 40)]
    pub crowd: u32,
    /// The file that keeps the demo between two runs.
    #[arg(long, value_name = "FILE", default_value = "relais-demo.db")]
    pub data: PathBuf,
    /// Forget what that file holds and start anew.
    #[arg(long)]
    pub fresh: bool,
    /// The port of the page on 127.0.0.1; 0 for any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    pub port: u16,
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use jiff::civil::date;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn the_clock_is_set_to_the_minute() {
        let demo = Command::try_parse_from(["demo", "--at", "2026-11-23T08:59", "--crowd", "200"]);
        let demo = demo.unwrap().arguments;
        assert_eq!(demo.at, Some(date(2026, 11, 23).at(8, 59, 0, 0)));
        assert_eq!((demo.crowd, demo.port), (200, 8787));
        assert!(Command::try_parse_from(["demo", "--at", "2026-11-31T08:59"]).is_err());
    }
}
