//! What is extended is a vendor interface: a type with an impl under `#[vendor_interface]`.

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
    base: Arc<String>,
    // mend: base: Arc<Base>,
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
