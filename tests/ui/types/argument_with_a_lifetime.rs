//! The arguments are taken out of the request before the call waits for a lock or a worker, and the
//! request may be gone when the method runs. Any lifetime but `'static` would borrow from it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: std::borrow::Cow<'_, str>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
