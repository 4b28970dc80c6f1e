//! The function is called when a registry is built. Here it is only named.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = Self::open())]
// mend: #[vendor_interface(name = "example", drivers = ["example"], new = Self::open)]
impl Vendor {
    fn open() -> Self {
        Self
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
