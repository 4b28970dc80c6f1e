//! Clients write this name in the body, and messages quote it. Without the key, the parameter's own
//! name is taken, without a leading `_`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(name = "")] _data: String) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _data: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
