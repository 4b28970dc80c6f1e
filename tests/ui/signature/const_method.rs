//! `const` says that the compiler could run the method as well. A vendor method acts on a node or a
//! driver, and there is none while a program is compiled.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    const fn send_raw(&self, _task: &mut Task) -> Result<()> {
    // mend: fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
