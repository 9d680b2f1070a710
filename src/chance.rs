//! Chance, as an argument.

use std::sync::{Mutex, PoisonError};

use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};

/// Letters and digits that people and platforms do not confuse.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Characters of a delivery's key: 24 of 5 bits each are 120 bits, and Discord's nonce takes 25.
const KEY_LENGTH: usize = 24;

/// Where chance comes from.
pub struct Chance(Mutex<StdRng>);

impl Chance {
    /// From the operating system.
    pub fn from_system() -> Self {
        Self(Mutex::new(StdRng::from_os_rng()))
    }

    /// The same every time, for whoever wants a day that can be lived again.
    pub fn from_seed(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// A key that no delivery had before.
    pub fn key(&self) -> String {
        let mut random = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (0..KEY_LENGTH)
            .map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())]))
            .collect()
    }

    /// Bytes that nobody can guess.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(&mut bytes);
        bytes
    }
}
