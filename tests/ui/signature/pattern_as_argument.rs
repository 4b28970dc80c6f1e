//! An argument is read from the body by the parameter's name, and a pattern has none. The value can
//! be taken apart in the method's first line.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, (_a, _b): (u8, u8)) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, pair: (u8, u8)) -> Result<()> {
    // mend:     let (_a, _b) = pair;
        Ok(())
    }
}

fn main() {}
