//! Text read from a request lives no longer than that request, so nothing can borrow from it for
//! `'static`. The type owns its text.

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
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: RawBytes<'static>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: RawBytes) -> Result<()> {
        Ok(())
    }
}

fn main() {}
