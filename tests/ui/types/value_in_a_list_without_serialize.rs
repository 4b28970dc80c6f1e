//! A list can be written if its items can. The derive goes on the item's type.

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
    async fn read(&self, _task: &mut Task) -> Result<Vec<Reading>> {
        Ok(vec![Reading(8)])
    }
}

fn main() {}
