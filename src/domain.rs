//! The rules of the organisation's work, and nothing else.
//!
//! Everything here is a pure function of its arguments: no async, no I/O, no clock, no chance, no platform, no SQL. `now`
//! arrives as an argument. That is what lets table tests and property tests say all there is to say about it.

pub mod code;

pub mod ask;
pub mod choice;
pub mod confirmation;
pub mod day;
pub mod draft;
pub mod id;
pub mod language;
pub mod network;
pub mod outcome;
pub mod presence;
pub mod role;
pub mod room;
pub mod seal;
pub mod slot;
pub mod text;
