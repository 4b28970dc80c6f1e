//! The names of the hooks are those of the trait.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    async fn validates(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
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
