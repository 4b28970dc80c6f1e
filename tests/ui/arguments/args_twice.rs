//! The value of `#[args]` holds every key of the body, so a second one could only hold the same.

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
        #[args] _rest: HashMap<String, String>,
        // mend:
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
