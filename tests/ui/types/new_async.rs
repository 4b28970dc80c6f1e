//! A registry is built before anything runs, also outside of a runtime. What has to wait is done by
//! the first call that needs it, say in a `tokio::sync::OnceCell`.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = Self::open)]
impl Vendor {
    async fn open() -> Self {
    // mend: fn open() -> Self {
        Self
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
