//! The one test binary: stories told from the outside.

#![expect(clippy::unwrap_used, reason = "what is not as a test says stops that test")]
#![expect(clippy::too_many_lines, reason = "a story is told in one go")]

mod arguments;
mod asks;
mod asks_clock;
mod asks_late;
mod bad_files;
mod bad_input;
mod browser;
mod called;
mod confirmations;
mod database;
mod demo;
mod desk;
#[cfg(feature = "discord")]
mod discord;
mod house;
mod kill;
mod locked;
mod log;
#[cfg(feature = "matrix")]
mod matrix;
mod numbers;
mod operator;
mod people;
mod privacy;
mod prompts;
mod store;
mod story;
mod summary;
mod trouble;
mod withdrawals;
mod words;
mod world;
