//! The names are those in the URL, which are texts.

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

#[vendor_interface(name = "example", drivers = ["example"], extends = self.base, removes = [reset])]
// mend: #[vendor_interface(name = "example", drivers = ["example"], extends = self.base, removes = ["reset"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
