use std::sync::Mutex;

use vendor_passthru::Upgraded;
use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor {
    kept: Mutex<Option<Upgraded<'static>>>,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn send_raw(&self, task: &Task<Shared>) -> Result<()> {
        let upgraded = task.upgrade_lock().await?;
        *self.kept.lock().unwrap() = Some(upgraded);
        Ok(())
    }
}

fn main() {}
