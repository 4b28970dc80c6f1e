//! An error outlives the method that made it, so it owns its text.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        if task.node().driver_info.is_empty() {
            return Err(Error::MissingParameterValue("driver_info is empty"));
            // mend: return Err(Error::MissingParameterValue("driver_info is empty".to_owned()));
        }
        Ok(())
    }
}

fn main() {}
