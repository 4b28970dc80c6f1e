//! A list is written item by item, so its type says what an item is.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<Vec> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<Vec<u8>> {
        Ok(Vec::new())
    }
}

fn main() {}
