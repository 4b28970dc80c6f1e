//! Ironic's `VendorInterface` is a trait here: it says what of a node the interface reads, and
//! checks calls before they run. All of it has a default, so an empty impl is enough.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;
// mend: struct Vendor;
// mend: impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
