//! What is in `driver_info` is JSON, of whatever type somebody wrote into it. `as_str` gives the
//! text if it is one; `to_string` gives JSON, with its quotes.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        let _address: String = task.node().driver_info["example_address"].clone();
        // mend: let address = task.node().driver_info.get("example_address");
        // mend: let _address = address.and_then(|address| address.as_str()).unwrap_or_default().to_owned();
        Ok(())
    }
}

fn main() {}
