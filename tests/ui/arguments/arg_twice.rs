//! All keys of an argument stand in one attribute, so that they are seen together and none is given
//! twice.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _task: &mut Task,
        #[arg(default)]
        // mend: #[arg(default, secret)]
        #[arg(secret)]
        // mend:
        _key: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
