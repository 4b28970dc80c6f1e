//! An `Option` does not say what went wrong, and an error does. `ok_or_else` makes one of the
//! other.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        let _ = task.node().vendor_interface.as_ref()?;
        // mend: let interface = task.node().vendor_interface.as_ref();
        // mend: let _ = interface.ok_or_else(|| VendorPassthruException::new("no interface"))?;
        Ok(())
    }
}

fn main() {}
