//! What is logged while tests run, watched for what must never be.

use std::{
    io::{self, Write},
    sync::Mutex,
};

use tracing_subscriber::fmt::TestWriter;

static WATCHED_FOR: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Where logs go: beside what the test says, once they were looked at.
#[derive(Default)]
pub struct Watched(TestWriter);

impl Write for Watched {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        let words = WATCHED_FOR.lock().unwrap();
        if words.iter().any(|word| text.contains(word.as_str())) {
            SEEN.lock().unwrap().push(text.into_owned());
        }
        self.0.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Tells what goes wrong beside what a test says.
pub fn listen() {
    // Another test of the same process may listen already.
    let _ = tracing_subscriber::fmt()
        .with_writer(Watched::default)
        .with_max_level(tracing::Level::DEBUG)
        .try_init();
}

/// Watches for these words from now on, in whatever test.
pub fn watch(words: &[&str]) {
    WATCHED_FOR
        .lock()
        .unwrap()
        .extend(words.iter().map(|word| (*word).to_owned()));
}

/// The lines in which a word stood.
pub fn seen() -> Vec<String> {
    SEEN.lock().unwrap().clone()
}

/// The lines that are wanted, which are not seen again.
#[cfg(feature = "discord")]
pub fn take(is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut seen = SEEN.lock().unwrap();
    let (taken, left) = std::mem::take(&mut *seen)
        .into_iter()
        .partition(|line| is_wanted(line));
    *seen = left;
    taken
}
