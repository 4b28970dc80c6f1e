//! A macro works on tokens, before the compiler knows the value of any constant.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

const VERBS: [&str; 1] = ["POST"];
// mend:

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = VERBS)]
    // mend: #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
