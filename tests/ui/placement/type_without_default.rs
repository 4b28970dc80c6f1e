//! One instance of the type serves all calls, and the registry makes it: by `Default`, or by the
//! function that the key `new` names.

use vendor_passthru::prelude::*;

struct Vendor;
// mend: #[derive(Default)]
// mend: struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
