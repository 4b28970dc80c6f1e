//! The task comes from the conductor, and all parameters after it from the request. A fixed place
//! keeps the two apart.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _raw_bytes: String, _task: &mut Task) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
