//! The task is lent to the method for the length of the call, and `self` lives on after the lock is
//! released. Whatever needs the task is given it as an argument.

use std::sync::Mutex;

use vendor_passthru::prelude::*;

struct Vendor {
    task: Mutex<Option<&'static mut Task>>,
    // mend:
}

impl Vendor {
    async fn send_raw(&self, task: &mut Task) {
    // mend: async fn flash(&self, _task: &mut Task) {}
    // mend: async fn send_raw(&self, task: &mut Task) {
        *self.task.lock().unwrap() = Some(task);
        // mend: self.flash(task).await;
    }
}

fn main() {}
