//! Where its condition is false, this attribute is not there, and its methods stand in an impl like
//! any other. A `#[cfg(..)]` takes the whole impl away.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[cfg_attr(unix, cfg_attr(windows, vendor_interface(name = "example", drivers = ["example"])))]
// mend: #[cfg(all(unix, windows))]
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
