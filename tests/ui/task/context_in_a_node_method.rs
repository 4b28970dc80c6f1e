//! A `#[passthru]` method acts on one node and is given the task that holds it; who is calling is
//! in `task.context()`. A method of the whole driver, which is given a `Context`, has
//! `#[driver_passthru]`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _context: &Context) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
