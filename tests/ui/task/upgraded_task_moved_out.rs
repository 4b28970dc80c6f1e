//! An upgraded task ends with its call, and a `Task` that was moved out of it could outlive that
//! call. It is used in place, by reference.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn send_raw(&self, task: &Task<Shared>) -> Result<()> {
        let upgraded = task.upgrade_lock().await?;
        let _task: Task = *upgraded;
        // mend: let _task: &Task = &upgraded;
        Ok(())
    }
}

fn main() {}
