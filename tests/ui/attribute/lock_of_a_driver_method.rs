//! Locks belong to nodes. A driver method is called under `/v1/drivers/`, where no node is named,
//! and gets a context in place of a task.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["GET"], async_call = false, require_exclusive_lock = true)]
    // mend: #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn version(&self, _context: &Context) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
