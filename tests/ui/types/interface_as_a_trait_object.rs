//! The hooks are `async fn`s, which no trait object can have. A helper for several interfaces is
//! generic.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn properties(interface: Box<dyn VendorInterface>) -> Properties {
// mend: fn properties(interface: impl VendorInterface) -> Properties {
    interface.get_properties()
}

fn main() {}
