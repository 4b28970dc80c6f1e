//! A driver needs no crate for HTTP, so it says a status by its number.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        let refused = VendorPassthruException::new(format!("no answer from {}", task.node().driver));
        Err(refused.with_status(vendor_passthru::StatusCode::BAD_GATEWAY).into())
        // mend: Err(refused.with_status(502).into())
    }
}

fn main() {}
