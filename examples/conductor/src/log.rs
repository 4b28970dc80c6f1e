//! The log: one line for every event, with the fields of the call it belongs to.
//! `RUST_LOG` chooses the events, as `level` or as `target=level` separated by commas.

use std::env::VarError;
use std::error::Error;
use std::io::{self, Write};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt};

use crate::options::LogFormat;

/// Logs from now on.
pub(crate) fn start(format: LogFormat) -> Result<(), Box<dyn Error>> {
    let lines = fmt::layer().with_writer(|| OneLine(io::stderr()));
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Text => lines.with_ansi(false).boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(wanted()?)).try_init()?;
    Ok(())
}

/// The events to log.
fn wanted() -> Result<Targets, String> {
    match std::env::var("RUST_LOG") {
        Ok(targets) => targets.parse().map_err(|error| format!("RUST_LOG={targets}: {error}")),
        Err(VarError::NotPresent) => Ok(Targets::new().with_default(LevelFilter::INFO)),
        Err(error) => Err(format!("RUST_LOG: {error}")),
    }
}

/// Keeps an event on one line, so that nothing a caller sends can look like a second one.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    /// An event comes whole, its end of line included.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let line = text.trim_end_matches('\n').replace('\n', "\\n").replace('\r', "\\r");
        self.0.write_all(format!("{line}\n").as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_with_newlines_in_it_is_one_line() {
        let mut log = OneLine(Vec::new());
        log.write_all(b"INFO refused: a\r\nINFO succeeded\n").unwrap();
        assert_eq!(log.0, b"INFO refused: a\\r\\nINFO succeeded\n");
    }
}
