//! `async_trait` boxes futures for traits that were declared with it, and this one was not: its
//! hooks are plain `async fn`s.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

#[vendor_passthru::async_trait]
// mend:
impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
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
