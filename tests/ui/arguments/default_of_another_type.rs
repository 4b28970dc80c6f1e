//! The default stands in for an argument that is absent, so it has the argument's type. It is a
//! Rust expression, and no path in quotes as in serde's attributes.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default = "x")] _timeout: u32) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(default = 30)] _timeout: u32) -> Result<()> {
        Ok(())
    }
}

fn main() {}
