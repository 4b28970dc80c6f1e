//! The program under load and among bad clients. Not part of the plain tests, for it wants the
//! machine for itself for a minute:
//!
//! ```text
//! cargo test --release -p conductor --features stress --test stress -- --nocapture
//! ```
//!
//! Every test has a program of its own, and they run one after another: two at once would measure
//! each other. Each prints its figures in one line.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail so, and its figures are for people"
)]

mod client;
mod conductor;
mod connections;
mod many_nodes;
mod one_node;
mod pool;
mod probe;
#[expect(dead_code, reason = "the tests of the program need more of it")]
#[path = "../support/mod.rs"]
mod support;

use std::sync::{Mutex, PoisonError};

use tokio::runtime::Builder;

/// Runs a test while no other one does.
fn alone(test: impl Future<Output = ()>) {
    static TURN: Mutex<()> = Mutex::new(());
    // A test that failed says nothing about the next one.
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}
