use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

const VERBS: [&str; 1] = ["POST"];

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = VERBS)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
