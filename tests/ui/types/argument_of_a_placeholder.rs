//! The signature of a function is all that others know of it, so Rust infers no type in it. An
//! argument of any shape is a `serde_json::Value`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: _) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: serde_json::Value) -> Result<()> {
        Ok(())
    }
}

fn main() {}
