use std::collections::HashMap;

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
        #[args] _all: HashMap<String, String>,
        _data: String,
        _more: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
