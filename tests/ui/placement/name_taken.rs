//! A request finds its method by name alone, whatever its HTTP method is. One method can accept
//! several HTTP methods, and tell them apart by a parameter `http_method: HttpMethod`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["GET"], method = "send_raw")]
    // mend: #[passthru(methods = ["GET"])]
    async fn send(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
