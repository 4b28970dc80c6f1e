//! An HTTP method is a promise to clients: a `GET` changes nothing and can be repeated, a `POST`
//! can do anything (RFC 9110, section 9.2). Only the author knows which one holds, so there is no
//! default.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(async_call = false)]
    // mend: #[passthru(methods = ["POST"], async_call = false)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
