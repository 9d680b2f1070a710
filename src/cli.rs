//! The subcommands of the process, one file each.

pub mod demo;
