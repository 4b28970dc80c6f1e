//! `#[vendor_interface]` runs before the compiler resolves a `cfg_attr` inside of the impl, so it
//! cannot tell whether the attribute is there. A `#[cfg]` it copies to the code that it generates.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[cfg_attr(unix, passthru(methods = ["POST"]))]
    // mend: #[cfg(unix)]
    // mend: #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
