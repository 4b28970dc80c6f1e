//! `default` is the value itself and not, as in serde's attributes, the path of a function that
//! makes it.

use vendor_passthru::prelude::*;

fn timeout() -> u32 {
    30
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default = timeout)] _timeout: u32) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(default = timeout())] _timeout: u32) -> Result<()> {
        Ok(())
    }
}

fn main() {}
