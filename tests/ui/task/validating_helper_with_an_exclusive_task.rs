//! `Task<Validating>` is what a validation is given, and the task of a method is another type. A
//! helper of both takes a task of any lock.

use vendor_passthru::prelude::*;

fn check(_task: &Task<Validating>) {}
// mend: fn check<L>(_task: &Task<L>) {}

fn send_raw(task: &mut Task) {
    check(task);
}

fn main() {}
