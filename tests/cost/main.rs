//! What a call costs through the dispatcher: instructions and allocations, counted by valgrind, so
//! that they do not depend on what else the machine does.
//!
//! ```text
//! cargo bench -p vendor-passthru-tests --bench cost
//! ```
//!
//! Prints a table and fails if a bound is passed. Each figure is that of one call: what a thousand
//! calls more cost a process, by a thousand.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its figures are for people")]

mod calls;
mod counted;

use std::error::Error;
use std::process::ExitCode;

use crate::calls::Kind;
use crate::counted::Cost;

type Failure = Box<dyn Error>;

/// A kind of call, and what it may cost at most: what runs found, and a tenth more instructions.
struct Bound {
    kind: Kind,
    instructions: u64,
    allocations: u64,
}

const BOUNDS: [Bound; 4] = [
    Bound { kind: Kind::Shared, instructions: 19_000, allocations: 13 },
    Bound { kind: Kind::Exclusive, instructions: 27_500, allocations: 24 },
    Bound { kind: Kind::Driver, instructions: 15_500, allocations: 12 },
    Bound { kind: Kind::Asynchronous, instructions: 27_000, allocations: 22 },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let done = match arguments.as_slice() {
        [_, kind, times] => calls::make(kind, times),
        _ => judged(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn judged() -> Result<(), Failure> {
    println!("call          instructions  at most  allocations  at most");
    let mut passed = Vec::new();
    for Bound { kind, instructions, allocations } in BOUNDS {
        let (cost, name) = (Cost::of(kind)?, kind.name());
        println!(
            "{name:<14}{:>12}{instructions:>9}{:>13}{allocations:>9}",
            cost.instructions, cost.allocations
        );
        if cost.instructions > instructions || cost.allocations > allocations {
            passed.push(name);
        }
    }
    if passed.is_empty() {
        return Ok(());
    }
    Err(format!("a bound is passed: {}", passed.join(", ")).into())
}
