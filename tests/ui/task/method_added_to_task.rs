//! Rust lets only the crate that defines a type add methods to it. A driver gives `Task` methods by
//! a trait of its own.

use vendor_passthru::prelude::*;

impl Task {
// mend: trait Release {
// mend:     fn release(self);
// mend: }
// mend: impl Release for Task {
    fn release(self) {}
}

fn main() {}
