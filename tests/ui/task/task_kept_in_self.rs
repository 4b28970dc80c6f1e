use std::sync::Mutex;

use vendor_passthru::prelude::*;

struct Vendor {
    task: Mutex<Option<&'static mut Task>>,
}

impl Vendor {
    async fn send_raw(&self, task: &mut Task) {
        *self.task.lock().unwrap() = Some(task);
    }
}

fn main() {}
