//! A default stands in for a value that is absent, and cannot answer the call with an error. What
//! may fail is done in the method.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default = "30".parse::<u32>()?)] _timeout: u32) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(default = 30)] _timeout: u32) -> Result<()> {
        Ok(())
    }
}

fn main() {}
