//! The one test binary: stories told from the outside.

#![expect(clippy::unwrap_used, reason = "what is not as a test says stops that test")]

mod database;
mod house;
mod operator;
mod store;
mod story;
mod summary;
mod world;
