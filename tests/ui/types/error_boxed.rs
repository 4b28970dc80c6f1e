//! A boxed error has lost its type, and nobody can tell which text in it a client may read.
//! `VendorPassthruException` has a message for the client, and keeps the error as its source.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8, Box<dyn std::error::Error>> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<u8, VendorPassthruException> {
        Ok(8)
    }
}

fn main() {}
