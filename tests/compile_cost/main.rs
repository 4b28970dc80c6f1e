//! What vendor methods cost whoever builds a driver: the CPU time of `cargo check`, against the
//! same functions without attributes and against derived structs of their arguments.
//!
//! ```text
//! cargo bench --profile dev -p vendor-passthru-tests --bench compile_cost
//! ```
//!
//! Prints a table and fails if one of the bounds below is broken. `--profile dev` only saves an
//! optimized build of what is not measured.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its figures are for people")]

mod cpu;
mod generated;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use crate::Kind::{Annotated, Derived, Plain};
use crate::generated::{Crate, Kind, Workspace};

type Failure = Box<dyn Error>;

const CRATES: [Crate; 7] = [
    Crate { kind: Plain, methods: 100 },
    Crate { kind: Annotated, methods: 100 },
    Crate { kind: Derived, methods: 100 },
    Crate { kind: Plain, methods: 250 },
    Crate { kind: Annotated, methods: 250 },
    Crate { kind: Plain, methods: 500 },
    Crate { kind: Annotated, methods: 500 },
];

/// The least of so many is taken: what else the machine does only ever makes it dearer.
const ROUNDS: usize = 10;

/// What 100 methods may cost more than 100 plain functions: the promise itself.
const MOST_SECONDS: f64 = 0.5;

/// The same as a part of what 100 derived structs cost, which says more where machines differ: runs
/// on two shared cores, busy with other work, found 0.20.
const MOST_OF_DERIVED: f64 = 0.35;

/// How much dearer one method may be among 500 than among 100. Linear growth is 1, and runs found
/// 1.05; with the glue of all methods in one constant, which the compiler's work outgrows, 1.5.
const MOST_GROWTH: f64 = 1.3;

fn main() -> ExitCode {
    match measured().and_then(|costs| judged(&costs)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// The CPU time that checking each crate takes at least.
struct Costs([Duration; CRATES.len()]);

impl Costs {
    fn seconds(&self, kind: Kind, methods: u32) -> f64 {
        let mut costs = CRATES.into_iter().zip(self.0);
        let found = costs.find(|(generated, _)| *generated == Crate { kind, methods });
        found.map_or(f64::NAN, |(_, cost)| cost.as_secs_f64())
    }

    fn more_than_plain(&self, kind: Kind, methods: u32) -> f64 {
        self.seconds(kind, methods) - self.seconds(Plain, methods)
    }

    fn per_method(&self, methods: u32) -> f64 {
        self.more_than_plain(Annotated, methods) / f64::from(methods)
    }
}

/// Crate after crate in every round, so that a busy minute of the machine falls on all of them.
fn measured() -> Result<Costs, Failure> {
    let workspace = Workspace::of(&CRATES)?;
    let mut least = [Duration::MAX; CRATES.len()];
    for _ in 0..ROUNDS {
        for (generated, least) in CRATES.into_iter().zip(&mut least) {
            workspace.write_source(generated)?;
            *least = cpu::of_children(|| workspace.check_again(generated))?.min(*least);
        }
    }
    Ok(Costs(least))
}

fn judged(costs: &Costs) -> Result<(), Failure> {
    println!("CPU time of `cargo check`, the least of {ROUNDS} rounds, in seconds:\n");
    println!("{:<10} {:>7} {:>8} {:>16}", "crate", "methods", "seconds", "more than plain");
    for Crate { kind, methods } in CRATES {
        let (seconds, more) = (costs.seconds(kind, methods), costs.more_than_plain(kind, methods));
        println!("{kind:<10} {methods:>7} {seconds:>8.2} {more:>16.2}");
    }
    println!();
    let more = costs.more_than_plain(Annotated, 100);
    let of_derived = more / costs.more_than_plain(Derived, 100);
    let growth = costs.per_method(500) / costs.per_method(100);
    let broken: Vec<&str> = [
        at_most("100 methods, in seconds more than plain functions", more, MOST_SECONDS),
        at_most("the same as a part of 100 derived structs", of_derived, MOST_OF_DERIVED),
        at_most("one method among 500, as a part of one among 100", growth, MOST_GROWTH),
    ]
    .into_iter()
    .filter_map(Result::err)
    .collect();
    if broken.is_empty() { Ok(()) } else { Err(format!("too much: {}", broken.join("; ")).into()) }
}

/// Prints a figure beside its bound.
fn at_most(what: &str, figure: f64, bound: f64) -> Result<(), &str> {
    println!("{what}: {figure:.2} (at most {bound})");
    // No number keeps no bound.
    if figure <= bound { Ok(()) } else { Err(what) }
}
