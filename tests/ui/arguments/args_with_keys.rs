//! The keys `name`, `default` and `secret` are said of one argument, and the whole body is not one.
//! What is secret has to be an argument of its own.

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
        #[args(secret)] _all: HashMap<String, String>,
        // mend: #[arg(secret)] _all: HashMap<String, String>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
