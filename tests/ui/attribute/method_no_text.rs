//! The public name is part of a URL and no Rust item. As text, it can hold what no Rust name can,
//! such as `-`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], method = send)]
    // mend: #[passthru(methods = ["POST"], method = "send")]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
