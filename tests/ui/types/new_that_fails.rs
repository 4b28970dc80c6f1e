//! A registry is built when a conductor starts, and no driver shall keep it from that. What may
//! fail is done by the call that needs it, which answers with the error.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = Self::open)]
impl Vendor {
    fn open() -> Result<Self> {
    // mend: fn open() -> Self {
        Ok(Self)
        // mend: Self
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
