//! What the benches share: the load, a database on the real disk, and how numbers are summed up.

pub mod national;

use std::{future::Future, process::ExitCode};

use anyhow::Context;

/// How many confirmations a bench handles: `RELAIS_BENCH_CONFIRMATIONS`, or else as many as the bench is judged by.
pub fn confirmations(judged_by: usize) -> anyhow::Result<usize> {
    match std::env::var("RELAIS_BENCH_CONFIRMATIONS") {
        Ok(text) => text
            .replace('_', "")
            .parse()
            .context("RELAIS_BENCH_CONFIRMATIONS is a number"),
        Err(_) => Ok(judged_by),
    }
}

/// The middle one; of two middle ones the greater.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

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
