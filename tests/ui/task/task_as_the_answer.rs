use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn send_raw(&self, task: &Task<Shared>) -> Result<Task> {
        task.upgrade_lock().await
    }
}

fn main() {}
