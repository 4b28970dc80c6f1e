//! One hook checks the calls of all methods, so it has no arguments of one of them. Most of them
//! need no check but their type's: one that can be read from what is valid alone.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, _call: &Call, _raw: String) -> Result<()> {
    // mend: async fn validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
        Ok(())
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
