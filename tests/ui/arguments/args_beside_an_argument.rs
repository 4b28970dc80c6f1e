//! The value of `#[args]` holds every key of the body, `data` included. It is a map or a struct,
//! and `data` is found there.

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
        _data: String,
        // mend:
        #[args] _all: HashMap<String, String>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
