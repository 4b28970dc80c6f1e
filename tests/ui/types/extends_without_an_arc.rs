//! The interface and what it inherits run at the same time, each call on its own: so they share
//! the instance, and an `Arc` is how two share something.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Base;

impl VendorInterface for Base {}

#[vendor_interface(name = "base", drivers = ["base"])]
impl Base {
    #[passthru(methods = ["POST"])]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

#[derive(Default)]
struct Vendor {
    base: Base,
    // mend: base: std::sync::Arc<Base>,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], extends = self.base)]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
