//! Every request has an HTTP method, so it is never absent.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, http_method: Option<HttpMethod>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, http_method: HttpMethod) -> Result<()> {
        let _ = http_method;
        Ok(())
    }
}

fn main() {}
