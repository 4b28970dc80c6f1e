//! An imported name hides the one of the prelude, and this `Result` has the error of `std::io` in
//! it.

use vendor_passthru::prelude::*;

use std::io::Result;
// mend:

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
