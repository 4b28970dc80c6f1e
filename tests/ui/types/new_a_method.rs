//! `new` makes the instance, so there is none yet that it could be called on.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = Self::open)]
impl Vendor {
    fn open(&self) -> Self {
    // mend: fn open() -> Self {
        Self
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
