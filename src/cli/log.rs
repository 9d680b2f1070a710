//! Starts the log, on the standard error stream.

use std::io::{IsTerminal, stderr};

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::config::{Log, LogFormat};

/// Starts the log of this process. It can be started once.
pub fn start(log: &Log) -> anyhow::Result<()> {
    let has_colours = Colours(stderr().is_terminal());
    let subscriber = subscriber(log, has_colours, stderr)?;
    tracing::subscriber::set_global_default(subscriber)?;
    Ok(())
}

/// Whether lines for people carry colours.
#[derive(Clone, Copy)]
struct Colours(bool);

fn subscriber<W>(log: &Log, colours: Colours, writer: W) -> anyhow::Result<Box<dyn Subscriber + Send + Sync>>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    // Statements carry what people wrote; whoever wants them sees them in the database's own log.
    let filter = EnvFilter::try_new(log.filter.as_str())?
        .add_directive("sqlx::query=off".parse()?)
        // It names the people whose messages and keys it handles, and takes each 404 for an error.
        .add_directive("matrix_sdk=off".parse()?);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Whoever read the log may have gone; complaining of that on the same stream would end the task that logged.
        .log_internal_errors(false)
        .with_writer(writer);
    Ok(match log.format {
        LogFormat::Text => Box::new(builder.with_ansi(colours.0).finish()),
        LogFormat::Json => Box::new(builder.json().flatten_event(true).finish()),
    })
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use super::*;

    /// What was written so far.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat) -> String {
        let written = Written::default();
        let writer = written.clone();
        let log = Log {
            format,
            ..Log::default()
        };
        let subscriber = subscriber(&log, Colours(false), move || writer.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(ask.id = 12, "prompt posted");
            tracing::debug!("too much");
            tracing::warn!(target: "sqlx::query", "slow statement");
        });
        String::from_utf8(written.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_line_for_people() {
        let text = logged(LogFormat::Text);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(
            text.contains("INFO") && text.trim_end().ends_with("prompt posted ask.id=12"),
            "{text}"
        );
    }

    #[test]
    fn an_object_for_machines() {
        let line: serde_json::Value = serde_json::from_str(logged(LogFormat::Json).trim_end()).unwrap();
        assert_eq!(
            (&line["level"], &line["message"], &line["ask.id"]),
            (&"INFO".into(), &"prompt posted".into(), &12.into())
        );
    }
}
