//! JSON has no bytes, only lists of numbers and text. A type of one's own reads them from
//! hexadecimal or Base64 text.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: vendor_passthru::Bytes) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: Vec<u8>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
