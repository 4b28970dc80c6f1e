//! `Task<Validating>` is what a validation is given, and a validation only checks. What needs the
//! exclusive lock is called by the method itself, with the task that the method is given.

use vendor_passthru::prelude::*;

fn flash_firmware(_task: &Task) {}

fn send_raw(task: &Task<Validating>) {
// mend: fn send_raw(task: &Task) {
    flash_firmware(task);
}

fn main() {}
