//! The hooks belong to the type whose methods are called, so both impls are of one type.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

struct Settings;

impl VendorInterface for Settings {}
// mend: impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
