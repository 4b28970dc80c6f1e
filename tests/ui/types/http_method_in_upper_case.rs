//! In an attribute HTTP methods stand as in a request. In Rust they are the variants of an enum,
//! which are written in its way.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task, http_method: HttpMethod) -> Result<()> {
        if http_method == HttpMethod::POST {
        // mend: if http_method == HttpMethod::Post {
            task.save().await?;
        }
        Ok(())
    }
}

fn main() {}
