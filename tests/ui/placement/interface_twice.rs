//! An impl is registered under one name. Several drivers can share it, in one list; a second name
//! needs a second impl.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
// mend: #[vendor_interface(name = "example", drivers = ["example", "other"])]
#[vendor_interface(name = "other", drivers = ["other"])]
// mend:
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
