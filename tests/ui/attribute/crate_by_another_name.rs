//! Other macros of this kind write `crate_path`, or `crate` as well. Here it is the word of the
//! language.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], crate_path = ::vendor_passthru)]
// mend: #[vendor_interface(name = "example", drivers = ["example"], crate = ::vendor_passthru)]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
