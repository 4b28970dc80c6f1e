use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    fn send_raw(&self, task: &mut Task) -> Result<()> {
        task.save().await
    }
}

fn main() {}
