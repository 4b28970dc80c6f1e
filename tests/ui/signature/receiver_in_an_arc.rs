//! The library keeps the instance for as long as a call runs, so a method need only borrow it.
//! State that has to live longer is a field, in an `Arc` of its own.

use std::sync::Arc;
// mend:

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(self: Arc<Self>, _task: &mut Task) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
