//! Before the method is called, its arguments are read into types that have to be known. A client
//! sends JSON and chooses no type.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: impl Into<String>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
