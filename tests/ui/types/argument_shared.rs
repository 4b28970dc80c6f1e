//! serde shares nothing between the values that it reads, so it has no `Arc` by itself. The
//! argument belongs to the method, which can put it into one.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: std::sync::Arc<Vec<u8>>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: Vec<u8>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
