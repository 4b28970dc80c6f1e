//! A lock that was taken is held until the call ends, so there is no way back to a shared one. A
//! method that needs it for its last part only begins shared and upgrades when it comes to that
//! part.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.downgrade_lock();
    // mend:
}

fn main() {}
