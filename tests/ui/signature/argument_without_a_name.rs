//! An argument is read from the body by the parameter's name, without a leading `_`. Of `_` alone,
//! no name is left.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _: u8) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _count: u8) -> Result<()> {
        Ok(())
    }
}

fn main() {}
