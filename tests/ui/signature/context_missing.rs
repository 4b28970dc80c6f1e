use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn version(&self) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
