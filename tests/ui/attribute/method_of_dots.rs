//! Clients and proxies resolve these in a URL before it is sent, so that no such call would ever
//! arrive.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], method = "..")]
    // mend: #[passthru(methods = ["POST"], method = "send")]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
