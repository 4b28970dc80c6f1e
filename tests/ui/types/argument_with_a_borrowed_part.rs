//! The arguments are taken out of the request before the call waits for a lock or a worker, and the
//! request may be gone when the method runs. A reference inside another type borrows from it too.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: Option<&str>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: Option<String>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
