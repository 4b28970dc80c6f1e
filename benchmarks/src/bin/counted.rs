//! Prints what one call costs each peer: instructions and allocations.

use std::process::ExitCode;

fn main() -> ExitCode {
    benchmarks::counted::main()
}
