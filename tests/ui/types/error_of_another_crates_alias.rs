//! An alias of another crate has that crate's error in it, which says nothing of a status or of
//! what a client may read. `VendorPassthruException` keeps it as its source.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> std::io::Result<u8> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<u8> {
        Ok(8)
    }
}

fn main() {}
