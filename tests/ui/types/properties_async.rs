//! The properties are asked for when a registry is built, where nothing waits. They are the same
//! for all nodes, so there is nothing to wait for.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    async fn get_properties(&self) -> Properties {
    // mend: fn get_properties(&self) -> Properties {
        Properties::new()
    }
}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
