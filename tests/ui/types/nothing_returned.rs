//! A method that has nothing to tell still says that all went well.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        self.send();
    }
    // mend:     Ok(())
    // mend: }

    fn send(&self) {}
}

fn main() {}
