//! Every call can fail, so the `Result` is outermost. A value that may be absent is an `Option` in
//! it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Option<Result<u8>> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<Option<u8>> {
        Some(Ok(8))
        // mend: Ok(Some(8))
    }
}

fn main() {}
