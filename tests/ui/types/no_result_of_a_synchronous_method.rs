//! Every call can fail, so every method says so by its type. A value that may be absent is an
//! `Option` in it: `None` is answered as `null`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Option<u8> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<Option<u8>> {
        None
        // mend: Ok(None)
    }
}

fn main() {}
