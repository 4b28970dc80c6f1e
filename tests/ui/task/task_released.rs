//! The lock is released when the call ends, however it ends. A method cannot release it, so none
//! works on without it by mistake.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.release();
    // mend:
}

fn main() {}
