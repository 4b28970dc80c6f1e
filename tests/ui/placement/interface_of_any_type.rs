//! One instance is made and kept, of a type whose size is known. A trait object is made of one that
//! somebody else has chosen.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

trait Send {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl dyn Send {
// mend: impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
