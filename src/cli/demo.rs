//! `relais demo`: the whole of Relais on the embedded chat, with a clock that can be moved forward.

mod clock;

pub use clock::AdjustableClock;
