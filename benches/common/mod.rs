//! How each bench runs and tells whether what it measured holds.

use std::{future::Future, process::ExitCode};

use anyhow::Context;

/// Tells on one line how a number stands against what it must be. Returns whether it holds.
pub fn judge(what: &str, holds: bool, number: &str, wanted: &str) -> bool {
    println!(
        "{} {what}: {number} (wanted: {wanted})",
        if holds { "ok  " } else { "FAIL" }
    );
    holds
}

/// Runs a bench. It fails where what it measured does not hold.
pub fn run(bench: impl Future<Output = anyhow::Result<bool>>) -> ExitCode {
    let outcome = tokio::runtime::Runtime::new()
        .context("starting the runtime")
        .and_then(|runtime| runtime.block_on(bench));
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
