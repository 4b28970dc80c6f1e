//! How much two threads get done against one, and how long a node takes to change hands.
//!
//! ```text
//! cargo bench -p vendor-passthru-cost --bench throughput
//! ```
//!
//! Prints figures and judges none: they are times, and depend on what else the machine does. So all
//! that is compared runs in turn, round after round, beside what can be reached at that moment.

#![expect(clippy::cast_precision_loss, reason = "three digits of a figure are printed")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its figures are for people")]

#[path = "../counted/hot_node.rs"]
mod hot_node;

mod handover;
mod threads;

use std::error::Error;
use std::process::ExitCode;

type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    match threads::print().and_then(|()| handover::print()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// The one in the middle.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
