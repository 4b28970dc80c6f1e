//! A driver of its own, in a crate of its own.

use vendor_passthru::prelude::*;

/// Vendor methods of the `my` driver.
#[derive(Default)]
pub struct MyVendor;

impl VendorInterface for MyVendor {}

#[vendor_interface(name = "my", drivers = ["my"])]
impl MyVendor {
    /// Blink the light of a disk.
    #[passthru(methods = ["POST"])]
    async fn blink(&self, task: &mut Task, slot: u8, #[arg(default = 10)] seconds: u16) -> Result<()> {
        let Some(address) = task.node().driver_info.get("my_address") else {
            return Err(Error::MissingParameterValue("driver_info lacks my_address".into()));
        };
        println!("{address}: slot {slot} blinks for {seconds} s"); // the BMC is asked here
        Ok(())
    }

    /// Versions of the firmware that the driver knows.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn versions(&self, _context: &Context) -> Result<Vec<&'static str>> {
        Ok(vec!["1.0", "1.1"])
    }
}
