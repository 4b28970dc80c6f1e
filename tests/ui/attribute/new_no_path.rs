//! Generated code calls this function. It is written as Rust code, without the quotes that serde's
//! attributes have.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], new = "Vendor::new")]
// mend: #[vendor_interface(name = "example", drivers = ["example"], new = Vendor::new)]
impl Vendor {
    fn new() -> Self {
        Self
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
