//! The weekly summary: numbers turned into words and a picture. It must not know where the numbers come from, nor where the
//! summary goes.

mod chart;
pub mod numbers;
