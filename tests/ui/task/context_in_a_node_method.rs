use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _context: &Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
