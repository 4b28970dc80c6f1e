//! `Exclusive` is the name of a lock in a type such as `Task<Exclusive>` and has no values, so that
//! nobody can claim a lock that is not held. What shows that it is held is a `&Task`.

use vendor_passthru::prelude::*;

fn exclusive() -> Exclusive {
// mend: fn exclusive(task: &Task) -> &Task {
    Exclusive {}
    // mend: task
}

fn main() {}
