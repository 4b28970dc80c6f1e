//! `new` is a path as in any other place: a function of the impl is found by `Self::`.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = open)]
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
