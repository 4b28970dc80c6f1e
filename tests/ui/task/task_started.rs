//! A validation starts nothing: it returns `Ok(())`, and then the conductor starts the method, with
//! a task under the method's own lock.

use vendor_passthru::prelude::*;

fn start(task: Task<Validating>) -> Result<Task> {
// mend: fn start(_task: &Task<Validating>) -> Result<()> {
    task.start()
    // mend: Ok(())
}

fn main() {}
