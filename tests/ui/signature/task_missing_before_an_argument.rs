//! A node method acts on a node, and the task is that node, held for the call. Only the parameters
//! after it are read from the request.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _raw_bytes: String) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
