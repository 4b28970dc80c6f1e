//! An upgraded task is as long-lived as the task of the call, and `self` lives on after its lock is
//! released. Keep a copy of what is needed later.

use std::sync::Mutex;

use vendor_passthru::Upgraded;
use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor {
    kept: Mutex<Option<Upgraded<'static>>>,
    // mend: kept: Mutex<Option<vendor_passthru::Uuid>>,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn send_raw(&self, task: &Task<Shared>) -> Result<()> {
        let upgraded = task.upgrade_lock().await?;
        *self.kept.lock().unwrap() = Some(upgraded);
        // mend: *self.kept.lock().unwrap() = Some(upgraded.node().uuid());
        Ok(())
    }
}

fn main() {}
