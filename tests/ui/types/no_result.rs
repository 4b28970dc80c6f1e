//! Every call can fail, so every method says so by its type. An asynchronous one has no value to
//! return, only `Ok(())`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> u8 {
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        8
        // mend: Ok(())
    }
}

fn main() {}
