//! Relais brings the asks that an organisation's coordinators approved to its chat rooms, lets volunteers confirm in one tap what
//! they did, and counts it honestly.
//!
//! The map of the modules, what each must not know, and three walks through them are in `ARCHITECTURE.md`.

pub mod app;
pub mod chance;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod domain;
mod i18n;
pub mod intake;
mod prompt;
pub mod store;

pub mod summary;
