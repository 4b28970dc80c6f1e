//! A bare `default` stands for the type's own `Default`. A type that has none derives it, or the
//! attribute says the value: `default = RawBytes(vec![0x20])`.

use vendor_passthru::prelude::*;

#[derive(serde::Deserialize)]
// mend: #[derive(Default, serde::Deserialize)]
struct RawBytes(Vec<u8>);

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default)] _raw_bytes: RawBytes) -> Result<()> {
        Ok(())
    }
}

fn main() {}
