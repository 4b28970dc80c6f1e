//! These characters stand in any URL as they are (RFC 3986, section 2.3). Others have to be
//! encoded, which clients do in different ways: a space becomes `%20` or `+`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], method = "Bad Name!")]
    // mend: #[passthru(methods = ["POST"], method = "Bad-Name")]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
