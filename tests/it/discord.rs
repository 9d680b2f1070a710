//! Discord for real: a working model of it on loopback, kept honest by clients that others wrote.

mod adapter;
mod books;
mod committee;
mod fan;
mod forms;
mod gateway;
mod habits;
mod haste;
mod interactions;
mod judges;
mod kills;
mod limits;
mod lines;
mod loss;
mod messages;
#[expect(dead_code, reason = "not every test needs all that the model can do")]
pub mod model;
mod organisation;
mod program;
mod story;
mod troubles;

/// How long anything may take on a machine that has other things to do.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(1);
