//! What a hook refuses is answered to the caller, with the error and its status.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, _call: &Call) -> bool {
    // mend: async fn validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
        true
        // mend: Ok(())
    }
}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
