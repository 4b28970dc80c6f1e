//! The log of a conductor at its default level, written to nowhere.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::Result;

/// Logs from now on, as the example conductor does.
pub(crate) fn start() -> Result<()> {
    let lines = fmt::layer().with_ansi(false).with_writer(io::sink);
    let wanted = Targets::new().with_default(LevelFilter::INFO);
    Ok(tracing_subscriber::registry().with(lines.with_filter(wanted)).try_init()?)
}
