//! serde reads arrays of up to 32 items. A list has no limit, and its length is checked where it is
//! read.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: [u8; 64]) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: Vec<u8>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
