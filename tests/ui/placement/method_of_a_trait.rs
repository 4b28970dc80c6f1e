//! A vendor method is registered with the one type that has it. A trait has none, and its methods
//! reach a registry by being called.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

trait SendRaw {
    #[passthru(methods = ["POST"])]
    // mend:
    fn send_raw(&self, task: &mut Task) -> Result<()>;
}

impl SendRaw for Vendor {
    fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], method = "send_raw")]
    async fn send(&self, task: &mut Task) -> Result<()> {
        self.send_raw(task)
    }
}

fn main() {}
