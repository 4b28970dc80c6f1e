//! What a task holds is read through its methods and is no field, so that nothing can be put in its
//! place.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task) -> &Context {
    task.context
    // mend: task.context()
}

fn main() {}
