//! The attributes of methods are macros like any other, so they are imported too. The prelude has
//! all that a driver needs.

use vendor_passthru::{vendor_interface, Result, Task, VendorInterface};
// mend: use vendor_passthru::{passthru, vendor_interface, Result, Task, VendorInterface};

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

fn main() {}
