//! A parameter's name tells where its value comes from: `http_method` is the one of the request,
//! and any other an argument in its body.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, verb: HttpMethod) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, http_method: HttpMethod) -> Result<()> {
        let _ = verb;
        // mend: let _ = http_method;
        Ok(())
    }
}

fn main() {}
