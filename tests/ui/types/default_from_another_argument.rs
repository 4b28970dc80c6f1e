//! The arguments of a call are read each for itself, and all that is wrong with them is reported at
//! once. A default that depends on another one is made in the method.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, count: u8, #[arg(default = count)] timeout: u8) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, count: u8, timeout: Option<u8>) -> Result<()> {
        let _ = (count, timeout);
        // mend: let _ = (count, timeout.unwrap_or(count));
        Ok(())
    }
}

fn main() {}
