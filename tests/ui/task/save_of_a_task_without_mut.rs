use vendor_passthru::prelude::*;

fn send_raw(task: &Task) -> impl Future<Output = Result<()>> {
    task.save()
}

fn main() {}
