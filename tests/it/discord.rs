//! Discord for real: a working model of it on loopback, kept honest by clients that others wrote.

#[expect(dead_code, reason = "not every test needs all that the model can do")]
mod model;
mod twilight;
