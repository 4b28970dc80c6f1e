//! Whoever called wants to know what went wrong, and `()` does not say.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8, ()> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<u8> {
        Ok(8)
    }
}

fn main() {}
