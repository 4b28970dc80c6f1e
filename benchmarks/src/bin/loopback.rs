//! Prints what our router costs over loopback, against the same handler written by hand.

use std::process::ExitCode;

fn main() -> ExitCode {
    benchmarks::loopback::main()
}
