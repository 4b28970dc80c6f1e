//! What methods cost a release: the time to build it, and its size.

use std::fs;
use std::process::Command;

use crate::Kind::{Annotated, ByHand};
use crate::generated::Crate;
use crate::report::{at_most, goal};
use crate::workspace::Workspace;
use crate::{Failure, cpu};

const CRATES: [Crate; 4] = [
    Crate { kind: ByHand, methods: 20 },
    Crate { kind: ByHand, methods: 120 },
    Crate { kind: Annotated, methods: 20 },
    Crate { kind: Annotated, methods: 120 },
];

const ROUNDS: u32 = 2;

/// Seconds for 100 more methods, which say nothing on another machine.
const GOAL_SECONDS: f64 = 2.6;

/// The same on every machine, but not with every compiler: with Rust 1.95 it is 2,030.
const MOST_BYTES: f64 = 2_200.0;

/// The time, and then the size.
pub(crate) fn measured() -> Result<(), Failure> {
    let workspace = built()?;
    let seconds = cpu::least(ROUNDS, CRATES, |generated| {
        workspace.edit(generated)?;
        workspace.again(&["build", "--release"], generated)
    })?;
    println!("\n`cargo build --release`, CPU time, the least of {ROUNDS} rounds");
    let [by_hand, annotated] = more(seconds);
    goal("100 more methods, seconds", annotated, GOAL_SECONDS);
    println!("  {:<44}{:>10.2}", "the same by hand", by_hand);
    sizes(&workspace)
}

/// The size alone.
pub(crate) fn sized() -> Result<(), Failure> {
    sizes(&built()?)
}

fn built() -> Result<Workspace, Failure> {
    let workspace = Workspace::of("release", &CRATES, &[])?;
    workspace.cargo(&["build", "--offline", "--release", "--workspace"])?;
    Ok(workspace)
}

fn sizes(workspace: &Workspace) -> Result<(), Failure> {
    let mut bytes = [0; CRATES.len()];
    for (generated, bytes) in CRATES.into_iter().zip(&mut bytes) {
        *bytes = size(workspace, generated)?;
    }
    println!("\nstripped bytes of its program");
    let [by_hand, annotated] = more(bytes.map(f64::from)).map(|bytes| bytes / 100.0);
    println!("  {:<44}{:>10.0}", "the same by hand", by_hand);
    at_most("one more method", annotated, MOST_BYTES)
}

/// What 100 more methods make of the figures of `CRATES`.
fn more([few_by_hand, many_by_hand, few, many]: [f64; CRATES.len()]) -> [f64; 2] {
    [many_by_hand - few_by_hand, many - few]
}

/// The size of a program that can call its last method.
fn size(workspace: &Workspace, generated: Crate) -> Result<u32, Failure> {
    let program = workspace.path(&format!("target/release/{generated}"));
    let last = format!("method_{}", generated.methods - 1);
    let output =
        Command::new(&program).args([&last, r#"{"name": "four", "count": 4}"#]).output()?;
    if output.stdout != b"{\"ok\":true}\n" {
        return Err(format!("{generated} answers {output:?}").into());
    }
    Ok(u32::try_from(fs::metadata(program)?.len())?)
}
