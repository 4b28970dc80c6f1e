//! Each method is marked on its own, as each has its own HTTP methods and its own lock. The
//! attribute of the impl as a whole is `#[vendor_interface]`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[passthru(methods = ["POST"])]
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
    // mend: #[passthru(methods = ["POST"])]
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
