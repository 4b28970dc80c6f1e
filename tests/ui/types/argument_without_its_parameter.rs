//! A list is read item by item, so its type says what an item is.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: Vec) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: Vec<u8>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
