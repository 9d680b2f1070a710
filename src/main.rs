//! The `relais` command.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    relais::cli::main().await
}
