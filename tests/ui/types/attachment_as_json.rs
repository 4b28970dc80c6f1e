//! JSON is what a value is sent as without `attach`. With it the value is bytes, whatever is in
//! them.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    // mend: #[passthru(methods = ["GET"], async_call = false)]
    async fn log(&self, _task: &mut Task) -> Result<serde_json::Value> {
        Ok(serde_json::Value::Null)
    }
}

fn main() {}
