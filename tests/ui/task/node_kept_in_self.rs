//! The node is lent to the method for the length of the call, and `self` lives on. Keep a copy of
//! what is needed later.

use std::sync::Mutex;

use vendor_passthru::prelude::*;

struct Vendor {
    name: Mutex<Option<&'static str>>,
    // mend: name: Mutex<Option<String>>,
}

impl Vendor {
    async fn send_raw(&self, task: &mut Task) {
        *self.name.lock().unwrap() = task.node().name.as_deref();
        // mend: *self.name.lock().unwrap() = task.node().name.clone();
    }
}

fn main() {}
