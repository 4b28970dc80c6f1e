//! What is in `driver_info` is JSON. `into` makes JSON of text, numbers and lists.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        task.node_mut().driver_info["example_address"] = "192.0.2.1";
        // mend: task.node_mut().driver_info["example_address"] = "192.0.2.1".into();
        task.save().await
    }
}

fn main() {}
