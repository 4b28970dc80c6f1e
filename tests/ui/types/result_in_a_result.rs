//! A method fails once, and answers with that error. The inner one is passed on by `?`, which
//! leaves its value.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<Result<u8>> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<u8> {
        Ok(Ok(8))
        // mend: Ok(8)
    }
}

fn main() {}
