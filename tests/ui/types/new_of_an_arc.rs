//! The registry shares the instance by itself, so `new` makes it alone.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = Self::open)]
impl Vendor {
    fn open() -> std::sync::Arc<Self> {
    // mend: fn open() -> Self {
        std::sync::Arc::new(Self)
        // mend: Self
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
