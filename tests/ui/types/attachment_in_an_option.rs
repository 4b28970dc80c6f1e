//! The client asked for a file, and nothing is no file. An empty one is, and so is an error.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn read(&self, _task: &mut Task) -> Result<Option<Vec<u8>>> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<Vec<u8>> {
        Ok(None)
        // mend: Ok(Vec::new())
    }
}

fn main() {}
