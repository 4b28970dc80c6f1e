//! The types of a signature are looked up where the method is written, like those of any function.
//! The prelude has all that a driver needs.

use vendor_passthru::{passthru, vendor_interface, Result, VendorInterface};
// mend: use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8> {
        Ok(8)
    }
}

fn main() {}
