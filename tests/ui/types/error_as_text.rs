//! An error carries its status, and says what the client may read. A text alone says neither, and
//! it may hold what only the log should.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8, String> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<u8, VendorPassthruException> {
        Ok(8)
    }
}

fn main() {}
