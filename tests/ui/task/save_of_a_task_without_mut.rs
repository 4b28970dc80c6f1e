//! Storing the node needs the task for itself until it is done, so it takes `&mut Task`.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task) -> impl Future<Output = Result<()>> {
// mend: fn send_raw(task: &mut Task) -> impl Future<Output = Result<()>> {
    task.save()
}

fn main() {}
