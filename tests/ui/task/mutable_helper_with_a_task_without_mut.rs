//! The helper changes the node of the task, and a function that was given `&Task` can only read it.

use vendor_passthru::prelude::*;

fn rename(_task: &mut Task) {}

fn send_raw(task: &Task) {
// mend: fn send_raw(task: &mut Task) {
    rename(task);
}

fn main() {}
