//! `new` names a function that makes the instance. It is looked up where the impl stands, and
//! `Self` is the type of the impl.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = Self::opne)]
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
