//! The value of a synchronous method is written as JSON by serde.

use vendor_passthru::prelude::*;

struct Reading(u8);
// mend: #[derive(serde::Serialize)]
// mend: struct Reading(u8);

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<Reading> {
        Ok(Reading(8))
    }
}

fn main() {}
