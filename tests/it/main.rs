//! The one test binary: stories told from the outside.

#![expect(clippy::unwrap_used, reason = "what is not as a test says stops that test")]

mod arguments;
mod browser;
mod database;
mod demo;
mod house;
mod kill;
mod operator;
mod store;
mod story;
mod summary;
mod trouble;
mod world;
