//! An `Option` may be absent by itself, and is `None` then. With a default it is a plain value,
//! since it is there always.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default = 30)] _timeout: Option<u32>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(default = 30)] _timeout: u32) -> Result<()> {
        Ok(())
    }
}

fn main() {}
