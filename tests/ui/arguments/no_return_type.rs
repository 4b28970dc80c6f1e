//! A BMC can always fail, and a failure is never silent: it answers the call, or it is recorded on
//! the node. A method without a `Result` could not report one.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) {
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        drop(self);
        // mend: Ok(())
    }
}

fn main() {}
