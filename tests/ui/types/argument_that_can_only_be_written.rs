//! `Serialize` writes a type as JSON and `Deserialize` reads it. An argument is read.

use vendor_passthru::prelude::*;

#[derive(serde::Serialize)]
// mend: #[derive(serde::Deserialize)]
struct RawBytes(Vec<u8>);

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: RawBytes) -> Result<()> {
        Ok(())
    }
}

fn main() {}
