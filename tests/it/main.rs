//! The one test binary: stories told from the outside.

mod database;
mod store;
mod summary;
