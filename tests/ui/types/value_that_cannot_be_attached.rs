//! What `attach = true` sends is bytes, with a content type. Without the key the value is answered
//! as JSON.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn log(&self, _task: &mut Task) -> Result<u8> {
    // mend: async fn log(&self, _task: &mut Task) -> Result<String> {
        Ok(8)
        // mend: Ok(String::from("8"))
    }
}

fn main() {}
