//! As in Ironic, this name stands for the HTTP method of the request, and a body with such a key is
//! refused. A parameter `http_method: HttpMethod` gets it.

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
        #[arg(name = "http_method")] _verb: String,
        // mend: http_method: HttpMethod,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
