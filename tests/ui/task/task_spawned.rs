//! The task is lent to the method for the length of the call, and what is spawned may outlive it.
//! An asynchronous call runs in the background already, so the method can wait by itself.

use vendor_passthru::prelude::*;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send_raw(task: &mut Task) {
// mend: async fn send_raw(task: &mut Task) -> Result<()> {
    spawn(async move { task.save().await });
    // mend: task.save().await
}

fn main() {}
