use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw<T>(&self, _task: &mut Task, _raw_bytes: T) -> Result<()> {
        Ok(())
    }
}

fn main() {}
