//! An asynchronous call is answered first and runs later, so nothing can be borrowed from its
//! request. JSON has no bytes either: a `Vec<u8>` is read from an array of numbers.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: &[u8]) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: Vec<u8>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
