//! Every parameter after the task is an argument anyway. The attribute changes something about it,
//! and a key says what.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg] _key: String) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _key: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
