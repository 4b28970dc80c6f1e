//! A function for a task of any lock can be called with a shared one, so it cannot call what needs
//! the exclusive lock. One that takes `&Task` can.

use vendor_passthru::prelude::*;

fn flash_firmware(_task: &Task) {}

fn send_raw<L>(task: &Task<L>) {
// mend: fn send_raw(task: &Task) {
    flash_firmware(task);
}

fn main() {}
