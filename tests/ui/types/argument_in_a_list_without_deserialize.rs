//! A list can be read if its items can. The derive goes on the item's type.

use vendor_passthru::prelude::*;

struct RawBytes(Vec<u8>);
// mend: #[derive(serde::Deserialize)]
// mend: struct RawBytes(Vec<u8>);

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: Vec<RawBytes>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
