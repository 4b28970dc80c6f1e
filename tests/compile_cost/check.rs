//! What methods cost to check: each edit of a driver, in an editor or a terminal.

use crate::Kind::{Annotated, ByHand};
use crate::generated::Crate;
use crate::report::goal;
use crate::workspace::Workspace;
use crate::{Failure, cpu};

const CRATES: [Crate; 5] = [
    Crate { kind: ByHand, methods: 20 },
    Crate { kind: ByHand, methods: 120 },
    Crate { kind: Annotated, methods: 20 },
    Crate { kind: Annotated, methods: 120 },
    Crate { kind: Annotated, methods: 520 },
];

const ROUNDS: u32 = 10;

/// Seconds for 100 more methods, which say nothing on another machine.
const GOAL: f64 = 0.45;

/// The same as a part of what 100 by hand cost.
const GOAL_OF_BY_HAND: f64 = 1.2;

/// How much dearer one of 500 more methods is than one of 100. Linear growth is 1, and runs found
/// 1.0 to 1.2; with the glue of all methods in one constant, which the compiler's work outgrows,
/// 1.5.
const GOAL_OF_GROWTH: f64 = 1.3;

pub(crate) fn measured() -> Result<(), Failure> {
    let workspace = Workspace::of("check", &CRATES, &[])?;
    workspace.cargo(&["check", "--offline", "--workspace", "--lib"])?;
    let seconds = cpu::least(ROUNDS, CRATES, |generated| {
        workspace.edit(generated)?;
        workspace.again(&["check", "--lib"], generated)
    })?;
    let [few_by_hand, many_by_hand, few, many, most] = seconds;
    let (by_hand, annotated) = (many_by_hand - few_by_hand, many - few);
    println!("`cargo check`, CPU time, the least of {ROUNDS} rounds");
    goal("100 more methods, seconds", annotated, GOAL);
    println!("  {:<44}{by_hand:>10.2}", "the same by hand");
    goal("the first as a part of the second", annotated / by_hand, GOAL_OF_BY_HAND);
    let growth = (most - few) / 5.0 / annotated;
    goal("one of 500 more, as a part of one of 100", growth, GOAL_OF_GROWTH);
    Ok(())
}
