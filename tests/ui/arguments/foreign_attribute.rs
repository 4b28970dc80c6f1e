//! serde's attributes belong to a type and its fields. A parameter is neither, and what can be said
//! of it is said by attributes of its own.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[serde(default)] _timeout: u32) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(default)] _timeout: u32) -> Result<()> {
        Ok(())
    }
}

fn main() {}
