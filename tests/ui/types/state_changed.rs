//! One instance serves all calls, several at once, so methods have a shared reference to it. An
//! atomic or a `Mutex` can be changed through one.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor {
    calls: u32,
    // mend: calls: std::sync::atomic::AtomicU32,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        self.calls += 1;
        // mend: self.calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        task.save().await
    }
}

fn main() {}
