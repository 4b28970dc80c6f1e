//! The task is only lent to the method. Its lock is released when the call ends, however it ends,
//! so there is nothing to drop.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    drop(*task);
    // mend:
}

fn main() {}
