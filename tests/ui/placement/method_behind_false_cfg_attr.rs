//! The compiler resolves a `cfg_attr` only after `#[vendor_interface]` has run, whether the
//! condition holds or not. A `#[cfg]` is understood, and takes the whole method away where it is
//! false.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[cfg_attr(not(unix), inline, passthru(methods = ["POST"]))]
    // mend: #[cfg(not(unix))]
    // mend: #[inline]
    // mend: #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
