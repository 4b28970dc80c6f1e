//! What vendor methods cost whoever builds a driver, beside the same methods published by hand.
//!
//! ```text
//! cargo bench --profile dev -p vendor-passthru-tests --bench compile_cost
//! cargo bench --profile dev -p vendor-passthru-tests --bench compile_cost -- --size
//! cargo bench --profile dev -p vendor-passthru-tests --bench compile_cost -- --clean
//! ```
//!
//! The first edits and builds drivers of many methods, and fails if a method makes the program larger
//! than it may; times are printed beside their goal. The second finds the size alone.
//! The third checks a driver of one method and an axum hello world with all their dependencies, and
//! only prints what it finds; it may have to fetch what axum depends on. `--profile dev` only saves
//! an optimized build of what is not measured.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its figures are for people")]

mod annotated;
mod by_hand;
mod check;
mod clean;
mod cpu;
mod generated;
mod release;
mod report;
mod workspace;

use std::error::Error;
use std::process::ExitCode;

use crate::generated::Kind;

type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    // cargo's own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => check::measured().and_then(|()| release::measured()),
        ["--size"] => release::sized(),
        ["--clean"] => clean::measured(),
        _ => Err("there are `--size` and `--clean`, and nothing else".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
