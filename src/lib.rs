//! Relais brings the asks that an organisation's coordinators approved to its chat rooms, lets volunteers confirm in one tap what
//! they did, and counts it honestly.
//!
//! The map of the modules, what each must not know, and three walks through them are in `ARCHITECTURE.md`.

#![recursion_limit = "256"]
mod answer;
pub mod app;
mod authority;
pub mod calendar;
pub mod chance;
pub mod chat;
pub mod cli;
pub mod clock;
mod command;
pub mod config;
pub(crate) mod delivery;
pub mod domain;
mod i18n;
pub mod import;
pub mod intake;
mod notice;
mod prompt;
mod registration;
mod release;
mod rooms;
mod router;
pub mod run;
pub mod schedule;
pub mod store;
pub mod summary;
mod unreadable;
pub mod web;
mod word;
