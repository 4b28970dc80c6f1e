//! The HTTP method of a request is one of five, which an enum names; `as_str` is its text.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task, http_method: HttpMethod) -> Result<()> {
        if http_method == "POST" {
        // mend: if http_method == HttpMethod::Post {
            task.save().await?;
        }
        Ok(())
    }
}

fn main() {}
