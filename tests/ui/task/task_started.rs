use vendor_passthru::prelude::*;

fn start(task: Task<Validating>) -> Result<Task> {
    task.start()
}

fn main() {}
