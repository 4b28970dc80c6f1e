//! A method has one task or one context, and it comes right after `&self`. A driver method is
//! called without a node, so it has no task.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["POST"])]
    async fn send_raw(&self, _context: &Context, _task: &mut Task) -> Result<()> {
    // mend: async fn send_raw(&self, _context: &Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
