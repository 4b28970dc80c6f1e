//! Every name in the generated code begins with this path. It is written as Rust code, without the
//! quotes that serde's attributes have.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], crate = "vendor_passthru")]
// mend: #[vendor_interface(name = "example", drivers = ["example"], crate = ::vendor_passthru)]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
