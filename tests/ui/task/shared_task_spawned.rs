use vendor_passthru::prelude::*;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send_raw(task: &Task<Shared>) {
    spawn(async move { task.upgrade_lock().await });
}

fn main() {}
