//! An `Attachment` has a content type of its own, and is sent as it is where the attribute says so.
//! Everything else is written as JSON.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    // mend: #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn log(&self, _task: &mut Task) -> Result<Attachment> {
        Ok(Vec::new().into())
    }
}

fn main() {}
