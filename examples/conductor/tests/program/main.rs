//! The program as its users meet it: its port, its output, its signals and its exit code.
//! Every wait is for something that the program says or does.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod killed;
mod pages;
mod start;
mod stop;
#[expect(dead_code, reason = "the tests on simulators need more of it")]
#[path = "../support/mod.rs"]
mod support;

/// Two of the demo nodes.
const EXAMPLE: &str = "1be26c0b-03f2-4d2e-ae87-c02d7f33c123";
const FAKE: &str = "7e0d3c5e-54b1-4d8c-9a53-6c6f0f3f9a01";
