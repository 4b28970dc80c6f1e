//! A method that takes the place of an inherited one says that it overrides it. Removed and
//! overridden at once would leave open whether there is one.

use std::sync::Arc;

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
    base: Arc<Base>,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], extends = self.base, removes = ["reset"])]
// mend: #[vendor_interface(name = "example", drivers = ["example"], extends = self.base)]
impl Vendor {
    #[passthru(methods = ["POST"])]
    // mend: #[passthru(methods = ["POST"], overrides)]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
