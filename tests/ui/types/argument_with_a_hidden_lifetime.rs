//! The type borrows, which shows where it is declared and not here. An argument owns what it holds,
//! so the remedy is there: a `String` in place of the reference.

use vendor_passthru::prelude::*;

#[derive(serde::Deserialize)]
struct RawBytes<'a>(&'a str);
// mend: struct RawBytes(String);

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
