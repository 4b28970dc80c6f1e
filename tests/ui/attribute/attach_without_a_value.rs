use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false, attach)]
    async fn send_raw(&self, _task: &mut Task) -> Result<String> {
        Ok(String::new())
    }
}

fn main() {}
