//! An impl of a trait has what the trait declares and nothing else. Helpers go beside the methods,
//! without an attribute.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
// mend: impl VendorInterface for Vendor {}
// mend: impl Vendor {
    fn address(&self) -> &str {
        "192.0.2.1"
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
