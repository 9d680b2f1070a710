//! The embedded chat: rooms on one page, served on loopback by `relais demo`.
