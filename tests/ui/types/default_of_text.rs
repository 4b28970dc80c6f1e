//! A `String` owns its text, and a literal is borrowed from the program. `default` takes any
//! expression, also one that converts.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default = "eth0")] _timeout: String) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(default = "eth0".into())] _timeout: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
