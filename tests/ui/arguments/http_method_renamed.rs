//! The HTTP method is not in the body, so there is no key there to give another name to.

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
        #[arg(name = "verb")] http_method: HttpMethod,
        // mend: http_method: HttpMethod,
    ) -> Result<()> {
        let _ = http_method;
        Ok(())
    }
}

fn main() {}
