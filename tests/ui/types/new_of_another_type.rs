//! The instance that `new` makes is the one whose methods are called, so it is of the type of the
//! impl.

use vendor_passthru::prelude::*;

struct Settings;

struct Vendor(Settings);

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = Self::open)]
impl Vendor {
    fn open() -> Settings {
    // mend: fn open() -> Self {
        Settings
        // mend: Self(Settings)
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
