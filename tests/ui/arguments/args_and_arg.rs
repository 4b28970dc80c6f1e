//! `#[args]` reads the whole body as one value, `#[arg]` one argument of it, and a parameter is
//! either. What is secret has to be an argument of its own.

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
        #[args]
        // mend:
        #[arg(secret)]
        _all: HashMap<String, String>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
