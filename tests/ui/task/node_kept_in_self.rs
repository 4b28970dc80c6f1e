use std::sync::Mutex;

use vendor_passthru::prelude::*;

struct Vendor {
    name: Mutex<Option<&'static str>>,
}

impl Vendor {
    async fn send_raw(&self, task: &mut Task) {
        *self.name.lock().unwrap() = task.node().name.as_deref();
    }
}

fn main() {}
