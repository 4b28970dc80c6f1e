//! A parameter of this name gets the verb of the request. The type that has it is `HttpMethod`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, http_method: String) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, http_method: HttpMethod) -> Result<()> {
        let _ = http_method;
        Ok(())
    }
}

fn main() {}
