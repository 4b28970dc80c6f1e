//! Which lock a method runs under is known when it is registered, so its task is of one type.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &impl AsRef<Task>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
