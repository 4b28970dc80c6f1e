use vendor_passthru::prelude::*;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send_raw(task: &mut Task) {
    spawn(async move { task.save().await });
}

fn main() {}
